"""The graph of shared policies in a notebook: one page in itself, in a frame that shares nothing with the notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Frame:
    """A page and how high it is shown, in pixels. Jupyter shows it when it is the last value of a cell."""

    html: str
    height: int = 640

    def _repr_html_(self) -> str:
        # allow-scripts without allow-same-origin: the page cannot read the notebook, its cookies or its storage
        return (
            f'<iframe sandbox="allow-scripts allow-downloads" width="100%" height="{self.height}" '
            f'style="border:0" srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Write the page as one file that needs nothing beside it."""
        path = Path(path)
        path.write_bytes(self.html.encode("utf-8", "replace"))
        return path


def frame(connection: Any, *, nodes: int = 400, height: int = 640) -> Frame:
    """The most shared policies of a store, at most `nodes` nodes, with the words behind them."""
    from .evidence import by_region
    from .facts import prepared
    from .graph import html, payload
    from .site import Site, stem_of

    site = Site(Path(), standalone=True)
    with prepared(connection):
        data = payload(connection, limit=nodes)
        shown = {node["key"] for node in data["nodes"]}
        words = {}
        for region, content in by_region(connection):
            kept = {key: rows for key, rows in content["policies"].items() if key in shown}
            if stem_of(region) in shown and kept:
                words[stem_of(region)] = content | {"policies": kept}
    return Frame(html(site, data, evidence=words), height)
