"""Requests to a store: with credentials from the environment, again after what passes, with the reason when it does not."""

from __future__ import annotations

import base64
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

from zhitu.errors import PushError

PASSING = (408, 425, 429, 500, 502, 503, 504)  # worth another try
TRIES = 5
PAUSE = 0.5  # seconds before the second try; doubled each time
LONGEST = 30.0  # seconds between two tries
TIMEOUT = 300.0  # seconds a request may take: Virtuoso takes minutes to index after a large load


@dataclass(frozen=True, slots=True)
class Credentials:
    """From ZHITU_TOKEN (bearer), or ZHITU_USER and ZHITU_PASSWORD (basic, digest where the store asks for it)."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        return cls(*(environment.get(f"ZHITU_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")))

    def header(self) -> dict[str, str]:
        """The header that goes with every request."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user:
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        return {}


class Client:
    """Sends requests one after the other."""

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        timeout: float = TIMEOUT,
        tries: int = TRIES,
        sleep: Callable[[float], None] = time.sleep,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.credentials = Credentials.of(os.environ) if credentials is None else credentials
        self._timeout = timeout
        self._tries = tries
        self._sleep = sleep
        self._say = say
        self._digest = False
        self._passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()

    def send(
        self, method: str, url: str, *, body: bytes | BinaryIO | None = None, headers: Mapping[str, str] | None = None
    ) -> bytes:
        """The reply's body; a file is sent from its beginning. Tries again what may pass; raises PushError for the rest."""
        pause = PAUSE
        for attempt in range(1, self._tries + 1):
            try:
                return self._once(method, url, body, dict(headers or {}))
            except urllib.error.HTTPError as error:
                if error.code == 401 and self._asks_digest(error):
                    continue
                reason, wait = _reason(error), _retry_after(error)
                if error.code not in PASSING:
                    raise PushError(f"{method} {url}: {reason}", remedy=_remedy(error.code)) from error
            except (urllib.error.URLError, HTTPException, OSError) as error:
                reason, wait = str(getattr(error, "reason", error)) or type(error).__name__, None
            if attempt == self._tries:
                break
            self._say(f"{reason}; try {attempt + 1} of {self._tries}")
            self._sleep(min(wait if wait is not None else pause, LONGEST))
            pause *= 2
        remedy = "is the store running, and does it listen at this address?"
        raise PushError(f"{method} {url}: {reason}, {self._tries} times", remedy=remedy)

    def query(self, url: str, text: str, *, graph: str | None = None) -> dict[str, Any]:
        """SPARQL results of a query, as JSON; `graph` is what it sees as the default graph."""
        form = {"query": text, **({"default-graph-uri": graph} if graph else {})}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/sparql-results+json, application/json;q=0.9",
        }
        reply = self.send("POST", url, body=urlencode(form).encode(), headers=headers)
        try:
            return json.loads(reply)
        except ValueError as error:
            start = reply[:200].decode(errors="replace")
            raise PushError(f"{url} answered with no SPARQL results: {start}") from error

    def update(self, url: str, text: str) -> None:
        """Runs a SPARQL update."""
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        self.send("POST", url, body=text.encode(), headers=headers)

    def _once(self, method: str, url: str, body: bytes | BinaryIO | None, headers: dict[str, str]) -> bytes:
        if body is not None and not isinstance(body, bytes):
            headers["Content-Length"] = str(body.seek(0, os.SEEK_END))
            body.seek(0)
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        if not self._digest:
            for name, value in self.credentials.header().items():
                request.add_unredirected_header(name, value)
        with self._opener(url).open(request, timeout=self._timeout) as reply:
            return reply.read()

    def _opener(self, url: str) -> urllib.request.OpenerDirector:
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if _is_loopback(url):
            handlers.append(urllib.request.ProxyHandler({}))
        if self._digest:
            self._passwords.add_password(None, url, self.credentials.user, self.credentials.password)
            handlers.append(urllib.request.HTTPDigestAuthHandler(self._passwords))
        return urllib.request.build_opener(*handlers)

    def _asks_digest(self, error: urllib.error.HTTPError) -> bool:
        """Whether the store wants the password as a digest, and was not sent it so; from now on it is."""
        wanted = (error.headers.get("WWW-Authenticate") or "").lower().startswith("digest")
        if not (wanted and self.credentials.user and not self._digest):
            return False
        self._digest = True
        return True


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is sent goes where it was told to go, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        words = " ".join(error.read(600).decode(errors="replace").split())
    except (OSError, HTTPException):
        words = ""
    return f"{error.code} {error.reason}" + (f" ({words})" if words else "")


def _retry_after(error: urllib.error.HTTPError) -> float | None:
    value = error.headers.get("Retry-After") or ""
    return float(value) if value.isdigit() else None


def _remedy(code: int) -> str:
    if code in (401, 403):
        return "set ZHITU_USER and ZHITU_PASSWORD, or ZHITU_TOKEN, in the environment"
    if code in (301, 302, 307, 308):
        return "give the address that it redirects to"
    if code in (404, 405, 501):
        return "is this the right address and --store? Single addresses: --query-url, --update-url, --graph-url"
    if code == 413:
        return "send less at once: --chunk 5000"
    return "the store's own log says more"
