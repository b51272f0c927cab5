"""The command line: parses, calls one function of the library, prints.

Results go to stdout, everything said on the way to stderr. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from zhitu import __version__
from zhitu.errors import StoreError, UsageError, ZhituError

if TYPE_CHECKING:
    from zhitu.pipeline import Progress, Summary

NOTHING_READ, USAGE, SOME_QUARANTINED = 1, 2, 3

# Commands that live in rooms of their own, with the line that `zhitu --help` says of them. The function, annotated for
# typer, is imported when its command is called.
ROOMS = {
    "query": ("zhitu.cli_linked:query", "Ask the graph a question, by name or in SPARQL."),
    "validate": ("zhitu.cli_linked:validate", "Check the graph against the shapes of the ontology."),
    "push": ("zhitu.cli_linked:push", "Send the graph to a triple store."),
    "serve": ("zhitu.cli_linked:serve", "Serve pages and a SPARQL endpoint on this machine."),
    "view": ("zhitu.cli_views:view", "Write the pages anew."),
    "review": ("zhitu.cli_review:review", "Print what waits for people's decisions, as a file to fill in."),
}


class _Commands(TyperGroup):
    """Puts the real command in the place of its stub when it is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in ROOMS and args[0] in self.commands:
            module, _, function = ROOMS[args[0]][0].partition(":")
            room = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            room.command(args[0])(getattr(import_module(module), function))
            self.commands[args[0]] = typer.main.get_command(room)
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="治图: reports of China's governments in, a knowledge graph with the words behind every claim out.",
)


def main() -> None:
    """Entry point: errors of ours end in a message and an exit code, never in a traceback."""
    try:
        app()
    except ZhituError as error:
        print(f"zhitu: {error}", file=sys.stderr)
        sys.exit(USAGE if isinstance(error, UsageError) else 1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"zhitu {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Options before the command."""


@app.command()
def build(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help="Reports, or folders of reports.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the graph; what it holds already stays.")],
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes that read at once; default one a core, 0 none.")
    ] = None,
    base_iri: Annotated[str | None, typer.Option(metavar="IRI", help="What the IRIs of the data begin with.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of all these reports, whatever they say.")] = None,
    region: Annotated[
        str | None, typer.Option(metavar="NAME|CODE", help="Region of all these reports, whatever they say.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds a report may take before it is quarantined.")] = 120.0,
    emit: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT", help="A format beyond the usual ones, such as gexf, parquet, jsonld."),
    ] = None,
    review: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What people decided: see zhitu review; holds for this build.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on the way.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Give the summary as JSON.")] = False,
) -> None:
    """Read reports into the graph in OUT; what has not changed is not read again.

    Exit codes: 0 all read, 1 nothing could be read, 2 usage, 3 some reports quarantined.
    """
    from zhitu.pipeline import build as run

    with _progress(quiet=quiet or as_json) as progress:
        summary = run(
            inputs, out=out, workers=workers, base_iri=base_iri, year=year, region=region,
            timeout=timeout, extra=emit or (), review=review, progress=progress,
        )  # fmt: skip
    if as_json:
        typer.echo(json.dumps(asdict(summary), ensure_ascii=False, indent=1))
    elif not quiet:
        _print_summary(summary)
    raise typer.Exit(_exit_code(summary))


def _exit_code(summary: Summary) -> int:
    if not summary.quarantined:
        return 0
    return SOME_QUARANTINED if summary.read + summary.kept else NOTHING_READ


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar where someone looks, a line now and then where it goes to a file."""
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _line


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("look", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _line(what: str, done: int, total: int) -> None:
    if what != "read":
        print(what, file=sys.stderr)
    elif done == total or done % 100 == 0:
        print(f"read {done}/{total}", file=sys.stderr)


def _print_summary(summary: Summary) -> None:
    counts = summary.counts
    kinds = ", ".join(f"{number} {kind}" for kind, number in counts["entities_by_kind"].items())
    kept = f", {summary.kept} unchanged" if summary.kept else ""
    typer.echo(f"reports      {summary.read} read{kept}, {len(summary.quarantined)} quarantined")
    for file, reason in summary.quarantined:
        typer.echo(f"             {file}: {' '.join(reason.split())}")
    typer.echo(f"graph        {counts['reports']} reports, {counts['entities']} entities ({kinds})")
    typer.echo(
        f"             {counts['claims']} claims, {counts['observations']} figures, {counts['unresolved']} unresolved"
    )
    typer.echo(f"shared       {counts['shared_policies']} policies in two or more regions")
    if summary.decisions:
        typer.echo(f"review       {summary.decisions} decisions, {len(summary.idle)} found nothing to decide")
        for decision in summary.idle:
            typer.echo(f"             {decision}")
    typer.echo(f"written      {', '.join(summary.files)}  in {summary.out}")
    _next(summary)


def _next(summary: Summary) -> None:
    if not summary.counts["reports"]:
        typer.echo("next         look at the reasons above; `zhitu build --help` lists what can be told beforehand")
        return
    page = Path(summary.out) / "html" / "index.html"
    if page.exists():
        typer.echo(f"next         open {page} in a browser")
    if _exists("zhitu.cli_linked"):
        typer.echo(f"next         zhitu query {summary.out} --list    questions that the graph can answer")
    typer.echo(f"next         zhitu show NAME {summary.out}    what the graph says of one entity")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name, code or key of an entity: 宿城区, 321302, region:321302.")],
    out: Annotated[Path, typer.Argument(help="Folder that a build wrote.")],
    as_json: Annotated[bool, typer.Option("--json", help="Give it as JSON.")] = False,
) -> None:
    """Print what the graph says of one entity, claim by claim, each with its report and the quoted words."""
    from zhitu.graph import open_graph

    with open_graph(out) as graph:
        found = graph.find(name)
        if not found:
            near = "、".join(graph.near(name))
            hint = f"like it: {near}" if near else "the names are in tables/entities.csv"
            raise StoreError(f"nothing in {out} is called {name}", remedy=hint)
        said = [{**entity, "claims": graph.claims(about=entity["entity"])} for entity in found]
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    for entity in said:
        _print_entity(entity)
    typer.echo(f"next         zhitu show NAME {out}, with any name from above")


def _print_entity(entity: dict[str, Any]) -> None:
    about = [entity["kind"], entity["code"], entity["level"], entity["document_class"], entity["full_name"]]
    typer.echo(f"{entity['label']}    {' · '.join(filter(None, about))}    {entity['entity']}")
    for claim in entity["claims"]:
        planned = " (planned)" if claim["status"] == "planned" else ""
        typer.echo(f"  {claim['subject_label']} {claim['predicate']} {claim['object_label']}{planned}")
        place = f"{claim['file']} [{claim['char_start']}:{claim['char_end']}]"
        typer.echo(f"      {claim['year'] or '?'} {place}  “{claim['quote']}”")
    if not entity["claims"]:
        typer.echo("  mentioned, but no claim is made of it")


def _stub() -> None:
    raise NotImplementedError("`_Commands` puts the command in this place")


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


for _name, (_target, _help) in ROOMS.items():
    if _exists(_target.partition(":")[0]):
        app.command(_name, help=_help)(_stub)

if __name__ == "__main__":
    main()
