"""An address in, what stands there out: fetched so that no address can make us reach into a private network.

A host is resolved once, every address that it has is checked, and the connection goes to the checked address
itself, so that a second answer of the name server changes nothing. Redirects go through the same gate.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from dyadgraph import __version__
from dyadgraph.errors import ArticleError
from ingest.addresses import Allowed, Resolver, is_public, resolve

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
MOST_ADDRESSES = 3
LONGEST_ADDRESS = 2_000
CHUNK = 65_536
HEADERS = {
    "User-Agent": f"dyadgraph/{__version__}",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
# urllib's `quote` leaves these alone: what an address may hold, escapes that are there already among them.
SAFE = "%/:=&?~#+!$,;'@()*[]"


class FetchError(ArticleError):
    """Raised for an address that gives nothing; `retry_after` is set where trying again was offered, in seconds."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address; `url` is where it was found after redirects, `content` is None where unchanged."""

    url: str
    content: bytes | None
    media_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches web addresses under guard: http and https, public addresses, capped in size, time and redirects."""

    allowed: Allowed = field(default_factory=Allowed)
    resolver: Resolver = resolve
    seconds: float = 20.0
    max_bytes: int = 16_000_000

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what stands at an address; with `etag` or `modified` of an earlier answer, only what is new.

        Raises FetchError for what may not be, or cannot be, fetched.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = HEADERS | {name: value for name, value in conditions.items() if value}
        deadline = time.monotonic() + self.seconds
        here = url
        for _ in range(MOST_REDIRECTS + 1):
            with self._ask(here, headers, deadline) as response:
                onward = response.headers.get("Location") if response.status in REDIRECTS else None
                if onward is None:
                    return self._take(response, here)
            here = urljoin(here, onward)
        raise FetchError(f"{url}: redirects more than {MOST_REDIRECTS} times; give the last address")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send a body to an address under the same guard and return the status; redirects are not followed."""
        deadline = time.monotonic() + self.seconds
        agent = {"User-Agent": HEADERS["User-Agent"]}
        with self._ask(url, {**agent, **headers}, deadline, body=body) as response:
            return int(response.status)

    @contextmanager
    def _ask(
        self, url: str, headers: Mapping[str, str], deadline: float, *, body: bytes | None = None
    ) -> Iterator[BaseHTTPResponse]:
        parts = split_address(url)
        connection = self._connect(parts, self._addresses(parts), deadline)
        # Each single read is bounded by the connection's timeout, all of them together by this.
        timer = threading.Timer(max(deadline - time.monotonic(), 0), _cut, [connection])
        timer.start()
        try:
            connection.request(
                "GET" if body is None else "POST",
                _target(parts),
                body=body,
                headers={"Host": _host_header(parts), **headers},
                preload_content=False,
            )
            yield connection.getresponse()
        except (OSError, urllib3.exceptions.HTTPError, ValueError) as exc:
            late = time.monotonic() >= deadline
            why = f"takes longer than {self.seconds:g} s" if late else f"gave no answer ({exc})"
            raise FetchError(f"{url}: {why}; try again later") from exc
        finally:
            timer.cancel()
            connection.close()

    def _addresses(self, parts: SplitResult) -> list[str]:
        """Return the checked addresses of a host; raises FetchError where one of them is not public."""
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        named = self.allowed.names(host, port)
        if port not in PORTS.values() and not named and not self.allowed.networks:
            raise FetchError(f"{parts.geturl()}: port {port} is none of the web's; allow the host to fetch it")
        try:
            found = list(self.resolver(host, port))
            addresses = [ipaddress.ip_address(text) for text in found]
        except (OSError, ValueError) as exc:
            raise FetchError(f"{parts.geturl()}: its host has no address ({exc}); check the address") from exc
        for address in addresses:
            inside = self.allowed.holds(address)
            if not (named or inside or (is_public(address) and port in PORTS.values())):
                raise FetchError(
                    f"{parts.geturl()}: leads to {address}, which is not public; allow the host to fetch it"
                )
        if not found:
            raise FetchError(f"{parts.geturl()}: its host has no address; check the address")
        return found[:MOST_ADDRESSES]

    def _connect(self, parts: SplitResult, addresses: list[str], deadline: float) -> HTTPConnection:
        failure: Exception | None = None
        for address in addresses:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            connection = _connection(parts, address, timeout=min(left, self.seconds / 2))
            try:
                connection.connect()
            except (OSError, urllib3.exceptions.HTTPError) as exc:
                connection.close()
                failure = exc
            else:
                return connection
        why = failure or f"takes longer than {self.seconds:g} s"
        raise FetchError(f"{parts.geturl()}: cannot be reached ({why}); check the address, or try again") from failure

    def _take(self, response: BaseHTTPResponse, url: str) -> Fetched:
        headers = response.headers
        etag, modified, age = headers.get("ETag"), headers.get("Last-Modified"), _max_age(headers)
        if response.status == 304:
            return Fetched(url, None, None, etag, modified, age)
        if response.status != 200:
            raise FetchError(
                f"{url}: answered {response.status}; check the address, or try again later",
                retry_after=_retry_after(headers.get("Retry-After")),
            )
        content = bytearray()
        while piece := response.read(CHUNK):
            content += piece
            if len(content) > self.max_bytes:
                raise FetchError(f"{url}: is longer than {self.max_bytes:,} bytes; fetch it and give its text")
        return Fetched(url, bytes(content), headers.get("Content-Type"), etag, modified, age)


def split_address(url: str) -> SplitResult:
    """Take an address apart; raises FetchError for one that may not be fetched whatever it leads to."""
    try:
        parts = urlsplit(url)
        known = (parts.scheme in PORTS, bool(parts.hostname), parts.port != 0)
    except ValueError as exc:
        raise FetchError(f"{url[:LONGEST_ADDRESS]}: is no address ({exc}); check it") from exc
    if not known[0]:
        raise FetchError(f"{url[:LONGEST_ADDRESS]}: is no http or https address; only these are fetched")
    if not all(known) or len(url) > LONGEST_ADDRESS or any(sign <= " " or sign in "\\\x7f" for sign in url):
        raise FetchError(f"{url[:LONGEST_ADDRESS]}: is no address of a page; check it")
    if "@" in parts.netloc:
        raise FetchError(f"{url}: holds a user name; only open pages are fetched")
    try:
        host = str(parts.hostname).encode("idna").decode("ascii")
    except UnicodeError as exc:
        raise FetchError(f"{url}: its host is no name ({exc}); check it") from exc
    where = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=where if parts.port is None else f"{where}:{parts.port}")


def _connection(parts: SplitResult, address: str, *, timeout: float) -> HTTPConnection:
    port = parts.port or PORTS[parts.scheme]
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    host = str(parts.hostname)
    return HTTPSConnection(
        address, port, timeout=timeout, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
    )


def _cut(connection: HTTPConnection) -> None:
    """End whatever the connection waits for, from another thread."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it has ended by itself
            return


def _target(parts: SplitResult) -> str:
    return quote(parts._replace(scheme="", netloc="", fragment="").geturl() or "/", safe=SAFE)


def _host_header(parts: SplitResult) -> str:
    return parts.netloc


def _max_age(headers: Mapping[str, str]) -> int | None:
    for part in headers.get("Cache-Control", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "max-age" and value.isdecimal() and len(value) < 10:
            return int(value)
    return None


def _retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, whether it gives them or a date."""
    if not value:
        return None
    if value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return None
