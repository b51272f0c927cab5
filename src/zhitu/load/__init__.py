"""Room `load`: a path becomes a `Source`. One file a format; this one knows which format a suffix means."""

from __future__ import annotations

import hashlib
from pathlib import Path

from zhitu.errors import EmptyError, InputError
from zhitu.load.plain import decode
from zhitu.model import Given, Source

NOTHING = Given()
SUFFIXES: tuple[str, ...] = (".txt",)


def load(path: Path, *, root: Path, given: Given = NOTHING) -> Source:
    """Read the file at `path`; its name is kept relative to `root`.

    Raises InputError (unreadable), DecodeError (no text) or EmptyError (nothing to read).
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path}: cannot read files of type {path.suffix or '(none)'}", remedy=f"give {', '.join(SUFFIXES)}"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="check that the file exists and may be read") from error
    return source_of(
        data, file=path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name, given=given
    )


def source_of(data: bytes, *, file: str, given: Given = NOTHING) -> Source:
    """The `Source` of bytes that are already in memory."""
    text, encoding = decode(data, file=file)
    if not text.strip():
        raise EmptyError(f"{file}: the file holds no text", remedy="remove it from the input or fetch it again")
    return Source(file=file, text=text, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, given=given)
