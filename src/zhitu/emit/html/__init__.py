"""Pages to browse what regions share, offline, with the words behind every edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .site import Site

ASSETS = (
    "strings.js",
    "base.js",
    "zhitu.css",
    "evidence.js",
    "draw-vis.js",
    "draw-canvas.js",
    "graph.js",
    "vis-network.js",
    "report.js",
    "adoptions-page.js",
    "matrix.js",
    "timeline.js",
)


def write_html(connection: Any, out: Path, *, texts: Callable[[str], str]) -> list[Path]:
    """Write all pages into the folder `out` and return their paths; a page that did not change is left as it stands.

    `connection` is a DuckDB connection on a finished store; `texts(sha256)` gives the decoded source of a report.
    """
    return sorted(build_site(connection, Path(out), texts=texts).pages)


def build_site(connection: Any, out: Path, *, texts: Callable[[str], str]) -> Site:
    """The same; gives the site, which knows how many of its files had to be written."""
    from . import adoptions, entities, evidence, graph, overview, reports, search
    from .facts import prepared
    from .site import Site, asset

    site = Site(out)
    with prepared(connection):
        for name in ASSETS:
            site.write(f"assets/{name}", asset(name))
        search.write_initials(site)
        search.write_search(site, connection)
        evidence.write_evidence(site, connection)
        overview.write_overview(site, connection)
        graph.write_shared(site, graph.payload(connection))
        adoptions.write_adoptions(site, connection)
        entities.write_entities(site, connection)
        reports.write_reports(site, connection, texts=texts)
    site.sweep()
    return site
