"""The application: which address answers what.

    /                 the pages of the build, or the page to ask questions on
    /html/…           the pages of the build
    /query            the page to ask questions on
    /sparql           SPARQL 1.1 Protocol, queries only
    /id/KIND/SLUG     one thing: Turtle, JSON-LD, or a page
    /graph.ttl        the graph whole
    /api/…            what the query page needs

Nothing can be changed through it, no file but those named above is read, and no request leaves the machine.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from zhitu.errors import QueryError, UsageError, ZhituError
from zhitu.query.answers import Answer
from zhitu.query.engines import header, turtle
from zhitu.query.guard import check
from zhitu.query.questions import question, questions
from zhitu.serve.formats import GRAPHS, TABLES, choose
from zhitu.serve.pages import ASSETS, POLICY, query_page, thing_page
from zhitu.serve.pool import Busy, Pool

if TYPE_CHECKING:
    from starlette.requests import Request

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHOWN = 500  # triples of a thing that its page shows


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost."""

    seconds: float = 15.0
    rows: int = 10_000
    bytes: int = 16 << 20  # of the answer
    query: int = 64 << 10  # bytes of the question
    processes: int = 2


class Site:
    """One build and what is needed to answer for it."""

    def __init__(self, out: Path, limits: Limits) -> None:
        self.path = turtle(out)
        self.folder = self.path.parent
        self.limits = limits
        self.prefixes = header(self.path)
        self.base = self.prefixes["region"].removesuffix("region/")
        self.pool = Pool(self.path, size=limits.processes)

    async def ask(self, text: str, *, rows: int | None = None) -> Answer:
        """Answers SPARQL of ours or of a reader. Raises HTTPException with what was wrong."""
        try:
            check(text, prefixes=self.prefixes)
            ask = partial(self.pool.ask, text, timeout=self.limits.seconds, rows=rows or self.limits.rows)
            return await run_in_threadpool(ask)
        except Busy as error:
            raise HTTPException(503, str(error), headers={"Retry-After": "1"}) from error
        except QueryError as error:
            raise HTTPException(400, str(error)) from error


def create_app(out: str | Path, *, limits: Limits | None = None, hosts: tuple[str, ...] = LOOPBACK) -> Starlette:
    """The application for a build's folder. `hosts` are the names by which it may be called."""
    site = Site(Path(out), limits or Limits())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(site.pool.start)
        yield
        site.pool.close()

    routes = [
        Route("/", partial(_home, site)),
        Route("/query", _query_page),
        Route("/sparql", partial(_sparql, site), methods=["GET", "POST"]),
        Route("/id/{kind}/{slug:path}", partial(_thing, site)),
        Route("/graph.ttl", partial(_graph, site)),
        Route("/api/questions", partial(_questions, site)),
        Route("/api/question/{name}", partial(_question, site)),
        Mount("/assets", StaticFiles(directory=ASSETS)),
        *([Mount("/html", StaticFiles(directory=site.folder / "html", html=True))] if _has_pages(site) else []),
    ]
    # a page elsewhere that points its own name at this address is not let in
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    return Starlette(
        routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers={HTTPException: _refused}
    )


def run(out: Path, *, host: str, port: int, limits: Limits) -> None:
    """Serves until it is stopped."""
    import uvicorn

    hosts = (*LOOPBACK, "[::1]", host) if host in LOOPBACK else ("*",)
    uvicorn.run(create_app(out, limits=limits, hosts=hosts), host=host, port=port, log_level="warning")


def _has_pages(site: Site) -> bool:
    return (site.folder / "html" / "index.html").exists()


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers=error.headers)


async def _home(site: Site, _: Request) -> Response:
    return RedirectResponse("/html/index.html" if _has_pages(site) else "/query")


async def _query_page(_: Request) -> Response:
    return _html(query_page())


def _html(text: str) -> Response:
    return Response(text, media_type="text/html", headers={"Content-Security-Policy": POLICY, **_SAFE})


_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


async def _graph(site: Site, _: Request) -> Response:
    return FileResponse(site.path, media_type="text/turtle")


async def _questions(site: Site, _: Request) -> Response:
    known = [{k: v for k, v in asdict(item).items() if k != "text"} for item in questions()]
    content = {"questions": known, "prefixes": site.prefixes, "base": site.base}
    return Response(json.dumps(content, ensure_ascii=False), media_type="application/json", headers=_SAFE)


async def _question(site: Site, request: Request) -> Response:
    values = dict(request.query_params)
    try:
        asked = question(request.path_params["name"])
        text = await run_in_threadpool(partial(asked.fill, values, base_iri=site.base, find=site.pool.find))
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    except ZhituError as error:
        raise HTTPException(400, str(error)) from error
    return PlainTextResponse(text, headers=_SAFE)


async def _sparql(site: Site, request: Request) -> Response:
    form = await _form(request, most=site.limits.query)
    if "update" in form:
        raise HTTPException(403, "this endpoint is read-only")
    if "query" not in form:
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/query", 303)
        return Response(_description(request), media_type="text/turtle", headers=_SAFE)
    if "default-graph-uri" in form or "named-graph-uri" in form:
        raise HTTPException(400, "this endpoint has one graph: leave default-graph-uri and named-graph-uri away")
    answer = await site.ask(form["query"])
    return _negotiated(site, answer, request.headers.get("accept", ""))


async def _form(request: Request, *, most: int) -> dict[str, str]:
    """The request's parameters, as the protocol has them: in the address, in a form, or as the body. First of each."""
    fields = dict(request.query_params)
    if request.method == "POST":
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > 4 * most:  # a letter may take up to nine bytes in a form, most take one
                raise HTTPException(413, f"a question has at most {most} bytes")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise HTTPException(400, "the question is not UTF-8") from error
        if kind == "application/sparql-query":
            fields["query"] = text
        elif kind == "application/sparql-update":
            raise HTTPException(403, "this endpoint is read-only")
        elif kind == "application/x-www-form-urlencoded":
            fields |= {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
        else:
            raise HTTPException(415, "send application/sparql-query or a form")
    if len(fields.get("query", "").encode()) > most:
        raise HTTPException(413, f"a question has at most {most} bytes")
    return fields


def _negotiated(site: Site, answer: Answer, accept: str) -> Response:
    writers = GRAPHS if answer.form == "construct" else TABLES
    media = choose(accept, list(writers))
    if media is None:
        raise HTTPException(406, f"it can be had as {', '.join(writers)}")
    body = writers[media](answer, site.prefixes).encode()
    if len(body) > site.limits.bytes:
        raise HTTPException(413, f"the answer has more than {site.limits.bytes} bytes: ask for less")
    headers = {**_SAFE, "Vary": "Accept", **({"X-Zhitu-Truncated": "true"} if answer.truncated else {})}
    kind = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Response(body, headers={**headers, "Content-Type": kind})


def _description(request: Request) -> str:
    url = str(request.url.replace(query=""))
    formats = " , ".join(
        f"<http://www.w3.org/ns/formats/{name}>"
        for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle")
    )
    return (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
        f"[] a sd:Service ; sd:endpoint <{url}> ; sd:supportedLanguage sd:SPARQL11Query ;\n"
        f"    sd:resultFormat {formats} ;\n"
        "    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .\n"
    )


_KINDS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "html": "text/html"}


async def _thing(site: Site, request: Request) -> Response:
    iri = f"{site.base}{request.path_params['kind']}/{request.path_params['slug']}"
    if any(ch in iri for ch in '<>"{}|^`\\') or any(ch <= " " for ch in iri):
        raise HTTPException(404, "nothing has such an IRI")
    wanted = request.query_params.get("format")
    accept = _KINDS.get(wanted, "") if wanted else request.headers.get("accept", "")
    media = choose(accept, ["text/turtle", "application/ld+json", "text/html"])
    if media is None:
        raise HTTPException(406, "it can be had as Turtle, JSON-LD and HTML")
    if media == "text/html":
        return await _page(site, iri)
    answer = await site.ask(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}")
    if not answer.rows:
        raise HTTPException(404, f"the graph says nothing of {iri}")
    return _negotiated(site, answer, media)


async def _page(site: Site, iri: str) -> Response:
    out = await site.ask(
        f"SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }} ORDER BY ?property ?value", rows=SHOWN
    )
    if not out.rows:
        raise HTTPException(404, f"the graph says nothing of {iri}")
    into = await site.ask(
        f"SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }} ORDER BY ?property ?thing", rows=SHOWN
    )
    view = _view(site, iri)
    return _html(thing_page(iri, out=out, into=into, prefixes=site.prefixes, base_iri=site.base, view=view))


def _view(site: Site, iri: str) -> str | None:
    """The thing's page among the build's, if it has one."""
    from zhitu.emit.html.site import page_of

    path = page_of(iri.removeprefix(site.base).replace("/", ":", 1))
    return f"/html/{path}" if (site.folder / "html" / path).is_file() else None
