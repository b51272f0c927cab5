"""A small graph made by hand, its pages, and a browser whose network is cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhitu.tables import ALL_TABLES, VIEWS

# What a report could hold to break a page. Each stands as a title, a name, a quote, a unit, a file name and a reason.
HOSTILE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "</script><script>window.hit=1</script>",
    '<a href="javascript:window.hit=1">href</a>',
    "{{ 7 * 7 }}{% raw %}${window.hit=1}",
    "'-window.hit=1-'",
    "<!--<svg onload=window.hit=1>",
    "长" * 10_000,
)
PLACES = (
    ("321302", "宿城区", "江苏省宿迁市宿城区"),
    ("420111", "洪山区", "湖北省武汉市洪山区"),
    ("610404", "渭城区", "陕西省咸阳市渭城区"),
)
YEARS = (2020, 2017, 2018)
SHARED = "program:CN-行政执法三项制度"


def build_store(path: Path) -> tuple[Any, dict[str, str]]:
    """Three reports of three regions: one program of all, one family of two local documents, hostile names."""
    import duckdb

    connection = duckdb.connect(str(path))
    for table in ALL_TABLES:
        connection.execute(f"CREATE TABLE {table.name} ({', '.join(f'{n} {t}' for n, t in table.columns)})")
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
    rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in ALL_TABLES}
    texts: dict[str, str] = {}
    for number in range(3):
        _report(rows, texts, number)
    _derived(rows)
    for name, found in rows.items():
        if found:
            connection.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(found[0]))})", found)
    return connection, texts


def _entity(rows: dict[str, Any], report: str, key: str, name: str, **more: Any) -> None:
    columns = dict.fromkeys(("region", "code", "level", "full_name"), None) | {"zone": False}
    columns |= dict.fromkeys(("document_class", "edition", "family", "family_name"), None) | more
    rows["entities"].append((report, key, key.partition(":")[0], name, *columns.values()))
    rows["names"].append((report, key, "pref", name))


def _report(rows: dict[str, Any], texts: dict[str, str], number: int) -> None:
    (code, name, full), year = PLACES[number], YEARS[number]
    sha = f"{number + 1:064x}"
    sha, report, place = sha[::-1], f"report:{sha[::-1][:16]}", f"region:{code}"
    texts[sha] = ""
    hostile = HOSTILE[number::3]

    def write(kind: str, words: str, planned: bool = False) -> int:
        start = len(texts[sha])
        texts[sha] += words + "\n"
        rows["segments"].append((report, start, start + len(words), kind, planned))
        return start

    def claim(key: str, predicate: str, words: str, name: str, status: str = "done") -> None:
        start = write("body", f"我区{words}，取得成效。", status == "planned") + 2
        at = start + words.index(name)
        record = f"claim:{number:x}{len(rows['claims']):015x}"
        rows["claims"].append((record, report, place, predicate, key, status, words, start, start + len(words), "test"))
        rows["mentions"].append((report, key, key.partition(":")[0], at, at + len(name), name, "test"))

    write("furniture", "首页 > 政务公开 " + hostile[0][:60])
    write("title", f"{name}{year}年法治政府建设情况报告")
    _entity(rows, report, place, name, code=code, level="county", full_name=full, region=f"region:{code[:2]}0000")
    _entity(rows, report, SHARED, "行政执法三项制度", region="region:000000")
    rows["names"].append((report, SHARED, "alt", "三项制度"))
    claim(SHARED, "runs", "全面推行“三项制度”", "三项制度")
    if number < 2:
        key, title = f"document:{code}-重大行政决策程序规定", f"{name}重大行政决策程序规定"
        family = {"family": "policyfamily:重大行政决策", "family_name": "重大行政决策"}
        _entity(rows, report, key, title, region=place, document_class="normative", **family)
        claim(key, "issued", f"出台《{title}》", title)
    for n, words in enumerate(hostile):
        key = f"document:{code}-{n}-{words[:50]}"
        _entity(rows, report, key, words, region=place)
        claim(key, "issued", f"印发《{words}》", words)
    claim(f"document:{code}-0-{hostile[0][:50]}", "implements", "将落实新要求", "新要求", status="planned")
    start = write("body", f"全年办理行政复议案件{number + 20}件。")
    figure = (f"observation:{number:016x}", report, "reconsideration", "办理行政复议案件", str(number + 20), "件")
    rows["observations"].append(
        (*figure, place, year, texts[sha][start + 2 : -2], start + 2, len(texts[sha]) - 2, "test")
    )
    rows["unresolved"].append((report, "agency", "有关部门", hostile[0], "", start, start + 2))
    title = f"{name}{year}年法治政府建设情况报告"
    facts = (title, place, year, f"{year}-12-28", None, None, None, "utf-8", len(texts[sha]))
    rows["reports"].append((report, sha, f"{number}{hostile[0][:30]}.txt", *facts))


def _derived(rows: dict[str, Any]) -> None:
    """What `derive` would say, in little."""
    kinds = {row[1]: (row[3], row[11]) for row in rows["entities"]}
    adoptions: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for record, report, subject, _, thing, status, *_ in rows["claims"]:
        if status == "done":
            for policy in filter(None, (thing, kinds[thing][1])):
                adoptions.setdefault((subject, policy), []).append((record, report))
    years = {row[0]: row[5] for row in rows["reports"]}
    for (region, policy), told in adoptions.items():
        kind = "family" if policy.startswith("policyfamily") else policy.partition(":")[0]
        first = min(years[report] for _, report in told)
        label = kinds[policy][0] if policy in kinds else policy.partition(":")[2]
        rows["adoptions"].append(
            (f"adoption:{region}-{policy}", region, policy, label, kind, first, [c for c, _ in told], 1)
        )
    rows["families"] = sorted({(row[11], row[12], row[1]) for row in rows["entities"] if row[11]})


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, str]]:
    return build_store(tmp_path_factory.mktemp("store") / "zhitu.duckdb")


@pytest.fixture(scope="session")
def html(store: tuple[Any, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    from zhitu.emit.html import write_html

    folder = tmp_path_factory.mktemp("site") / "html"
    write_html(store[0], folder, texts=store[1].__getitem__)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of 1280 × 860 without a network; a request, an error, or a word on the console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, offline=True, accept_downloads=True)
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", lambda request: request.url.startswith(("file:", "data:", "blob:")) or wrong.append(request.url))
    yield page
    hit = page.evaluate("() => globalThis.hit")
    context.close()
    assert not wrong
    assert hit is None
