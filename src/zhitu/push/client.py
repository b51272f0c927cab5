"""Requests to a store: credentials from the environment, another try after what passes, the reason for the rest."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

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

    def digest(self, challenge: Mapping[str, str], *, method: str, url: str) -> str:
        """The header's value by RFC 2617, for a store that wants no password on the wire."""
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        realm, nonce, fresh = challenge.get("realm", ""), challenge["nonce"], secrets.token_hex(8)
        secret = _md5(f"{self.user}:{realm}:{self.password}")
        answer = _md5(f"{secret}:{nonce}:00000001:{fresh}:auth:{_md5(f'{method}:{target}')}")
        fields = {"username": self.user, "realm": realm, "nonce": nonce, "uri": target, "response": answer}
        fields |= {"cnonce": fresh, "opaque": challenge.get("opaque", "")}
        return "Digest " + ", ".join(f'{k}="{v}"' for k, v in fields.items()) + ", qop=auth, nc=00000001"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


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
        self._digest: bool | None = None  # not known before the store was asked

    def send(
        self, method: str, url: str, *, body: bytes | BinaryIO | None = None, headers: Mapping[str, str] | None = None
    ) -> bytes:
        """The reply's body; a file is sent from its beginning. What may pass is tried again, else PushError."""
        pause = PAUSE
        for attempt in range(1, self._tries + 1):
            try:
                return self._once(method, url, body, dict(headers or {}))
            except urllib.error.HTTPError as error:
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
        headers |= self._authorization(method, url)
        if body is not None and not isinstance(body, bytes):
            headers["Content-Length"] = str(body.seek(0, os.SEEK_END))
            body.seek(0)
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        with _opener(url).open(request, timeout=self._timeout) as reply:
            return reply.read()

    def _authorization(self, method: str, url: str) -> dict[str, str]:
        """The header that lets a request in. A store that wants a digest closes the connection before it has read a
        body without one, so it is asked beforehand, without a body."""
        if not self.credentials.user or self.credentials.token:
            return self.credentials.header()
        if self._digest is not False:
            challenge = _challenge(url, self._timeout)
            self._digest = challenge is not None
            if challenge is not None:
                return {"Authorization": self.credentials.digest(challenge, method=method, url=url)}
        return self.credentials.header()


def _challenge(url: str, timeout: float) -> dict[str, str] | None:
    """What a store says to a request without credentials, when it wants a digest of them."""
    try:
        _opener(url).open(url, timeout=timeout).close()
    except urllib.error.HTTPError as error:
        said = error.headers.get("WWW-Authenticate") or ""
        if error.code == 401 and said.lower().startswith("digest"):
            return parse_keqv_list(parse_http_list(said.partition(" ")[2]))
    return None


def _opener(url: str) -> urllib.request.OpenerDirector:
    own: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if _is_loopback(url):
        own.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*own)


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
