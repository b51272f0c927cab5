"""Where the ontology's files are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path


def ontology_folder() -> Path:
    """The folder with zhitu.ttl, shapes.ttl, context.jsonld, queries and checks."""
    inside = Path(__file__).parent / "ontology"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "ontology"


def ontology_file(name: str) -> Path:
    """One of its files. Raises FileNotFoundError when the installation is incomplete."""
    path = ontology_folder() / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: install zhitu again")
    return path
