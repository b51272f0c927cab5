"""texts/<sha256>.txt: the decoded source of each report, so that every offset stays checkable."""

from __future__ import annotations

import os
from pathlib import Path


def write_text(out: Path, text: str, *, sha256: str) -> None:
    """Keeps a decoded source; nothing of it is changed, line ends included."""
    path = _path(out, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(text.encode("utf-8", "surrogatepass"))
    os.replace(part, path)


def read_text(out: Path, sha256: str) -> str:
    """The decoded source with this digest."""
    return _path(out, sha256).read_bytes().decode("utf-8", "surrogatepass")


def has_text(out: Path, sha256: str) -> bool:
    """Whether it is there."""
    return _path(out, sha256).exists()


def drop_text(out: Path, sha256: str) -> None:
    """Forgets the text of a report that is gone."""
    _path(out, sha256).unlink(missing_ok=True)


def _path(out: Path, sha256: str) -> Path:
    return out / "texts" / f"{sha256}.txt"
