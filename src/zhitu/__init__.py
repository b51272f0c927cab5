"""zhitu (治图): the knowledge graph of how China's governments govern, read from their own reports.

>>> import zhitu
>>> report = zhitu.read("report.txt")             # doctest: +SKIP
>>> zhitu.extract(report).claims                  # doctest: +SKIP
>>> zhitu.build(["reports"], out="outputs")       # doctest: +SKIP
>>> zhitu.open("outputs").shared_policies()       # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhitu.graph import open_graph as open
    from zhitu.pipeline import build, extract, read

__version__ = "0.1.0"
__all__ = ["__version__", "build", "extract", "open", "read"]

_HOME = {
    "build": ("zhitu.pipeline", "build"),
    "extract": ("zhitu.pipeline", "extract"),
    "open": ("zhitu.graph", "open_graph"),
    "read": ("zhitu.pipeline", "read"),
}


def __getattr__(name: str) -> Any:
    """Imports a verb when it is first used, so that `import zhitu` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'zhitu' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOME[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
