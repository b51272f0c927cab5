"""The server: pages, the endpoint as other clients know it, IRIs that answer, and what it refuses."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from starlette.testclient import TestClient

from linked.stores import free_port
from zhitu.query.answers import canonical, from_json
from zhitu.query.engines import Source
from zhitu.query.questions import questions
from zhitu.serve import Limits, create_app
from zhitu.serve.formats import choose

LIMITS = Limits(seconds=3, rows=400, bytes=300_000, query=4096, processes=1)
ALL = "select * { ?s ?p ?o }"


@pytest.fixture(scope="module")
def client(seeds: Path) -> Iterator[TestClient]:
    app = create_app(seeds, limits=LIMITS)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    ("accept", "media", "start"),
    [
        ("", "application/sparql-results+json", '{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv;q=0.9, text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?n\n"),
        ("text/csv", "text/csv; charset=utf-8", "n\r\n5\r\n"),
        ("text/html, */*;q=0.1", "application/sparql-results+json", "{"),
    ],
)
def test_results_in_the_form_that_is_asked_for(client: TestClient, accept: str, media: str, start: str) -> None:
    """Content negotiation of tables."""
    query = "select (count(*) as ?n) { ?s a zt:Report }"
    reply = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert reply.headers["content-type"] == media and reply.text.startswith(start)


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_triples_in_the_form_that_is_asked_for(client: TestClient, media: str) -> None:
    """Content negotiation of graphs; each is read back by rdflib."""
    query = "construct { ?s zt:year ?y } where { ?s a zt:Report ; zt:year ?y }"
    reply = client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query", "Accept": media})
    format = {"application/n-triples": "nt", "application/rdf+xml": "xml"}.get(media, media.rpartition("/")[2])
    assert len(rdflib.Graph().parse(data=reply.text, format=format.replace("ld+json", "json-ld"))) == 5


@pytest.mark.parametrize(
    ("accept", "media"),
    [("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"), ("text/html", "text/html")],
)
def test_an_iri_answers(client: TestClient, accept: str, media: str) -> None:
    """Turtle, JSON-LD or a page of one thing."""
    reply = client.get("/id/region/321302", headers={"Accept": accept})
    assert reply.status_code == 200 and reply.headers["content-type"].startswith(media)
    assert "宿城区" in reply.text
    assert client.get("/id/region/999999", headers={"Accept": accept}).status_code == 404


def test_an_iri_with_chinese_answers(client: TestClient) -> None:
    """The address is percent-encoded by browsers, the IRI is not."""
    reply = client.get("/id/agency/321302-宿城区人民政府", params={"format": "html"})
    assert "zt:Agency" in reply.text and 'href="/id/region/321302"' in reply.text


@pytest.mark.parametrize(
    ("method", "path", "options", "code"),
    [
        ("POST", "/sparql", {"data": {"update": "drop all"}}, 403),
        ("POST", "/sparql", {"content": "drop all", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("POST", "/sparql", {"content": "x", "headers": {"Content-Type": "text/plain"}}, 415),
        ("PUT", "/sparql", {"content": "x"}, 405),
        ("DELETE", "/sparql", {}, 405),
        ("POST", "/sparql", {"data": {"query": "drop all"}}, 400),
        ("POST", "/sparql", {"data": {"query": "load <file:///etc/passwd>"}}, 400),
        ("POST", "/sparql", {"data": {"query": "select * { service <http://127.0.0.1:1/> { ?s ?p ?o } }"}}, 400),
        ("POST", "/sparql", {"data": {"query": ALL, "default-graph-uri": "file:///etc/passwd"}}, 400),
        ("POST", "/sparql", {"data": {"query": ALL + "#" * 5000}}, 413),
        ("POST", "/sparql", {"data": {"query": "select ?x { ?x "}}, 400),
        ("GET", "/sparql?query=ask%7B%7D", {"headers": {"Accept": "image/png"}}, 406),
        ("GET", "/query", {"headers": {"Host": "elsewhere.example"}}, 400),
        ("GET", "/html/../zhitu.duckdb", {}, 404),
        ("GET", "/html/%2e%2e/zhitu.duckdb", {}, 404),
        ("GET", "/assets/..%2fapp.py", {}, 404),
        ("GET", "/zhitu.duckdb", {}, 404),
        ("GET", "/id/region/x%3E%20%3Fp%20%3Fo%20%7D", {}, 404),
        ("GET", "/api/question/no-such", {}, 404),
    ],
)
def test_what_is_refused(client: TestClient, method: str, path: str, options: dict[str, Any], code: int) -> None:
    """No update, no file, no other machine, no other name, nothing too large."""
    assert client.request(method, path, **options).status_code == code


def test_limits_hold(client: TestClient) -> None:
    """Rows are cut and said to be; a question that never ends is ended, and the next one is answered."""
    reply = client.get("/sparql", params={"query": ALL})
    assert len(reply.json()["results"]["bindings"]) == 400 and reply.headers["x-zhitu-truncated"] == "true"
    endless = "select (count(*) as ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    slow = client.get("/sparql", params={"query": endless})
    assert slow.status_code == 400 and "no answer within 3 seconds" in slow.text
    assert client.get("/sparql", params={"query": "ask {}"}).json()["boolean"] is True
    wide = "select (group_concat(?q) as ?all) { { select ?q { ?x zt:quote ?q . ?y zt:charStart ?z } } }"
    assert client.get("/sparql", params={"query": wide}).status_code == 413


def test_its_own_pages_run_no_script_but_its_own(client: TestClient) -> None:
    """The content security policy allows this server's files and nothing else; no page has script within."""
    for path in ("/query", "/id/region/321302?format=html"):
        reply = client.get(path)
        assert reply.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert "<script>" not in reply.text and "://" not in reply.text.replace("https://w3id.org", "")


def test_hostile_words_are_text(tmp_path: Path) -> None:
    """A name that is markup comes out as its letters."""
    base = "https://w3id.org/zhitu/id/"
    (tmp_path / "graph.ttl").write_text(
        f"@prefix region: <{base}region/> .\nregion:1 <http://www.w3.org/2004/02/skos/core#prefLabel> "
        '"<script>alert(1)</script>$title"@zh-Hans .\n',
        encoding="utf-8",
    )
    with TestClient(create_app(tmp_path, limits=LIMITS), base_url="http://localhost") as client:
        page = client.get("/id/region/1", headers={"Accept": "text/html"}).text
    assert "<script>" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;$title" in page


def test_the_parts_of_the_query_page(client: TestClient) -> None:
    """Questions with their parameters, and the SPARQL of one with a value set."""
    known = client.get("/api/questions").json()
    assert {q["name"] for q in known["questions"]} == {q.name for q in questions()}
    text = client.get("/api/question/organs-of-region", params={"region": "洪山区"}).text
    assert "region/420111>" in text
    assert client.get("/").headers["location"] == "/html/index.html"
    assert client.get("/html/index.html").status_code == 200
    assert "sd:endpoint" in client.get("/sparql").text


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        ("", "a/x"),
        ("*/*", "a/x"),
        ("b/y", "b/y"),
        ("a/x;q=0.1, b/*", "b/y"),
        ("a/*;q=0.2, a/x;q=0", None),
        ("c/z", None),
        ("b/y;q=wrong", None),
    ],
)
def test_accept(accept: str, best: str | None) -> None:
    """The closest wish counts, then its quality, then the server's order."""
    assert choose(accept, ["a/x", "b/y"]) == best


# over a socket -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live(seeds: Path) -> Iterator[str]:
    port = free_port()
    app = create_app(seeds, limits=Limits(processes=1, seconds=30))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


def test_rdflib_is_a_client_of_it(live: str, source: Source) -> None:
    """rdflib's SPARQLStore gets the answers that the build gives."""
    graph = rdflib.Graph(SPARQLStore(f"{live}/sparql", returnFormat="json"), identifier=None)
    for asked in questions():
        text = asked.fill({}, base_iri=source.base_iri, find=source.find)
        there = json.loads(graph.query(text).serialize(format="json") or b"")
        assert canonical(from_json(there)) == canonical(source.ask(text)), asked.name


def test_the_query_page_in_a_browser(live: str) -> None:
    """Choose a question, set its parameter, read the answer, follow a link; no error, no other host."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        from linked.stores import missing

        missing("Chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: problems.append(request.url) if not request.url.startswith(live) else None)
        page.goto(f"{live}/query")
        page.select_option("#question", "shared-policies")
        page.fill("#parameters input", "4")
        page.press("#parameters input", "Enter")
        page.wait_for_selector("#answer tbody tr")
        assert "行政执法三项制度" in page.inner_text("#answer")
        assert page.inner_text("#status").endswith("行 rows")
        address = page.url
        page.goto("about:blank")
        page.goto(address)  # the address brings the same answer back
        page.wait_for_selector("#answer tbody tr")
        page.click("#answer tbody tr:first-child a")
        page.wait_for_selector("caption")
        assert "skos:prefLabel" in page.inner_text("main")
        page.goto(f"{live}/query")
        page.fill("#editor", "select ?x {")
        page.press("#editor", "Control+Enter")
        page.wait_for_selector("#error:not([hidden])")
        assert "line 1, column 12" in page.inner_text("#error")
        with page.expect_download() as download:
            page.fill("#editor", "select ?x { ?x a zt:Report }")
            page.press("#editor", "Control+Enter")
            page.wait_for_selector("#csv:not([disabled])")
            page.click("#csv")
        assert Path(download.value.path()).read_bytes().startswith(b"x\r\n")
        browser.close()
    assert [p for p in problems if "400" not in p and not p.startswith("blob:") and p != "about:blank"] == []
