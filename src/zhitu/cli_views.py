"""`zhitu view`: the pages of a finished graph, written anew. Nothing heavy is imported before it runs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Give `app` the command."""
    app.command("view")(view)


def view(
    out: Annotated[Path, typer.Argument(help="Folder that a build wrote.", show_default=False)],
    browse: Annotated[bool, typer.Option("--open", help="Open them in the browser.")] = False,
) -> None:
    """Write the pages anew, from what the store in OUT holds."""
    from zhitu.emit import read_text
    from zhitu.emit.html import build_site
    from zhitu.graph import open_graph

    with open_graph(out) as graph:
        site = build_site(graph.connection, out / "html", texts=partial(read_text, out))
    first = out / "html" / "index.html"
    typer.echo(f"{len(site.pages)} files in {out / 'html'}, {site.written} of them new or changed")
    typer.echo(f"next: open {first}")
    if browse:
        typer.launch(str(first))
