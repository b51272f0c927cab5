"""The commands for linked data: query, validate, push, serve. Each parses, calls one function, prints.

`cli.py` imports this file when one of them is called.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from zhitu.errors import QueryError, UsageError

Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder that a build wrote.")]


def query(
    out: Out,
    what: Annotated[
        str | None, typer.Argument(metavar="NAME|FILE|-", help="A named question, a .rq file, or - for stdin.")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Set a parameter.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or ttl (of CONSTRUCT).")] = "table",
    engine: Annotated[str, typer.Option(help="auto, rdflib or oxigraph; auto goes by size.")] = "auto",
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds after which it is given up.")] = 60.0,
    rows: Annotated[int, typer.Option(min=1, help="Rows after which the answer ends.")] = 10_000,
    list_: Annotated[bool, typer.Option("--list", "-l", help="Name the questions, and what may be set.")] = False,
) -> None:
    """Ask the graph in OUT: one of the named questions, or SPARQL of your own."""
    if list_:
        typer.echo(_listing())
        return
    if what is None:
        raise UsageError("no question", remedy="name one, or list them: zhitu query OUT --list")
    from zhitu.query import ask
    from zhitu.query.answers import write
    from zhitu.query.engines import header, turtle
    from zhitu.query.questions import parse_params

    text = sys.stdin.read() if what == "-" else what
    if what == "-" and not text.strip():
        raise UsageError("nothing came from stdin", remedy="zhitu query OUT - < question.rq")
    try:
        answer = ask(out, text, params=parse_params(param or ()), engine=engine, timeout=timeout, rows=rows)
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {error.filename}") from error
    prefixes = header(turtle(out))
    sys.stdout.write(write(answer, format=format, prefixes=prefixes))
    if format == "table" and answer.form != "ask":
        more = f"; more are left, see --rows {rows}" if answer.truncated else ""
        typer.echo(f"{len(answer.rows)} rows{more}", err=True)
    elif answer.truncated:
        raise QueryError(f"the answer was cut after {rows} rows", remedy="ask for more: --rows N")


def _listing() -> str:
    from zhitu.query.questions import questions

    lines = []
    for question in questions():
        lines.append(f"{question.name}\n    {question.zh}\n    {question.en}")
        lines += [f"    --param {p.name}=…  {p.about} ({p.type}, default {p.default})" for p in question.parameters]
    return "\n".join([*lines, "", "next  zhitu query OUT NAME --param NAME=VALUE"])


def validate(
    out: Out,
    shapes: Annotated[Path | None, typer.Option(help="A file of SHACL shapes of your own, besides.")] = None,
    language: Annotated[str, typer.Option(help="Of the messages: en or zh.")] = "en",
    show: Annotated[int, typer.Option(min=1, help="Nodes to list for each law that is broken.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Give the violations as JSON.")] = False,
) -> None:
    """Check the graph in OUT against the shapes of the ontology and the laws of a whole graph.

    Exit codes: 0 valid, 1 not valid, 2 usage.
    """
    from zhitu.query.validate import report
    from zhitu.query.validate import validate as run

    found = run(out, shapes=shapes, language=language, progress=lambda what: print(what, file=sys.stderr))
    if as_json:
        typer.echo(json.dumps([asdict(violation) for violation in found], ensure_ascii=False, indent=1))
    else:
        sys.stdout.write(report(found, most=show))
    raise typer.Exit(1 if found else 0)


def push(
    out: Out,
    to: Annotated[str, typer.Option("--to", metavar="URL", help="Address of the store, e.g. http://localhost:7878")],
    store: Annotated[
        str | None, typer.Option(help="oxigraph, virtuoso, fuseki, rdf4j, graphdb, qlever or plain; else guessed.")
    ] = None,
    graph: Annotated[
        str | None, typer.Option(metavar="IRI", help="Graph to fill; else named after the folder. What it holds goes.")
    ] = None,
    chunk: Annotated[int | None, typer.Option(min=1, metavar="N", help="Triples a request.")] = None,
    query_url: Annotated[str | None, typer.Option(metavar="URL", help="Where it takes queries, if elsewhere.")] = None,
    update_url: Annotated[str | None, typer.Option(metavar="URL", help="Where it takes updates, if elsewhere.")] = None,
    graph_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Its Graph Store Protocol, if elsewhere.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds a request may take.")] = 300.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent; send nothing.")] = False,
) -> None:
    """Send the graph in OUT to a triple store, in the place of what its graph held before.

    Credentials come from the environment: ZHITU_USER and ZHITU_PASSWORD, or ZHITU_TOKEN.
    """
    from zhitu.push import plan
    from zhitu.push import push as run
    from zhitu.push.client import Client
    from zhitu.push.stores import endpoints

    client = Client(timeout=timeout, say=lambda words: print(words, file=sys.stderr))
    where = endpoints(
        to, store=store, query=query_url, update=update_url, graph=graph_url, signed=bool(client.credentials.user)
    )
    todo = plan(out, endpoints=where, graph=graph, chunk=chunk)
    way = where.graph or where.update
    typer.echo(f"{todo.triples} triples of {todo.file}\n  to    {where.store.name} at {way}\n  graph {todo.graph}")
    if dry_run:
        typer.echo(f"  in    {todo.requests} requests of at most {todo.chunk} triples; nothing was sent")
        return
    with _bar() as progress:
        done = run(todo, client, progress=progress)
    typer.echo(f"pushed {done.triples} triples in {done.requests} requests; the store counts as many")
    typer.echo(
        "next  curl -H 'Accept: text/csv' --data-urlencode query@ontology/queries/shared-policies.rq \\\n"
        f"        --data-urlencode default-graph-uri={done.graph} {where.query}"
    )


def serve(
    out: Out,
    host: Annotated[str, typer.Option(help="Address to listen at; any but loopback lets others in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a question may take.")] = 15.0,
    rows: Annotated[int, typer.Option(min=1, help="Rows an answer may have.")] = 10_000,
    processes: Annotated[int, typer.Option(min=1, help="Questions answered at once.")] = 2,
) -> None:
    """Serve the build in OUT on this machine: its pages, a SPARQL endpoint, a page to ask questions on."""
    from zhitu.serve import Limits, run

    typer.echo(f"http://{host}:{port}/        pages")
    typer.echo(f"http://{host}:{port}/query   ask questions")
    typer.echo(f"http://{host}:{port}/sparql  SPARQL endpoint, read-only; stop with Ctrl+C")
    run(out, host=host, port=port, limits=Limits(seconds=timeout, rows=rows, processes=processes))


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar where someone looks, else a line a step."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: print(f"{what} {done}/{total}", file=sys.stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("send", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
