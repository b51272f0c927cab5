"""Real triple stores, started on loopback for the tests and ended after them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {folder}
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
DefaultQuery = select * where {{?s ?p ?o}} limit 1
ResultSetMaxRows = 1000000
"""


def missing(what: str) -> None:
    """Ends the test: by failing where everything must be there, else by skipping with the reason."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed, and here it must be")
    pytest.skip(f"{what} is not installed on this machine")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers, if with a refusal
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer")


@contextmanager
def running(command: list[str], *, url: str, folder: Path) -> Iterator[None]:
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(url, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The address of Oxigraph's server, in memory."""
    beside = Path(sys.executable).with_name("oxigraph")
    binary = str(beside) if beside.exists() else shutil.which("oxigraph")
    if not binary:
        missing("Oxigraph's server (PyPI: oxigraph)")
    url = f"http://127.0.0.1:{free_port()}"
    with running([str(binary), "serve", "--bind", url.removeprefix("http://")], url=f"{url}/query", folder=folder):
        yield url


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a Virtuoso with an empty database, user dba, password dba."""
    binary = shutil.which("virtuoso-t")
    if not binary:
        missing("Virtuoso (Debian: virtuoso-opensource-7, virtuoso-opensource-7-bin)")
    http = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(folder=folder, http=http, sql=free_port()))
    url = f"http://127.0.0.1:{http}"
    with running([str(binary), "+foreground", "+configfile", str(ini)], url=f"{url}/sparql", folder=folder):
        yield url


# two of them at once, or their bridges, make SLF4J refuse to start
BRIDGES = re.compile(r"log4j|slf4j-(?!api|nop)|jcl-over|jul-to")


def jena(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A runner of Jena's commands: `run("riotcmd.riot", "--count", file)`."""
    java, jars = shutil.which("java"), Path("/usr/share/java")
    if not java or not (jars / "jena-cmds.jar").exists():
        missing("Jena (Debian: libapache-jena-java, default-jre-headless)")
    with zipfile.ZipFile(jars / "jena-core.jar") as archive:
        # Debian renamed the package of the xerces within, but left its resources in the place of the old name
        old = "org/apache/jena/ext/"
        for name in archive.namelist():
            if name.startswith(f"{old}xerces/") and name.endswith(".properties"):
                target = folder / name.removeprefix(old)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    path = [str(folder), *(str(jar) for jar in sorted(jars.glob("*.jar")) if not BRIDGES.search(jar.name))]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(java), "-Xmx2g", "-Dfile.encoding=UTF-8", "-cp", os.pathsep.join(path), *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)

    return run
