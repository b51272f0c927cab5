"""Every error that zhitu raises on purpose.

    ZhituError
    ├── UsageError          an argument or option makes no sense          (exit 2)
    ├── InputError          a source cannot be read                       (quarantined by a build)
    │   ├── DecodeError     bytes that are no text in a known encoding
    │   └── EmptyError      nothing left to read
    ├── StoreError          the store in OUT is missing, foreign or locked
    ├── LexiconError        a lexicon file breaks its own format
    ├── QueryError          a question cannot be parsed, or ran out of time
    └── PushError           a triple store refused or lost what was sent

A message names the file, the place and the remedy.
"""

from __future__ import annotations


class ZhituError(Exception):
    """Root of the tree; `remedy` says what the reader can do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message if not remedy else f"{message}\n  → {remedy}")
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:  # errors cross process borders whole
        return (_rebuild, (type(self), self.message, self.remedy))


def _rebuild(cls: type[ZhituError], message: str, remedy: str) -> ZhituError:
    return cls(message, remedy=remedy)


class UsageError(ZhituError):
    """An argument or option makes no sense."""


class InputError(ZhituError):
    """A source cannot be read; a build quarantines it and goes on."""


class DecodeError(InputError):
    """Bytes that are no text in any encoding that zhitu knows."""


class EmptyError(InputError):
    """A source with nothing in it to read."""


class StoreError(ZhituError):
    """The store in the output folder is missing, foreign or locked."""


class LexiconError(ZhituError):
    """A lexicon file breaks its own format."""


class QueryError(ZhituError):
    """A question cannot be parsed, or ran out of its limits."""


class PushError(ZhituError):
    """A triple store refused, or lost, what was sent to it."""
