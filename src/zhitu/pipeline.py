"""The order of the rooms; known here and nowhere else.

load → clean → find → resolve → relate → tabulate     a report at a time, pure, in any process
store → (review) → derive → emit                      once a build
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from zhitu import __version__
from zhitu.errors import UsageError
from zhitu.model import Extraction, Given, Report, record_id

if TYPE_CHECKING:
    from zhitu.engine import Engine, File, Outcome
    from zhitu.review import Decision, Review, Rows
    from zhitu.store import Input, Reading, Store

BASE_IRI = "https://w3id.org/zhitu/id/"
BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")
TIMEOUT = 120.0  # seconds a report; the longest of the reports seen takes well under one
# what decides what is read from a report: the rooms left of the store, and the shelf
READERS = ("load", "clean", "find", "resolve", "relate", "tabulate", "lexicon", "model.py", "tables.py", "pipeline.py")
LIBRARIES = ("jieba", "opencc-python-reimplemented")  # whose word lists decide too

Progress = Callable[[str, int, int], None]  # what is being done, how many of how many


# a report ------------------------------------------------------------------------------------------------------------


def read(path: str | Path, *, region: str | None = None, year: int | None = None, root: Path | None = None) -> Report:
    """Loads and cleans one report. `region` and `year` override what its text says. Raises InputError."""
    from zhitu.clean import clean
    from zhitu.load import load

    path = Path(path)
    return clean(load(path, root=root or path.parent, given=Given(region, year)))


def extract(report: Report) -> Extraction:
    """Everything that one report says: mentions linked to entities, claims, observations, what stayed unresolved."""
    from zhitu.find import find
    from zhitu.relate import relate
    from zhitu.resolve import resolve

    return relate(report, resolve(report, find(report)))


@dataclass(frozen=True, slots=True)
class Job:
    """One content to read, under the name that speaks for it."""

    file: File
    given: Given
    made_by: str


@dataclass(frozen=True, slots=True)
class Done:
    """What reading one report gave: rows by table, and its text."""

    rows: dict[str, list[tuple[Any, ...]]]
    text: str


def read_job(job: Job) -> Done:
    """The left half of the house for one file; runs in any process."""
    from zhitu.tabulate import tabulate

    path, root = Path(job.file.path), Path(job.file.root)
    report = read(path, region=job.given.region, year=job.given.year, root=root)
    return Done(tabulate(extract(report)), report.source.text)


# a build -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, and what is now in the graph."""

    out: str
    read: int  # reports read by this build
    kept: int  # reports that had been read before and have not changed
    quarantined: tuple[tuple[str, str], ...]  # file and reason
    counts: dict[str, Any]
    files: tuple[str, ...]
    decisions: int = 0  # of the review
    idle: tuple[str, ...] = ()  # those of them that found nothing to decide


def build(
    inputs: Iterable[str | Path] | str | Path,
    *,
    out: str | Path,
    workers: int | None = 0,
    base_iri: str | None = None,
    year: int | None = None,
    region: str | None = None,
    timeout: float | None = TIMEOUT,
    extra: Sequence[str] = (),
    review: str | Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Reads reports into the graph in `out`, and writes the graph in every format.

    `inputs` are files or folders. What `out` holds already stays: an unchanged file is not read again, a changed one
    takes the place of what it said before. `workers` processes read at once; 0 is this process, None one a core.
    `year` and `region` override what the texts say. `extra` names formats beyond the usual ones.
    `review` is a file with what people decided; it holds for all that is in `out`, and for this build only.
    A report that fails, or takes longer than `timeout` seconds, is quarantined. Raises UsageError and StoreError.
    """
    from zhitu.emit import chosen, count
    from zhitu.engine import open_engine
    from zhitu.load import SUFFIXES
    from zhitu.review import Review, read_review
    from zhitu.store import FILE, open_store

    folder = Path(out)
    _check_options(folder, base_iri=base_iri)
    chosen(extra)  # a wrong name fails before the work
    decided = Review() if review is None else read_review(review)
    paths = [Path(inputs)] if isinstance(inputs, (str, Path)) else [Path(item) for item in inputs]
    say = progress or (lambda *_: None)
    engine = open_engine(workers=workers, timeout=timeout)
    files = list(engine.read(paths, suffixes=SUFFIXES))
    if not files:
        kinds = ", ".join(SUFFIXES)
        raise UsageError("there is no report in what was given", remedy=f"name files or folders with {kinds} in them")
    folder.mkdir(parents=True, exist_ok=True)
    with open_store(folder / FILE) as store:
        plan = make_plan(files, store=store, given=Given(region, year), out=folder)
        readings = _read_all(plan, engine=engine, store=store, out=folder, say=say)
        _settle(plan, store=store, out=folder)
        idle = _decide(decided, store=store)
        written = _emit(store, out=folder, base_iri=base_iri, extra=extra, say=say)
        failed = sorted((item.file, item.reason) for item in readings if item.status == "quarantined")
        return Summary(
            out=folder.as_posix(),
            read=len(readings) - len(failed),
            kept=plan.kept,
            quarantined=tuple(failed),
            counts=count(store.connection),
            files=tuple(written),
            decisions=len(decided.decisions),
            idle=idle,
        )


def _check_options(out: Path, *, base_iri: str | None) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder", remedy="name a folder; it is made if it is not there")
    if base_iri is not None and not BASE.fullmatch(base_iri):
        raise UsageError(f"{base_iri!r} cannot be a base IRI", remedy="give one like https://example.org/id/")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be read, every file known afterwards, and how many reports need no reading."""

    jobs: tuple[Job, ...]
    inputs: tuple[Input, ...]
    kept: int


def make_plan(files: Sequence[File], *, store: Store, given: Given, out: Path) -> Plan:
    """Decides what has to be read. Of files with the same bytes the one with the smallest name speaks for all."""
    from zhitu.store import Input

    known = {item.place: item for item in store.inputs()}
    readings = store.readings()
    given_files: dict[str, File] = {}
    for file in files:
        place = record_id(Path(file.path).resolve())
        name = min(file.file, known[place].file) if place in known else file.file
        known[place] = Input(place, name, file.sha256)
        given_files[place] = _renamed(file, name)
    speakers: dict[str, Input] = {}
    for item in sorted(known.values(), key=lambda item: (item.file, item.place)):
        speakers.setdefault(item.sha256, item)
    jobs = [
        Job(given_files[item.place], given, fingerprint()) for item in speakers.values() if item.place in given_files
    ]
    fresh = tuple(job for job in jobs if not _is_kept(job, readings=readings, out=out))
    return Plan(fresh, tuple(known.values()), kept=len(jobs) - len(fresh))


def _renamed(file: File, name: str) -> File:
    """The file under a shorter or longer part of its path as its name, as another build may have called it."""
    path, steps = Path(file.path), len(PurePosixPath(name).parts)
    if name == file.file or not path.as_posix().endswith(f"/{name}"):
        return file
    return replace(file, file=name, root=str(path.parents[steps - 1]))


def _is_kept(job: Job, *, readings: dict[str, Reading], out: Path) -> bool:
    from zhitu.emit import has_text

    known = readings.get(job.file.sha256)
    return (
        known is not None
        and (known.file, known.given, known.made_by) == (job.file.file, repr(job.given), job.made_by)
        and known.status == "read"  # what failed gets another chance
        and has_text(out, job.file.sha256)
    )


@cache
def fingerprint(parts: tuple[str, ...] = READERS) -> str:
    """Version and digest of code and data: by default of what decides what is read from a report."""
    here = Path(__file__).parent
    digest = hashlib.sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for part in parts:
        for path in sorted((here / part).rglob("*")) if (here / part).is_dir() else [here / part]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _read_all(plan: Plan, *, engine: Engine, store: Store, out: Path, say: Progress) -> list[Reading]:
    """Reads what has to be read into the store, a batch at a time; gives how each reading went."""
    readings: list[Reading] = []
    total = len(plan.jobs)

    def take(batch: list[Outcome[Job, Done]]) -> None:
        from zhitu.emit import write_text

        for outcome in batch:
            if outcome.value:
                write_text(out, outcome.value.text, sha256=outcome.item.file.sha256)
        pairs = [(_reading(outcome), outcome.value.rows if outcome.value else {}) for outcome in batch]
        store.put(pairs)
        readings.extend(reading for reading, _ in pairs)

    def counted(outcomes: Iterable[Outcome[Job, Done]]) -> Iterator[Outcome[Job, Done]]:
        for number, outcome in enumerate(outcomes, 1):
            say("read", number, total)
            yield outcome

    if total:
        store.set_note("emitted", None)  # what follows must be written anew, even if this build is cut short
        engine.write(counted(engine.map(read_job, plan.jobs)), to=take)
    return readings


def _reading(outcome: Outcome[Job, Done]) -> Reading:
    from zhitu.store import Reading

    job = outcome.item
    return Reading(
        sha256=job.file.sha256,
        report=f"report:{job.file.sha256[:16]}",
        file=job.file.file,
        given=repr(job.given),
        made_by=job.made_by,
        status="read" if outcome.value else "quarantined",
        reason=_reason(outcome.failure or "", job=job),
    )


def _reason(failure: str, *, job: Job) -> str:
    """Why a report was quarantined, without the paths of this machine and without its name, which stands beside it."""
    return failure.replace(f"{job.file.root}/", "").removeprefix(f"{job.file.file}: ")


def _settle(plan: Plan, *, store: Store, out: Path) -> None:
    """Forgets reports that no file holds any more."""
    from zhitu.emit import drop_text

    if set(store.inputs()) != set(plan.inputs):
        store.set_note("emitted", None)  # build.json lists every file, those that say the same as another too
    for digest in store.settle(plan.inputs):
        drop_text(out, digest)


def _decide(review: Review, *, store: Store) -> tuple[str, ...]:
    """Applies the review to all that is in the store, in place of the one before; gives what found nothing.

    The rooms left of the store know nothing of it: no report is read again for a decision, and without a review all
    is as it was read.
    """
    from zhitu.review import Decision

    state = f"{fingerprint(('review.py', 'store'))}|{review.digest}" if review.decisions else ""
    if (store.note("review") or "") != state or store.note("emitted") is None:
        store.set_note("emitted", None)
        store.restore()
        store.set_decisions(_revise(review, store=store))
        store.set_note("review", state or None)
    return tuple(str(Decision(*row)) for *row, reports in store.decisions() if not reports)


def _revise(review: Review, *, store: Store) -> list[tuple[Any, ...]]:
    """Changes the rows of the reports that the review speaks of; gives the rows of `decisions`."""
    from zhitu.review import apply, learn, met, tally

    if not review.decisions:
        return []
    things = learn(review, look=store.entities)
    found: list[Decision] = []

    def change(rows: Rows) -> Rows:
        found.extend(met(rows, review))
        return apply(rows, review=review, things=things)

    surfaces = {(kind, surface) for kind, surface, _ in review.mentions}
    store.revise(store.holding(review.roots, unresolved=surfaces), change=change)
    return tally(review, found=found, known=store.entities)


def _emit(store: Store, *, out: Path, base_iri: str | None, extra: Sequence[str], say: Progress) -> list[str]:
    """Derives and writes every format, unless all stands there as it would be written."""
    from zhitu.derive import derive
    from zhitu.emit import chosen, read_text, write_format

    base = base_iri or store.note("base_iri") or BASE_IRI
    formats = chosen(extra)
    state = "|".join((fingerprint((".",)), base, store.note("review") or "", *(item.name for item in formats)))
    paths = [out / item.path for item in formats]
    if store.note("emitted") != state or not all(path.exists() for path in paths):
        store.set_note("emitted", None)
        derive(store.connection)
        options = {"base_iri": base, "texts": partial(read_text, out), "version": fingerprint()}
        for number, item in enumerate(formats):
            say(f"write {item.path}", number, len(formats))
            write_format(item, store.connection, out=out, options=options)
        store.set_note("base_iri", base)
        store.set_note("emitted", state)
    return [item.path for item in formats]
