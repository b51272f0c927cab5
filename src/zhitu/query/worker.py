"""Questions with a time limit: a process of their own holds the graph, and is ended when it does not answer in time.

No query engine here can be stopped from within. The process reads a question a line and writes an answer a line, JSON
both; `python -m zhitu.query.worker FILE ENGINE` starts it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zhitu.errors import QueryError, UsageError, ZhituError
from zhitu.query.answers import Answer, from_json, to_json

OPENING = 600.0  # seconds; 10⁷ triples load in less than two minutes


class Worker:
    """One process with the graph open. Not for two threads at once."""

    def __init__(self, out: Path, *, engine: str = "auto") -> None:
        self._command = [sys.executable, "-m", "zhitu.query.worker", str(out), engine]
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.engine = ""

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Opens the graph, if it is not open. Raises StoreError and UsageError as `open_source` does."""
        if self._process is not None and self._process.poll() is None:
            return
        paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONIOENCODING": "utf-8"}
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )
        threading.Thread(target=_pump, args=(self._process, self._lines), daemon=True).start()
        self.engine = self._receive(OPENING)["engine"]

    def ask(self, text: str, *, timeout: float | None, rows: int | None) -> Answer:
        """The answer. Raises QueryError when it fails or takes longer; then the next question opens the graph anew."""
        self.start()
        reply = self._exchange({"query": text, "rows": rows}, timeout)
        return from_json(reply["answer"], form=reply["form"], truncated=reply["truncated"])

    def find(self, name: str, classes: tuple[str, ...]) -> list[str]:
        """As `Source.find`."""
        self.start()
        return self._exchange({"find": name, "classes": list(classes)}, OPENING)["found"]

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def _exchange(self, message: dict[str, Any], timeout: float | None) -> dict[str, Any]:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        except OSError:
            self.close()
            raise QueryError("the process that held the graph has ended", remedy="ask again") from None
        return self._receive(timeout)

    def _receive(self, timeout: float | None) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            self.close()
            remedy = "ask for less, or give it longer: --timeout SECONDS"
            raise QueryError(f"no answer within {timeout:g} seconds", remedy=remedy) from None
        if line is None:
            self.close()
            raise QueryError("the question ended the process that held the graph", remedy="ask for less")
        reply = json.loads(line)
        if "error" in reply:
            raise _raised(reply)
        return reply


def _raised(reply: dict[str, Any]) -> ZhituError:
    from zhitu import errors

    kind = getattr(errors, reply["error"], QueryError)
    return kind(reply["message"], remedy=reply["remedy"])


def _pump(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    try:
        for line in process.stdout:
            lines.put(line)
    except ValueError:  # closed meanwhile
        pass
    lines.put(None)


def serve(out: Path, engine: str, *, say: Callable[[dict[str, Any]], None], lines: Any) -> None:
    """The other end: opens the graph, then answers line by line until there are no more."""
    from zhitu.query.engines import open_source

    source = open_source(out, engine=engine)
    say({"engine": source.engine})
    for line in lines:
        message = json.loads(line)
        try:
            if "find" in message:
                say({"found": source.find(message["find"], tuple(message["classes"]))})
                continue
            answer = source.ask(message["query"], rows=message["rows"])
            say({"form": answer.form, "truncated": answer.truncated, "answer": to_json(answer)})
        except ZhituError as error:
            say(_told(error))


def _told(error: ZhituError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}


def main() -> None:
    """Entry point of the process."""
    if len(sys.argv) != 3:
        raise UsageError("python -m zhitu.query.worker FILE ENGINE")

    def say(message: dict[str, Any]) -> None:
        print(json.dumps(message), flush=True)

    try:
        serve(Path(sys.argv[1]), sys.argv[2], say=say, lines=sys.stdin)
    except ZhituError as error:
        say(_told(error))
    except (BrokenPipeError, KeyboardInterrupt):
        pass


if __name__ == "__main__":
    main()
