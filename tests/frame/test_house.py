"""The house: what is documented is there, what is there is documented, and the shelf keeps its promises."""

from __future__ import annotations

import ast
import pickle
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer

import zhitu
from zhitu import cli, errors, tables
from zhitu.emit import FORMATS

ROOT = Path(__file__).parents[2]
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/*.md")))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_installed() -> None:
    """The list in pyproject.toml is what stands under src, and the ontology."""
    found = {".".join(path.parent.relative_to(ROOT / "src").parts) for path in ROOT.glob("src/zhitu/**/__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found | {"zhitu.ontology"}


def _imported(*folders: str) -> set[str]:
    """Distributions that Python files under these folders import, or read data of."""
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in ROOT.glob(f"{folder}/**/*.py")]
    trees = [ast.parse(text) for text in texts]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    names |= {name for text in texts for name in re.findall(r'resources\.files\("(\w+)', text)}
    own = {path.stem for folder in ("tests", "ontology", "src") for path in (ROOT / folder).iterdir()} | {"bench"}
    tops = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - own
    return {{"yaml": "pyyaml", "opencc": "opencc-python-reimplemented"}.get(top, top) for top in tops}


def _declared(*extras: str) -> set[str]:
    project = PROJECT["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return {re.split(r"[<>=!~\[ ]", item)[0] for items in lists for item in items}


def test_dependencies_are_honest() -> None:
    """What the package imports is declared; what is declared without being an extra is imported."""
    assert _imported("src") - _declared("query", "serve") == set()
    assert _declared() - _imported("src") == set()
    assert _imported("tests", "bench", "ontology") - _declared("query", "serve", "dev") == set()


def test_no_import_contract_has_exceptions() -> None:
    """Law 1 is kept without a list of those who need not."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert [contract["ignore_imports"] for contract in contracts] == [[]] * len(contracts)


def test_every_room_is_under_contract() -> None:
    """A new folder under src must be named in the contracts, or kept out of them for a reason given here."""
    rooms = {f"zhitu.{path.parent.name}" for path in ROOT.glob("src/zhitu/*/__init__.py")}
    named = {name for contract in PROJECT["tool"]["importlinter"]["contracts"] for name in contract.get("modules", [])}
    readers_and_shelf = {"zhitu.query", "zhitu.push", "zhitu.serve", "zhitu.lexicon"}
    assert rooms - named == readers_and_shelf


def _commands() -> dict[str, Any]:
    """Every command with its real parameters: those of other rooms are loaded."""
    found = dict(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]
    for name in set(found) & set(cli.ROOMS):
        module, _, function = cli.ROOMS[name][0].partition(":")
        alone = typer.Typer(add_completion=False)
        alone.command(name)(getattr(import_module(module), function))
        found[name] = typer.main.get_command(alone)
    return found


def test_every_option_is_documented() -> None:
    """docs/commands.md has a section for each command, and in it each of its options; and nothing that is not there."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = {part.split()[0]: part for part in re.split(r"^## `zhitu ", text, flags=re.MULTILINE)[1:]}
    commands = _commands()
    assert set(sections) == set(commands)
    for name, command in commands.items():
        real = {option for item in command.params for option in item.opts if option.startswith("-")} - {"--help"}
        rows = "".join(line for line in sections[name].splitlines(keepends=True) if line.startswith("|"))
        told = set(re.findall(r"`(--?[a-z][a-z-]*)`", "".join(row.split("|")[1] for row in rows.splitlines())))
        assert told == real, name


def test_every_public_name_is_documented() -> None:
    """The verbs of the package, and the methods of what `open` gives."""
    from zhitu.graph import Graph

    names = [f"zhitu.{name}(" for name in zhitu.__all__ if not name.startswith("_")]
    names += [f"graph.{name}" for name in vars(Graph) if not name.startswith("_") and name not in ("close", "near")]
    assert [name for name in names if name not in DOCS] == []


def test_every_file_of_a_build_is_documented() -> None:
    """outputs/README.md tells what each format's file is."""
    readme = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
    assert [item.path for item in FORMATS if f"{item.path}`" not in readme and f"`{item.path}/" not in readme] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link in a page names a file of the repository."""
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) + re.findall(r'(?:src|href)="([^"#]+)"', text)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_errors_cross_process_borders() -> None:
    """Message and remedy survive pickling, for every error of the tree."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ZhituError)]
    for kind in kinds:
        copy = pickle.loads(pickle.dumps(kind("a file", remedy="do this")))
        assert (type(copy), copy.message, copy.remedy, str(copy)) == (kind, "a file", "do this", "a file\n  → do this")


def test_tables_name_their_columns_once() -> None:
    """No table has two columns of one name, and every source table knows its report."""
    for table in (*tables.ALL_TABLES, *tables.BOOK_TABLES):
        assert len(set(table.names)) == len(table.names)
    assert all("report" in table.names for table in tables.SOURCE_TABLES)


def test_every_verb_is_lazy_but_there() -> None:
    """`dir(zhitu)` is the handful of verbs, and each can be had."""
    assert dir(zhitu) == sorted(zhitu.__all__)
    assert all(callable(getattr(zhitu, name)) for name in zhitu.__all__ if name != "__version__")
    with pytest.raises(AttributeError):
        _ = zhitu.nothing  # type: ignore[attr-defined]


def test_lock_files_and_pages_name_no_host_of_a_registry() -> None:
    """Who installs chooses the registry."""
    files = [ROOT / name for name in ("pyproject.toml", "Makefile", ".ci/run")]
    assert [file for file in files if re.search(r"pypi\.|index-url|npmjs|registry\.", file.read_text())] == []
