"""How large and how fast the views are: `python bench/views.py [pages|graph|site] [--chromium PATH]`.

Graphs of 500 … 50,000 nodes with twice the edges, and a whole site of 3,000 regions × 500 policies, are made up here
from a fixed seed; real builds are measured with `--out FOLDER`. Prints one Markdown table a part.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhitu.tables import ALL_TABLES, VIEWS

PROVINCES = [*range(11, 16), 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)]
SIZES = (500, 2_000, 10_000, 50_000)
WORDS = re.findall(
    "..", "法治政府建设行政执法审批制度改革营商环境规范文件决策程序监督公开服务复议应诉普法调解信用数据平台"
)


def make_store(path: Path) -> Any:
    import duckdb

    connection = duckdb.connect(str(path))
    for table in ALL_TABLES:
        connection.execute(f"CREATE TABLE {table.name} ({', '.join(f'{n} {t}' for n, t in table.columns)})")
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
    return connection


def fill(connection: Any, *, regions: int, policies: int, adoptions: int, seed: int = 7) -> dict[str, str]:
    """A made-up graph: a report a region, policies adopted the more the smaller their number. Gives the texts."""
    chance = random.Random(seed)
    titles = [f"关于{''.join(chance.sample(WORDS, 4))}的实施方案（{n}）" for n in range(policies)]
    keys = [f"program:CN-{title}" if n % 3 == 0 else f"document:CN-{title}" for n, title in enumerate(titles)]
    rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in ALL_TABLES}
    pairs = sorted(_pairs(chance, regions=regions, policies=policies, count=adoptions))
    texts: dict[str, str] = {}
    by_region: dict[int, list[int]] = {}
    for region, policy in pairs:
        by_region.setdefault(region, []).append(policy)
    for region in range(regions):
        _report(rows, texts, chance, region=region, mine=by_region.get(region, []), keys=keys, titles=titles)
    for name, found in rows.items():
        _insert(connection, name, found)
    return texts


def _pairs(chance: random.Random, *, regions: int, policies: int, count: int) -> set[tuple[int, int]]:
    pairs = {(chance.randrange(regions), n) for n in range(policies)} | {
        (n, chance.randrange(policies)) for n in range(regions)
    }
    while len(pairs) < count:
        pairs.add((chance.randrange(regions), int(policies * chance.random() ** 2)))
    return pairs


def _report(
    rows: dict[str, list[tuple[Any, ...]]],
    texts: dict[str, str],
    chance: random.Random,
    *,
    region: int,
    mine: list[int],
    keys: list[str],
    titles: list[str],
) -> None:
    code = f"{PROVINCES[region % len(PROVINCES)]}{1 + region // 31 % 90:02d}{1 + region // 2790:02d}"
    place, sha, year = f"region:{code}", f"{region:064x}", 2012 + chance.randrange(13)
    report, name = f"report:{sha[-16:]}", f"第{region}区"
    sha = sha[-16:] + sha[:48]
    parts = [f"{name}{year}年法治政府建设情况报告\n"]
    at = len(parts[0])
    rows["entities"].append((report, place, "region", name, None, code, "county", name, False, None, None, None, None))
    rows["names"].append((report, place, "pref", name))
    for number, policy in enumerate(mine):
        quote = f"出台《{titles[policy]}》"
        sentence = quote + f"，全年办结{number + 3}件。\n"
        parts.append(sentence)
        kind, predicate = keys[policy].partition(":")[0], ("issued", "runs", "implements")[(policy + region) % 3]
        claim = f"claim:{region:08x}{number:08x}"
        rows["claims"].append(
            (claim, report, place, predicate, keys[policy], "done", quote, at, at + len(quote), "bench")
        )
        rows["mentions"].append((report, keys[policy], kind, at + 2, at + len(quote), quote[2:], "bench"))
        entity = (
            report,
            keys[policy],
            kind,
            titles[policy],
            "region:000000",
            None,
            None,
            None,
            False,
            None,
            None,
            None,
        )
        rows["entities"].append((*entity, None))
        rows["names"].append((report, keys[policy], "pref", titles[policy]))
        adoption = f"adoption:{region:08x}{number:08x}"
        rows["adoptions"].append((adoption, place, keys[policy], titles[policy], kind, year, [claim], 1))
        if number < 10:
            row = (
                f"observation:{region:08x}{number:08x}",
                report,
                f"指标{number}",
                f"办结第{number}类",
                str(number + 3),
            )
            rows["observations"].append(
                (*row, "件", place, year, sentence.strip(), at, at + len(sentence) - 1, "bench")
            )
        rows["segments"].append((report, at, at + len(sentence) - 1, "body", False))
        at += len(sentence)
    texts[sha] = "".join(parts)
    title = parts[0].strip()
    rows["reports"].append((report, sha, f"{region}.txt", title, place, year, None, None, None, None, "utf-8", at))


def _insert(connection: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    table = next(table for table in ALL_TABLES if table.name == name)
    for start in range(0, len(rows), 20_000):
        columns = ", ".join(f"unnest(?::{kind}[])" for _, kind in table.columns)
        values = [list(column) for column in zip(*rows[start : start + 20_000], strict=True)]
        connection.execute(f"INSERT INTO {name} SELECT {columns}", values)


@contextmanager
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        tab = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            yield tab
        finally:
            tab.close()


# Time until the picture stands: the page says when its script has drawn; two frames later it is on the screen.
FIRST_DRAW = (
    """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
)
WHOLE = """() => new Promise((done) => { const t0 = performance.now(); document.getElementById("fit").click();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - t0))); })"""
FRAMES = """() => new Promise((done) => { let n = 0; const t0 = performance.now();
    const tick = (t) => { n += 1; if (t - t0 > 2000) done(n / ((t - t0) / 1000)); else requestAnimationFrame(tick); };
    requestAnimationFrame(tick); })"""


def open_page(tab: Any, address: str) -> tuple[Any, float]:
    """The page, and the seconds until it is drawn; three times, the middle one counts."""
    times = []
    for _ in range(3):
        page = tab.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        times.append(page.evaluate(FIRST_DRAW) / 1000)
        if len(times) < 3:
            page.close()
    return page, sorted(times)[1]


def drag(page: Any, selector: str) -> float:
    """Frames per second while the picture is dragged to and fro for two seconds."""
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(f"() => {{ globalThis.frames_ = ({FRAMES})(); }}")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x + 150 * ((step % 20) / 10 - 1), y + 60 * ((step % 12) / 6 - 1))
        page.wait_for_timeout(16)
    rate = page.evaluate("() => globalThis.frames_")
    page.mouse.up()
    return float(rate)


def graphs(chromium: str) -> None:
    """The page of shared policies at four sizes, everything shown that the page holds."""
    from zhitu.emit.html import graph
    from zhitu.emit.html.facts import prepared
    from zhitu.emit.html.layout import stack, two_sided_order
    from zhitu.emit.html.site import Site, asset

    heads = "nodes|edges|in the page|layout s|page KB|first draw s, as opened|first draw s, no filter|redraw of all s"
    print(f"|{heads}|frames/s|")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    with browser(chromium) as tab:
        for size in SIZES:
            folder = Path(tempfile.mkdtemp())
            connection = make_store(folder / "store.duckdb")
            regions = size // 5
            fill(connection, regions=regions, policies=size - regions, adoptions=2 * size)
            with prepared(connection):
                data = graph.payload(connection)
            left = sum(1 for node in data["nodes"] if not node["side"])
            pairs = [(edge["from"], edge["to"] - left) for edge in data["edges"]]
            start = time.perf_counter()
            stack(*two_sided_order(pairs, left=left, right=len(data["nodes"]) - left))
            layout = time.perf_counter() - start
            site = Site(folder)
            for name in (
                "strings.js",
                "base.js",
                "zhitu.css",
                "evidence.js",
                "draw-vis.js",
                "draw-canvas.js",
                "graph.js",
                "vis-network.js",
            ):
                site.write(f"assets/{name}", asset(name))
            graph.write_shared(site, data)
            page, everything = open_page(tab, f"file://{folder}/shared.html#n=1")
            whole = page.evaluate(WHOLE) / 1000
            rate = drag(page, "#drawing")
            page.close()
            page, opened = open_page(tab, f"file://{folder}/shared.html")
            page.close()
            kilobytes = (folder / "shared.html").stat().st_size // 1024
            cells = (f"{size:,}", f"{2 * size:,}", f"{len(data['nodes']):,}", f"{layout:.2f}", f"{kilobytes:,}")
            print(f"| {' | '.join(cells)} | {opened:.2f} | {everything:.2f} | {whole:.2f} | {rate:.0f} |")
            shutil.rmtree(folder)


def whole_site(chromium: str) -> None:
    """A site of up to 3,000 regions × 500 policies: time, memory, sizes, and what a second run rewrites."""
    from multiprocessing import get_context

    print("| regions | policies | adoptions | pages | MB | s | pages/s | again s | rewritten | peak MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for regions in (750, 1_500, 3_000):
        folder = Path(tempfile.mkdtemp())
        connection = make_store(folder / "store.duckdb")
        texts = fill(connection, regions=regions, policies=500, adoptions=regions * 40)
        connection.close()
        for sha, text in texts.items():
            (folder / f"{sha}.txt").write_text(text, encoding="utf-8")
        with get_context("spawn").Pool(1) as pool:  # a process of its own, so that its memory is its own
            pages, size, first, second, written, peak = pool.apply(build_twice, [folder])
        counts = f"{regions:,} | 500 | {regions * 40:,} | {pages:,} | {size / 1e6:.0f}"
        print(f"| {counts} | {first:.1f} | {pages / first:.0f} | {second:.1f} | {written} | {peak:.0f} |", flush=True)
        if regions == 3_000:
            print()
            pages_of(folder / "html", chromium)
        shutil.rmtree(folder)


def build_twice(folder: Path) -> tuple[int, int, float, float, int, float]:
    """Pages, bytes, seconds of the first and of the second run, files that the second rewrote, peak memory in MB."""
    import duckdb

    from zhitu.emit.html import build_site

    connection = duckdb.connect(str(folder / "store.duckdb"), read_only=True)
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        site = build_site(connection, folder / "html", texts=lambda sha: (folder / f"{sha}.txt").read_text("utf-8"))
        seconds.append(time.perf_counter() - start)
    size = sum(path.stat().st_size for path in site.pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return len(site.pages), size, seconds[0], seconds[1], site.written, peak


def pages_of(html: Path, chromium: str) -> None:
    """Size and time to first draw of each kind of page of a site."""
    print("| page | KB | first draw s |")
    print("|---|--:|--:|")
    with browser(chromium) as tab:
        names = ["index.html", "shared.html", "matrix.html", "timeline.html"]
        for folder in ("region", "policy", "report"):
            largest = max((html / folder).glob("*.html"), key=lambda path: path.stat().st_size, default=None)
            names += [f"{folder}/{largest.name}"] if largest else []
        for name in names:
            page, seconds = open_page(tab, f"file://{html / name}")
            page.close()
            kilobytes = (html / name).stat().st_size / 1024
            beside = (
                " + " + format((html / "assets/adoptions.js").stat().st_size / 1024, ",.0f")
                if name in ("matrix.html", "timeline.html")
                else ""
            )
            kind = name if "/" not in name else f"{name.split('/')[0]}/… (the largest)"
            print(f"| {kind} | {kilobytes:,.0f}{beside} | {seconds:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=("graph", "site", "pages"), default="graph")
    parser.add_argument("--out", type=Path, default=Path("outputs"), help="a real build, for `pages`")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    asked = parser.parse_args()
    if asked.part == "graph":
        graphs(asked.chromium)
    elif asked.part == "site":
        whole_site(asked.chromium)
    else:
        pages_of(asked.out.resolve() / "html", asked.chromium)


if __name__ == "__main__":
    sys.exit(main())
