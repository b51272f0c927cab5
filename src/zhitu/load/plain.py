"""Plain text in the encodings in which Chinese government pages are found."""

from __future__ import annotations

import codecs

from zhitu.errors import DecodeError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Frequent in any Chinese prose of either script; a wrong decoding holds hardly any of them.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处世府"
)


def decode(data: bytes, *, file: str) -> tuple[str, str]:
    """Text and encoding of `data`. The BOM goes; nothing else is changed.

    Pages declared gb2312 are gb18030 in truth, so only that is tried.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, file), encoding
    candidates = ["utf-8"]
    if data[:400].count(0) > len(data[:400]) // 8:  # ASCII characters of UTF-16 bring zero bytes
        candidates = ["utf-16-le", "utf-16-be"]
    else:
        candidates += ["gb18030", "big5", "utf-16-le", "utf-16-be"]
    best: tuple[float, str, str] | None = None
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return text, encoding
        share = _plausibility(text)
        if best is None or share > best[0]:
            best = (share, text, encoding)
    if best is None or best[0] < 0.1:
        raise DecodeError(
            f"{file}: bytes are no text in UTF-8, UTF-16, GB18030 or Big5",
            remedy="save the file as UTF-8 and build again",
        )
    return best[1], best[2]


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"{file}: says {encoding} but byte {error.start} is not", remedy="save the file as UTF-8 and build again"
        ) from error


def _plausibility(text: str) -> float:
    """Share of frequent Chinese characters among all that are no ASCII."""
    sample = [ch for ch in text[:4000] if ord(ch) > 127]
    return sum(ch in COMMON for ch in sample) / len(sample) if sample else 0.0
