"""The pages of a real build: the five seeds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import zhitu

from .test_pages import all_pages, go

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seeds")
    zhitu.build([SEEDS], out=out)
    return out / "html"


def test_view_writes_the_pages_anew(built: Path) -> None:
    """`zhitu view` writes what is missing, leaves the rest, and says so; a folder without a store is an error."""
    import typer
    from typer.testing import CliRunner

    from zhitu.cli_views import register

    app = typer.Typer()
    register(app)
    (built / "matrix.html").unlink()
    result = CliRunner().invoke(app, [str(built.parent)])
    assert result.exit_code == 0, result.output
    assert ", 1 of them new or changed" in result.output
    assert (built / "matrix.html").exists()
    assert CliRunner().invoke(app, [str(built)]).exit_code != 0


def test_a_graph_shows_itself_in_a_notebook(built: Path, tmp_path: Path) -> None:
    """`graph.view()` gives a frame, and saves itself as one file that names no other."""
    with zhitu.open(built.parent) as graph:
        view = graph.view(nodes=30)
    text = view.save(tmp_path / "shared.html").read_text("utf-8")
    assert "三项制度" in text and "<script src=" not in text
    assert view._repr_html_().startswith("<iframe sandbox=")


def test_every_page_of_the_seeds_opens(page: Any, built: Path) -> None:
    """No page of a real build has an error, asks the network, or is wider than the screen; none is over 5 MB."""
    for name in all_pages(built):
        go(page, built, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, name
        assert (built / name).stat().st_size < 5_000_000, name


@pytest.mark.skipif("ZHITU_CORPUS" not in os.environ, reason="ZHITU_CORPUS names no folder of further reports")
def test_pages_of_further_reports_open(page: Any, tmp_path: Path) -> None:
    """The same for a folder of other reports: every report page, every overview, and one in ten of the rest."""
    zhitu.build([os.environ["ZHITU_CORPUS"]], out=tmp_path)
    html = tmp_path / "html"
    names = all_pages(html)
    rest = [name for name in names if "/" in name and not name.startswith("report/")]
    for name in [name for name in names if name not in rest] + rest[::10]:
        go(page, html, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, name
        assert (html / name).stat().st_size < 5_000_000, name
    go(page, html, "index.html")
    page.locator(".bars a").first.click()
    page.wait_for_url("**/policy/*.html")
    quotes = page.evaluate("[...document.querySelectorAll('.adoptions a.quote')].map((a) => [a.href, a.textContent])")
    for address, quote in quotes[:20]:
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector(".source p .hit")
        assert "".join(page.locator(".source p .hit").all_text_contents()) == quote


def test_every_quote_of_a_shared_policy_is_found_in_its_report(page: Any, built: Path) -> None:
    """All quotes of the most shared policy lead to words in a report that are the quote, letter by letter."""
    go(page, built, "index.html")
    page.locator(".bars a").first.click()
    page.wait_for_url("**/policy/*.html")
    quotes = page.evaluate("[...document.querySelectorAll('.adoptions a.quote')].map((a) => [a.href, a.textContent])")
    assert len(quotes) >= 5
    for address, quote in quotes:
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector(".source p .hit")
        assert "".join(page.locator(".source p .hit").all_text_contents()) == quote


def test_all_five_regions_share_the_three_systems(page: Any, built: Path) -> None:
    """行政执法三项制度 stands among what all five regions have."""
    go(page, built, "shared.html#n=5&fold=0&table=1")
    assert "三项制度" in page.locator("#rows").text_content()
    go(page, built, "matrix.html#n=5")
    assert len(page.evaluate("zhituMatrix.rows()")) == 5
