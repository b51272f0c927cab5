"""The pages as a browser shows them, with the network cut."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from zhitu.emit.html.site import page_of, stem_of

from .conftest import HOSTILE, PLACES, SHARED

PAGES = ("index.html", "shared.html", "matrix.html", "timeline.html")
REGION, POLICY = "region:321302", SHARED
EDGE = f"r/{stem_of(REGION)}~p/{stem_of(POLICY)}"


def all_pages(html: Path) -> list[str]:
    return sorted(path.relative_to(html).as_posix() for path in html.rglob("*.html"))


def go(page: Any, html: Path, name: str) -> None:
    page.goto("about:blank")  # so that a change of the part after # loads the page anew
    page.goto(f"file://{html}/{name}")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_opens_without_error_and_fits_its_screen(page: Any, html: Path, width: int) -> None:
    """No page writes to the console, asks the network, runs what a title holds, or is wider than its screen."""
    page.set_viewport_size({"width": width, "height": 860})
    for name in all_pages(html):
        go(page, html, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate("globalThis.hit") is None, name
        assert page.locator("h1").count() == 1, name


def test_every_link_between_pages_leads_somewhere(html: Path) -> None:
    """A link names a file that is there, and in a report a place that is there."""
    ids = {path: set(re.findall(r' id="([^"]+)"', path.read_text("utf-8"))) for path in html.rglob("*.html")}
    for path in ids:
        for address in re.findall(r'href="([^"#]+\.html)(#[a-z]-[^"&]+)?"', path.read_text("utf-8")):
            target = (path.parent / address[0]).resolve()
            assert target in ids, f"{path.name}: {address[0]}"
            assert not address[1] or address[1][1:] in ids[target], f"{path.name}: {address}"


def test_no_page_names_a_host_or_holds_inline_script(html: Path) -> None:
    """Pages have a policy, load nothing from elsewhere, and carry no script or handler in their markup."""
    for name in all_pages(html):
        text = (html / name).read_text("utf-8")
        assert "default-src 'none'" in text.split("</head>")[0], name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), name
        assert not re.search(r"<script(?! src=| type=\"application/json\")", text), name
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', text)), name


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: words[:12])
def test_hostile_titles_stand_as_text(html: Path, page: Any, words: str) -> None:
    """A title is shown letter by letter on its page, and what it holds never runs."""
    code = PLACES[HOSTILE.index(words) % 3][0]
    number = HOSTILE.index(words) // 3
    go(page, html, page_of(f"document:{code}-{number}-{words[:50]}"))
    assert page.locator("h1").text_content() == words


def test_search_finds_by_name_alias_and_initials_and_opens(page: Any, html: Path) -> None:
    """Names, other names, codes and first letters of the readings all find; Enter opens the first."""
    go(page, html, "index.html")
    for typed, found in (
        ("三项制度", "行政执法三项制度"),
        ("sx", "行政执法三项制度"),
        ("scq", "宿城区"),
        ("321302", "宿城区"),
        ("武汉市洪山", "洪山区"),
    ):
        page.fill("#search", typed)
        page.wait_for_selector("#found li a")
        assert found in page.locator("#found li b").all_text_contents(), typed
    page.fill("#search", "没有这回事")
    assert page.locator("#found .none").count() == 1
    page.fill("#search", "wcq")
    page.wait_for_selector("#found b:text('渭城区')")
    page.press("#search", "Enter")
    page.wait_for_url("**/region/610404.html")


def test_an_edge_gives_its_words_and_they_lead_into_the_report(page: Any, html: Path) -> None:
    """Click the edge on the picture, read the quote, follow it, and find the words marked where they stand."""
    go(page, html, "shared.html")
    at = page.evaluate(f"[zhituGraph.screen('r/{stem_of(REGION)}'), zhituGraph.screen('p/{stem_of(POLICY)}')]")
    box = page.locator("#drawing").bounding_box()
    page.mouse.click(box["x"] + (at[0]["x"] + at[1]["x"]) / 2, box["y"] + (at[0]["y"] + at[1]["y"]) / 2)
    quote = page.locator("#panel a.quote").first
    quote.wait_for()
    words = quote.text_content()
    assert words.startswith(("全面推行“三项制度”", "出台"))
    quote.click()
    page.wait_for_url("**/report/*.html#c-*")
    page.wait_for_selector(".source p .hit")
    assert "".join(page.locator(".source p .hit").all_text_contents()) == words
    assert page.locator(".source p .hit").first.is_visible()


def test_an_address_gives_the_same_view(page: Any, html: Path) -> None:
    """What is filtered and picked stands in the address; the address in another window gives it again."""
    go(page, html, "shared.html")
    page.uncheck("#filters [value=document]")
    page.check("#filters [value=mentions]")
    page.locator("#least").fill("3")
    page.wait_for_url("**n=3**")
    page.evaluate(f"location.hash = location.hash + '&pick={EDGE}'")
    page.wait_for_selector("#panel a.quote")
    state, address = page.evaluate("zhituGraph.state()"), page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#panel a.quote")
    assert page.evaluate("zhituGraph.state()") == state
    assert state["n"] == 3 and state["kind"] == "family,program" and "mentions" in state["rel"]


def test_filters_focus_path_and_table(page: Any, html: Path) -> None:
    """Filters leave what they say; two regions show what both have; focus keeps what is near; a table says the same."""
    go(page, html, "shared.html")
    assert page.evaluate("zhituGraph.shown()") == 5  # three regions, the program, the family; local versions folded
    page.select_option("#province", "江苏")
    assert "没有符合" in page.locator("#status").text_content()
    page.click("#reset")
    page.select_option("#path-a", f"r/{stem_of(REGION)}")
    page.select_option("#path-b", f"r/{stem_of('region:420111')}")
    assert "两地共有 2 项政策" in page.locator("#panel").text_content()
    go(page, html, f"shared.html#focus=p/{stem_of('policyfamily:重大行政决策')}")
    assert page.evaluate("zhituGraph.shown()") == 3
    page.click("#table")
    assert page.locator("#rows tbody tr").count() == 2


def test_export_is_what_is_shown(page: Any, html: Path) -> None:
    """The CSV holds the filtered edges, opens in Excel, and no cell of it can begin a formula; the PNG is a picture."""
    go(page, html, "shared.html#n=1&fold=0")
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3 + 2 + 2 + len(HOSTILE)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    with page.expect_download() as download:
        page.click("#png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_cell_of_the_matrix_gives_year_and_words(page: Any, html: Path) -> None:
    """Click the cell of a region and a policy: its year and its sentence; compare two regions: both, one, the other."""
    go(page, html, "matrix.html")
    place = page.evaluate(f"zhituMatrix.place('{stem_of(REGION)}', '{stem_of(POLICY)}')")
    page.mouse.click(place["x"], place["y"])
    page.wait_for_selector("#panel a.quote")
    assert "2020" in page.locator("#panel").text_content()
    assert page.locator("#panel a.quote").first.text_content() == "全面推行“三项制度”"
    page.select_option("#path-a", stem_of(REGION))
    page.select_option("#path-b", stem_of("region:610404"))
    assert [text.split()[-1] for text in page.locator("#panel summary").all_text_contents()] == ["1", "1", "0"]


def test_keys_move_through_the_matrix(page: Any, html: Path) -> None:
    """The arrow keys go from cell to cell, and the panel follows."""
    go(page, html, "matrix.html#rows=by_code&cols=by_count")
    page.focus("#grid")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#panel a.quote")
    assert "pick=" in page.url


def test_timeline_tells_who_came_first(page: Any, html: Path) -> None:
    """The earliest adopters stand first, and each leads to its sentence."""
    go(page, html, f"timeline.html#p={stem_of(POLICY)}")
    assert [text[:4] for text in page.locator(".first li").all_text_contents()] == ["2017", "2018", "2020"]
    page.locator(".first button").first.click()
    page.wait_for_selector("#panel a.quote")
    assert page.locator("#panel h2").first.text_content() == "湖北省武汉市洪山区"


def test_a_report_page_is_the_report(page: Any, html: Path, store: Any) -> None:
    """The paragraphs of the page, put together, are the source, character for character, but for blank lines."""
    for sha, text in store[1].items():
        go(page, html, page_of(f"report:{sha[:16]}"))
        shown = "".join(page.locator(".source p").all_text_contents())
        assert shown == text.replace("\n", "")
        assert page.locator(".row.furniture").count() == 1
        assert page.locator(".row.is-planned").count() == 1


def test_figures_stand_beside_their_peers(page: Any, html: Path) -> None:
    """A region's figure names the figures of the other regions, and leads to its own sentence."""
    go(page, html, page_of(REGION))
    row = page.locator(".figures tbody tr").first
    assert "洪山区 21" in row.text_content() and "渭城区 22" in row.text_content()
    row.locator("a").first.click()
    page.wait_for_selector(".source p .hit")
    assert "".join(page.locator(".source p .hit").all_text_contents()) == "办理行政复议案件20件"


def test_english_is_remembered(page: Any, html: Path) -> None:
    """The switch changes the words of the surface, not of the reports, and the next page keeps it."""
    go(page, html, "index.html")
    page.click("#language")
    assert page.locator("h2").first.text_content() == "Most shared policies"
    page.goto(f"file://{html}/shared.html")
    assert "policies shown" in page.locator("#status").text_content()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_window_of_another_size_shows_all_again(page: Any, html: Path) -> None:
    """The drawing becomes what the page would have shown at once; a size that somebody chose stays."""

    def scale(width: int, height: int) -> float:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)
        return float(page.evaluate("zhituGraph.view().scale"))

    def opened(width: int, height: int) -> float:
        page.set_viewport_size({"width": width, "height": height})
        go(page, html, "shared.html")
        return scale(width, height)

    wide, narrow, low = (1800, 1000), (500, 900), (1400, 500)
    for before, after in ((wide, narrow), (narrow, low), (low, wide)):
        expected = opened(*after)
        opened(*before)
        assert any(scale(*after) == pytest.approx(expected) for _ in range(20)), (before, after)
    page.click("#zoom-in")
    page.click("#zoom-in")
    chosen = page.evaluate("zhituGraph.view().scale")
    assert chosen > 1.2 * expected
    assert scale(1810, 1000) == pytest.approx(chosen, rel=0.05)


def test_large_graphs_are_drawn_on_a_plain_canvas(
    page: Any, store: Any, html: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    """Beyond the size of vis-network the same page works with the other drawing: pick a node, get its words."""
    from zhitu.emit.html import graph, write_html

    monkeypatch.setattr(graph, "VIS", 1)
    write_html(store[0], tmp_path, texts=store[1].__getitem__)
    go(page, tmp_path, "shared.html")
    assert page.evaluate("typeof vis") == "undefined"
    at = page.evaluate(f"zhituGraph.screen('p/{stem_of(POLICY)}')")
    box = page.locator("#drawing").bounding_box()
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    page.wait_for_selector("#panel a.quote")
    assert page.locator("#panel h2").first.text_content() == "行政执法三项制度"


def test_many_regions_are_gathered_by_province(page: Any, tmp_path: Path) -> None:
    """Beyond what fits, one card stands for a province's regions; pressed, it opens them; the table keeps them all."""
    from bench.views import fill, make_store
    from zhitu.emit.html import write_html

    store = make_store(tmp_path / "store.duckdb")
    texts = fill(store, regions=124, policies=6, adoptions=500)
    write_html(store, tmp_path / "html", texts=texts.__getitem__)
    go(page, tmp_path / "html", "shared.html")
    cards = page.evaluate("zhituGraph.cards()")
    assert len(cards) == 31 + 6
    assert "124 个地区" in page.locator("#status").text_content()
    (card,) = [card for card in cards if card["label"] == "江苏 (4)"]
    box = page.locator("#drawing").bounding_box()
    page.mouse.click(box["x"] + card["at"]["x"], box["y"] + card["at"]["y"])
    page.wait_for_url("**prov=*")
    assert len([card for card in page.evaluate("zhituGraph.cards()") if card["label"].startswith("第")]) == 4
    page.click("#reset")
    page.uncheck("#group")
    page.wait_for_url("**group=0*")
    assert len(page.evaluate("zhituGraph.cards()")) == 124 + 6


def test_a_notebook_frame_stands_alone(page: Any, store: Any, tmp_path: Path) -> None:
    """The frame needs no file beside it, runs under a policy of digests, and shows the words of an edge."""
    from zhitu.emit.html.notebook import frame

    shown = frame(store[0])
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{shown._repr_html_()}", encoding="utf-8")
    page.goto(f"file://{path}")
    inside = page.frame_locator("iframe")
    inside.locator("#panel button.link").first.click()
    inside.locator("#panel a.quote").first.wait_for()
    assert 'sandbox="allow-scripts allow-downloads"' in shown._repr_html_()
