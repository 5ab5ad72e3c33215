"""No address makes us reach into a private network: what is forbidden is never connected to, counted at the socket."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.addresses import Allowed
from ingest.fetching import Fetcher, FetchError

PRIVATE = (
    "127.0.0.1 127.0.0.53 127.255.255.254 127.1.2.3 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 "
    "192.168.0.1 192.168.255.254 169.254.169.254 169.254.0.1 100.64.0.1 100.127.255.254 192.0.0.1 192.0.2.1 "
    "198.18.0.1 198.19.255.254 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 "
    "255.255.255.255"
).split()
PRIVATE_6 = (
    "::1 :: fe80::1 febf::1 fc00::1 fd00:ec2::254 fdff::1 fec0::1 ff02::1 ff05::2 ::ffff:127.0.0.1 ::ffff:10.0.0.1 "
    "::ffff:169.254.169.254 ::ffff:7f00:1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::169.254.169.254 64:ff9b:1::1 "
    "2002:7f00:1:: 2002:a00:1:: 2001:0:7f00:1:: 2001:db8::1 100::1 3fff::1 5f00::1 ::ffff:0:127.0.0.1"
).split()
# Loopback and the metadata service as people disguise them.
DISGUISED = (
    "http://2130706433/ http://2852039166/ http://0x7f000001/ http://0x7f.0x0.0x0.0x1/ http://0x7f.1/ "
    "http://017700000001/ http://0177.0.0.1/ http://0177.0.0.0x1/ http://127.1/ http://127.0.1/ http://0/ http://0.0/ "
    "http://000.0.0.0/ "
    "http://0251.0376.0251.0376/ http://0xa9fea9fe/ http://169.254.43518/ http://localhost/ http://LOCALHOST/ "
    "http://localhost./ http://localhost:80/ http://ip6-localhost/ http://127.0.0.1./ http://127.0.0.1:80/ "
    "http://127.0.0.1:443/ https://127.0.0.1/ https://127.0.0.1:80/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ "
    "http://１２７.0.0.1/ http://[::1]:80/ http://[0:0:0:0:0:0:0:1]/ http://[0000::1]/ http://[::ffff:127.0.0.1]:80/ "
    "http://[fe80::1%25eth0]/ http://[fe80::1%25lo]/ http://[::1%251]/"
).split()
MALFORMED = (
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://localhost/etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1:70/_x",
    "dict://127.0.0.1:11211/stat",
    "ldap://127.0.0.1/",
    "tftp://127.0.0.1/x",
    "sftp://example.org/",
    "jar:http://x!/",
    "data:text/html,x",
    "javascript:alert(1)",
    "about:blank",
    "blob:http://x/1",
    "ws://127.0.0.1/",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "//127.0.0.1/",
    "127.0.0.1",
    "localhost:80",
    "",
    " ",
    "http://",
    "http:///",
    "http:/x",
    "http:127.0.0.1",
    "http://?",
    "http://#",
    "http://:80/",
    "http://user@127.0.0.1/",
    "http://user:pw@127.0.0.1/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/",
    "http://example.org:pw@169.254.169.254/",
    "http://127.0.0.1\\@example.org/",
    "http://example.org\\@127.0.0.1/",
    "http://example.org\t.evil/",
    "http://127.0.0.1\r\nX: y/",
    "http://127.0.0.1\n/",
    "http://exa mple.org/",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:x/",
    "http://[::1/",
    "http://::1/",
    "http://[::g]/",
    "http://[127.0.0.1]/",
    "http://\x00/",
    "http://a\x00b/",
    "http://" + "a" * 3000 + "/",
    "http://" + "a" * 64 + ".example/",
    "http://xn--/",
    "http://.../",
    "http://-/",
    "http://%31%32%37.0.0.1/",
    "http://127%2e0.0.1/",
    "http://127.0.0.1%00.example.org/",
    "http://[v1.x]/",
    "http://example.org:22/",
    "http://example.org:6379/",
)
FORBIDDEN = [
    *(f"http://{each}/" for each in PRIVATE),
    *(f"https://{each}/x?y" for each in PRIVATE[:6]),
    *(f"http://[{each}]/" for each in PRIVATE_6),
    *DISGUISED,
    *MALFORMED,
]
assert len(set(FORBIDDEN)) >= 150


@pytest.fixture
def connects(monkeypatch):
    """Every address that a socket was told to connect to; none of them is reached."""
    found = []

    def connect(_, address):
        found.append(address)
        raise ConnectionRefusedError("refused by the test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    return found


def test_forbidden_address_is_refused_without_a_connect(connects):
    fetcher = Fetcher(seconds=5)
    for url in FORBIDDEN:
        with pytest.raises(FetchError):
            fetcher.fetch(url)
        with pytest.raises(FetchError):
            fetcher.post(url, b"x", {})
    assert connects == []


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_6])
def test_name_that_leads_inside_is_refused_whatever_else_it_leads_to(connects, address):
    for found in ([address], ["93.184.216.34", address], [address, "93.184.216.34"]):
        with pytest.raises(FetchError, match="not public"):
            Fetcher(resolver=lambda *_, found=found: found).fetch("http://news.example/")
    assert connects == []


def test_name_is_resolved_once_and_its_address_pinned(connects):
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    with pytest.raises(FetchError):
        Fetcher(resolver=lambda *_: next(answers)).fetch("http://rebinding.example/")
    assert [each[0] for each in connects] == ["93.184.216.34"]
    assert next(answers) == ["127.0.0.1"]


@pytest.fixture
def redirecting():
    """A server on loopback that redirects every path to the address that the test sets."""

    class Redirecting(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked += 1
            self.send_response(302)
            self.send_header("Location", server.onward)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    server.asked, server.onward = 0, ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_redirect_goes_through_the_same_gate(redirecting):
    host = f"127.0.0.1:{redirecting.server_port}"
    fetcher = Fetcher(allowed=Allowed.of(host), seconds=5)
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.05)
        targets = [
            f"http://127.0.0.1:{inside.getsockname()[1]}/",
            "http://10.0.0.1/",
            "file:///etc/passwd",
            "//127.0.0.1/",
        ]
        for number, onward in enumerate(targets, start=1):
            redirecting.onward = onward
            with pytest.raises(FetchError):
                fetcher.fetch(f"http://{host}/")
            assert redirecting.asked == number
        with pytest.raises(TimeoutError):
            inside.accept()


def test_redirects_without_end_are_not_followed(redirecting):
    host = f"127.0.0.1:{redirecting.server_port}"
    redirecting.onward = f"http://{host}/again"
    with pytest.raises(FetchError, match="redirects more than"):
        Fetcher(allowed=Allowed.of(host), seconds=5).fetch(f"http://{host}/")
    assert redirecting.asked == 6
