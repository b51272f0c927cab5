"""Where pages stand, how they are dressed, and that a page is only written when it changed."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"
FOLDERS = {
    "region": "region",
    "agency": "organ",
    "institution": "organ",
    "document": "policy",
    "program": "policy",
    "family": "policy",
    "report": "report",
}
# Folders in which a file that no longer has its entity is removed; nothing else is ever deleted.
OWN_FOLDERS = ("region", "organ", "policy", "report", "evidence", "search")
MARK = "zhitu"  # stands in the first bytes of every file of ours, so that foreign files are left alone
_PLAIN = re.compile(r"[0-9A-Za-z_-]{1,40}")
_ASCII = re.compile(r"[0-9A-Za-z]+")


@functools.lru_cache(maxsize=65536)
def stem_of(key: str) -> str:
    """File stem of an entity or report: plain ASCII, at most 40 characters, the same in every build.

    `region:321302` is `321302`; what cannot stand in a file name everywhere gets twelve digits of its digest.
    """
    kind, _, slug = key.partition(":")
    if kind in ("region", "report") and _PLAIN.fullmatch(slug):
        return slug
    head = "-".join(_ASCII.findall(slug)[:2])[:20].lower()
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{head}-{digest}" if head else digest


@functools.lru_cache(maxsize=65536)
def page_of(key: str) -> str:
    """Address of the page of an entity or report, relative to the folder of the views: `region/321302.html`."""
    kind = key.partition(":")[0]
    return f"{FOLDERS.get(kind, 'policy')}/{stem_of(key)}.html"


@functools.cache
def strings() -> dict[str, list[str]]:
    """Every word of the surface, as `key: [Chinese, English]`."""
    return json.loads((ASSETS / "strings.json").read_text(encoding="utf-8"))


@functools.cache
def asset(name: str) -> str:
    """Text of a file that is shipped with zhitu, or made from one that is."""
    if name == "strings.js":
        return f"/* {MARK} */ globalThis.zhituStrings = {to_json(strings())};\n"
    if name == "vis-network.js":
        return vis_network()
    return (ASSETS / name).read_text(encoding="utf-8")


def vis_network() -> str:
    """vis-network as the installed pyvis carries it (9.1.2, Apache-2.0 or MIT); never copied into this project."""
    from importlib.util import find_spec

    spec = find_spec("pyvis")
    assert spec is not None and spec.origin is not None
    (path,) = sorted(Path(spec.origin).parent.glob("lib/vis-9*/vis-network.min.js"))[-1:]
    return path.read_text(encoding="utf-8")


def to_json(value: object) -> str:
    """JSON that may stand inside a script element: no character of it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028")


@dataclass
class Site:
    """A folder of pages in the making.

    `standalone` pages carry their scripts and styles in themselves (for a notebook's frame); all others share files.
    """

    root: Path
    standalone: bool = False
    pages: list[Path] = field(default_factory=list)
    written: int = 0

    def write(self, name: str, text: str) -> None:
        """Write `name` unless it stands there already with the same bytes."""
        path = self.root / name
        data = text.encode("utf-8", "replace")
        self.pages.append(path)
        try:
            if path.stat().st_size == len(data) and path.read_bytes() == data:
                return
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(data)
        part.replace(path)
        self.written += 1

    def render(self, template: str, *, scripts: Iterable[str] = (), depth: int = 0, **values: object) -> str:
        """The text of a page. `scripts` are names of assets; `depth` is how many folders the page stands below."""
        return environment().get_template(template).render(self.frame(scripts, depth), **values)

    def page(self, name: str, template: str, *, scripts: Iterable[str] = (), **values: object) -> None:
        """Render and write one page."""
        self.write(name, self.render(template, scripts=scripts, depth=name.count("/"), page=name, **values))

    def frame(self, scripts: Iterable[str], depth: int) -> dict[str, object]:
        """What every page needs: its policy, its styles and its scripts."""
        names = ("strings.js", "base.js", *scripts)
        if not self.standalone:
            return {"up": "../" * depth, "policy": BESIDE, "scripts": names, "inline": None}
        style, code = asset("zhitu.css"), {name: asset(name).replace("</script", "<\\/script") for name in names}
        policy = inline_policy([style], code.values())
        return {"up": "", "policy": policy, "scripts": names, "inline": {"style": style, "scripts": code}}

    def sweep(self) -> None:
        """Remove pages of entities that the graph no longer holds."""
        kept = set(self.pages)
        for folder in OWN_FOLDERS:
            for path in (self.root / folder).glob("*.*"):
                if path not in kept and path.suffix in (".html", ".js") and is_ours(path):
                    path.unlink()


def is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return MARK.encode() in file.read(200)


_COMMON = "base-uri 'none'; form-action 'none'; img-src 'self' data: blob:"
# `file:` beside 'self': a page opened from a disk has no origin in some browsers, and its scripts stand beside it.
BESIDE = f"default-src 'none'; script-src 'self' file:; style-src 'self' file:; {_COMMON}"


def inline_policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """A policy that admits exactly these styles and scripts, by digest."""
    return f"default-src 'none'; script-src {_digests(scripts)}; style-src {_digests(styles)}; {_COMMON}"


def _digests(texts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts)


@functools.cache
def environment() -> Environment:
    """Templates with escaping always on."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    env = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = strings()

    @functools.lru_cache(maxsize=4096)
    def t(key: str, *values: object) -> Markup:
        """A word of the surface: Chinese in the page, its key beside it so that the switch finds it."""
        text = words[key][0]
        for index, value in enumerate(values):
            text = text.replace(f"{{{index}}}", str(value))
        more = f' data-v="{escape(json.dumps(values, ensure_ascii=False))}"' if values else ""
        return Markup(f'<span data-t="{escape(key)}"{more}>{escape(text)}</span>')

    env.globals.update(t=t, zh=lambda key: words[key][0], page_of=page_of, stem_of=stem_of)
    env.filters["data"] = lambda value: Markup(to_json(value))
    env.filters["thousands"] = lambda value: f"{value:,}"
    env.filters["code"] = Markup
    return env


def rows(cursor: Any, *, size: int = 2000) -> Iterable[Mapping[str, Any]]:
    """Rows of a finished query as mappings, a few thousand at a time."""
    names = [column[0] for column in cursor.description]
    while batch := cursor.fetchmany(size):
        for row in batch:
            yield dict(zip(names, row, strict=True))
