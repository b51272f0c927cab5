"""Word boundaries on short windows, for the places where grammar alone cannot tell."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import Any

WINDOW = 8  # characters on each side; jieba's decisions do not reach further in practice


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@lru_cache(maxsize=65536)
def _cuts(window: str) -> frozenset[int]:
    cuts, at = {0}, 0
    for word in _tokenizer().lcut(window, HMM=False):
        at += len(word)
        cuts.add(at)
    return frozenset(cuts)


def is_boundary(text: str, at: int) -> bool:
    """Whether a word begins at `at`."""
    start = max(0, at - WINDOW)
    return at - start in _cuts(text[start : at + WINDOW])
