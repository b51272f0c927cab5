"""What the tests of linked data share: a build of the seeds, and a small store with hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from linked import stores
from zhitu.derive import derive
from zhitu.query.engines import Source, open_source
from zhitu.store import open_store
from zhitu.tables import SOURCE_TABLES

ROOT = Path(__file__).parents[2]
NASTY = 'a "quoted" \\ back\\\\slash, line\nbreak\ttab \x01 “中文” , and "@zh-hans . } end\\'


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the seeds."""
    from zhitu.pipeline import build

    out = tmp_path_factory.mktemp("linked") / "seeds"
    build(ROOT / "seeds", out=out, workers=0)
    return out


@pytest.fixture(scope="session")
def source(seeds: Path) -> Source:
    """The build of the seeds, opened by Oxigraph."""
    return open_source(seeds, engine="oxigraph")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stores.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stores.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(scope="session")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return stores.jena(tmp_path_factory.mktemp("jena"))


REPORT, OTHER = "report:0123456789abcdef", "report:fedcba9876543210"
HOME = "region:321302"
LONG = 10 + len(NASTY)
ROWS: dict[str, list[tuple[Any, ...]]] = {
    "reports": [
        (REPORT, "0" * 64, "a.txt", NASTY, HOME, 2020, "2020-12-28", "agency:321302-司法局", None, "", "utf-8", 9),
        (OTHER, "f" * 64, "b.txt", "b", HOME, None, None, "free words", None, None, "utf-8", 9),
    ],
    "entities": [
        (r, k, k.partition(":")[0], name, home, code, level, full, zone, cls, edition, family, family and family[13:])
        for r in (REPORT, OTHER)
        for k, name, home, code, level, full, zone, cls, edition, family in (
            ("region:000000", "中国", None, "000000", "nation", "中国", False, None, None, None),
            (HOME, "宿城区", "region:000000", "321302", "county", "江苏省宿迁市宿城区", False, None, None, None),
            ("region:321302-高新区", "高新区", "region:321302", None, None, "高新区", True, None, None, None),
            ("agency:321302-司法局", "宿城区司法局", "region:321302", None, None, None, False, None, None, None),
            ("document:CN-某法", NASTY, "region:000000", None, None, None, False, "law", "试行", None),
            ("document:321302-要点", "要点", HOME, None, None, None, False, "normative", None, "policyfamily:要点"),
            ("program:CN-12345热线", "12345热线", "region:000000", None, None, None, False, None, None, None),
        )
    ],
    "names": [
        (REPORT, "region:321302", "pref", "宿城区"),
        (REPORT, "region:321302", "alt", "宿城"),
        (OTHER, "region:321302", "alt", "宿迁市宿城区"),
        (REPORT, "document:CN-某法", "number", "洪法字〔2017〕2号"),
    ],
    "mentions": [
        (REPORT, "region:321302", "region", 0, 3, "宿城区", "find.region"),
        (REPORT, "document:CN-某法", "document", 4, 9, NASTY, "find.document"),
    ],
    "claims": [
        ("claim:1", REPORT, "agency:321302-司法局", "issued", "document:321302-要点", "done", NASTY, 10, LONG, "r"),
        ("claim:2", REPORT, "region:321302", "runs", "program:CN-12345热线", "planned", "q", 1, 2, "r"),
        ("claim:3", OTHER, "region:321302", "studied", "document:CN-某法", "done", "q", 1, 2, "r"),
    ],
    "observations": [
        ("observation:1", REPORT, "review-applications-received", "收到", "22", "件", HOME, 2020, "q", 1, 2, "r"),
        ("observation:2", OTHER, None, "率", "0.5", "", None, None, "q", 1, 2, "r"),
    ],
    "unresolved": [(REPORT, "agency", "有关部门", "two candidates", "agency:a agency:b", 3, 7)],
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A store with every kind of row, and with words that break what is not escaped."""
    with open_store(tmp_path / "zhitu.duckdb") as store:
        for table in SOURCE_TABLES:
            marks = ", ".join("?" for _ in table.columns)
            for row in ROWS.get(table.name, ()):
                store.connection.execute(f"INSERT INTO {table.name} VALUES ({marks})", row)
        derive(store.connection)
        yield store.connection
