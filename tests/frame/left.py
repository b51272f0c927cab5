"""A stand-in for the rooms left of the store: a notation for what a report says, and its rows.

宿城区 321302 2020            region, code, year
issued 重大行政决策程序规定 ~重大行政决策程序     predicate, document; after ~ its family
runs! 一网通办                ! is planned
by 321302 司法局 implements 中华人民共和国行政复议法
figure 收到行政复议申请 22 件
lost region 高新区 region:371500-高新区          unresolved: kind, surface, candidates
crash | hang | fail | refuse
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from zhitu.errors import InputError
from zhitu.model import record_id
from zhitu.pipeline import Done, Job
from zhitu.tables import SOURCE_TABLES

Rows = dict[str, list[tuple[Any, ...]]]
NATIONAL = ("中华人民共和国", "一网通办", "行政执法三项制度")


def read_job(job: Job) -> Done:
    """As `zhitu.pipeline.read_job`, for the notation above."""
    text = Path(job.file.path).read_bytes().decode()
    word = text.split()[0]
    if word == "crash":
        os._exit(9)
    if word == "hang":
        time.sleep(60)
    if word == "fail":
        raise ValueError("a bug in a room")
    if word == "refuse":
        raise InputError(f"{job.file.path}: the file holds no text", remedy="fetch it again")
    return Done(_Report(text, job).rows, text)


class _Report:
    """Collects the rows of one report."""

    def __init__(self, text: str, job: Job) -> None:
        self.rows: Rows = {table.name: [] for table in SOURCE_TABLES}
        self.key = f"report:{job.file.sha256[:16]}"
        name, code, year, *_ = text.splitlines()[0].split()
        self.code, self.at = code, 0
        region = self.region(name, code=code)
        self.rows["reports"].append(
            (
                self.key,
                job.file.sha256,
                job.file.file,
                f"{name}报告",
                region,
                job.given.year or int(year),
                *[None] * 4,
                "utf-8",
                len(text),
            )
        )
        for line in text.splitlines(keepends=True):
            self.line(line.rstrip("\n"), region=region)
            self.at += len(line)

    def line(self, line: str, *, region: str) -> None:
        words = line.split()
        if words[:1] == ["figure"]:
            self.figure(line, *words[1:], region=region)
        elif words[:1] == ["lost"]:
            _, kind, surface, *candidates = words
            place = (self.at + 6 + len(kind), self.at + 6 + len(kind) + len(surface))
            self.rows["unresolved"].append((self.key, kind, surface, "several", " ".join(candidates), *place))
        elif words[:1] == ["by"]:
            agency = f"agency:{words[1]}-{words[2]}"
            self.entity(agency, "agency", name=words[2], region=f"region:{words[1]}")
            self.claim(line, agency, *words[3:])
        elif self.at and words:
            self.claim(line, region, *words)

    def claim(self, line: str, subject: str, verb: str, name: str, family: str = "") -> None:
        kind = "program" if verb.startswith("runs") else "document"
        scope = "000000" if name.startswith(NATIONAL) else self.code
        slug = "".join(ch for ch in name if ch.isalnum())
        target = f"{kind}:{'CN' if scope == '000000' else scope}-{slug}"
        tail = family.lstrip("~")
        self.entity(target, kind, name=name, region=f"region:{scope}", family=tail)
        predicate, status = verb.rstrip("!"), "planned" if verb.endswith("!") else "done"
        key = f"claim:{record_id(self.key, subject, predicate, target, self.at)}"
        self.rows["claims"].append(
            (key, self.key, subject, predicate, target, status, line, self.at, self.at + len(line), "test.claim")
        )

    def figure(self, line: str, wording: str, value: str, unit: str, *, region: str) -> None:
        key = f"observation:{record_id(self.key, wording, self.at)}"
        self.rows["observations"].append(
            (key, self.key, None, wording, value, unit, region, None, line, self.at, self.at + len(line), "test.figure")
        )

    def region(self, name: str, *, code: str) -> str:
        key = f"region:{code}"
        self.entity(key, "region", name=name, region=None, code=code)
        return key

    def entity(
        self, key: str, kind: str, *, name: str, region: str | None, code: str | None = None, family: str = ""
    ) -> None:
        if region:
            self.rows["entities"].append(
                (self.key, region, "region", region[7:], None, region[7:], None, None, False, None, None, None, None)
            )
        form = "normative" if kind == "document" else None
        self.rows["entities"].append(
            (self.key, key, kind, name, region, code, None, None, False, form, None, *family_of(family))
        )
        self.rows["names"].append((self.key, key, "pref", name))
        self.rows["mentions"].append((self.key, key, kind, self.at, self.at + 1, name[:1], "test.entity"))


def family_of(name: str) -> tuple[str | None, str | None]:
    return (f"family:{name}", name) if name else (None, None)
