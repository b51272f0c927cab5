"""`zhitu review`: what waits for people's decisions, as a review file to begin with. Nothing heavy before it runs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from zhitu.errors import UsageError


def review(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that a build wrote.")],
    limit: Annotated[int, typer.Option(min=0, help="Unresolved names, those most often met.")] = 100,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there instead of printing it.")] = None,
) -> None:
    """Print what waits for decisions, as a review file whose entries only have to be uncommented."""
    from zhitu.emit import read_text
    from zhitu.emit.review import template
    from zhitu.graph import open_graph

    if save is not None and save.exists():  # it may hold decisions
        raise UsageError(f"{save} is there already", remedy="name another file, and take over what is new in it")
    with open_graph(out) as graph:
        text = template(graph.connection, texts=partial(read_text, out), limit=limit)
    if save is None:
        typer.echo(text, nl=False)
        return
    save.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{text.count('# - same')} pairs and {text.count('#   is: nothing')} unresolved names in {save}")
    typer.echo(f"next         uncomment what you decide, then: zhitu build INPUT -o {out} --review {save}")
