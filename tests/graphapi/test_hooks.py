"""Whoever watches a pair is told of its new relations: signed, at least once, and only of what is stored."""

from __future__ import annotations

import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dyadgraph.settings import Settings
from graphapi.app import close_service, create_app, start_worker
from ingest.addresses import Allowed
from ingest.fetching import Fetcher
from ingest.hooks import Hooks, sign

TEXT = "Russian President Vladimir Putin visited North Korea on Wednesday and met Kim Jong Un in Pyongyang."


@pytest.fixture
def receiver():
    """A server on loopback that keeps what it is sent and answers the statuses that it is told, then 204."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.taken.append((dict(self.headers), body))
            self.send_response(server.statuses.pop(0) if server.statuses else 204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.taken, server.statuses = [], []
    server.address = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def app(tmp_path, coder):
    app = create_app(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}", fetch_allow="127.0.0.1"))
    app.extensions["dyadgraph"].__dict__["_coder"] = coder
    yield app
    close_service(app)


def wait_for(condition):
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def test_new_relation_is_told_with_a_signature(app, receiver):
    client = app.test_client()
    made = client.post("/v1/hooks", json={"first": "PRK", "second": "RUS", "url": receiver.address}).json
    start_worker(app)
    client.post("/v1/ingest", json={"text": TEXT, "published": "2024-06-20"})
    wait_for(lambda: receiver.taken)
    headers, body = receiver.taken[0]
    assert hmac.compare_digest(
        headers["X-Dyadgraph-Signature"], sign(made["secret"], headers["X-Dyadgraph-Timestamp"], body)
    )
    told = json.loads(body)
    assert told["pair"] == ["PRK", "RUS"]
    assert {"visit", "meet"} & {each["type"] for each in told["relations"]}
    assert client.get(f"/v1/relations/{told['relations'][0]['id']}").json == told["relations"][0]


def test_others_are_not_told_and_nobody_twice(app, receiver):
    client = app.test_client()
    client.post("/v1/hooks", json={"first": "FRA", "second": "RUS", "url": receiver.address})
    kept = client.post("/v1/hooks", json={"first": "RUS", "second": "PRK", "url": receiver.address}).json["id"]
    start_worker(app)
    for _ in range(2):
        client.post("/v1/ingest", json={"text": TEXT, "published": "2024-06-20"})
    wait_for(lambda: receiver.taken)
    time.sleep(1.5)
    assert [json.loads(body)["hook"] for _, body in receiver.taken] == [kept]


def test_what_was_refused_is_sent_again(app, receiver, monkeypatch):
    monkeypatch.setattr("ingest.hooks.FIRST_PAUSE", 0.0)
    receiver.statuses += [500, 302]
    client = app.test_client()
    client.post("/v1/hooks", json={"first": "RUS", "second": "PRK", "url": receiver.address})
    start_worker(app)
    client.post("/v1/ingest", json={"text": TEXT, "published": "2024-06-20"})
    wait_for(lambda: len(receiver.taken) == 3)
    assert len({body for _, body in receiver.taken}) == 1


def test_what_is_not_stored_is_not_told(app, receiver, coder):
    bench = app.extensions["dyadgraph"]
    hooks = Hooks(bench.journal)
    hooks.add(("RUS", "PRK"), receiver.address)
    from dyadgraph.model import Article  # noqa: PLC0415

    hooks.note([coder.code_article(Article.of(TEXT))])
    fetcher = Fetcher(allowed=Allowed.of("127.0.0.1"))
    assert hooks.deliver(lambda _: None, fetcher) == 0
    assert receiver.taken == []


def test_private_address_is_not_told_unless_it_is_allowed(app, receiver, coder):
    hooks = Hooks(app.extensions["dyadgraph"].journal)
    hooks.add(("RUS", "PRK"), receiver.address)
    from dyadgraph.model import Article  # noqa: PLC0415

    hooks.note([coder.code_article(Article.of(TEXT))])
    assert hooks.deliver(lambda each: {"id": each}, Fetcher()) == 0
    assert receiver.taken == []


def test_hooks_are_listed_without_secrets_and_can_be_removed(app):
    client = app.test_client()
    made = client.post("/v1/hooks", json={"first": "A", "second": "B", "url": "https://example.org/x?token=1"}).json
    listed = client.get("/v1/hooks").json["items"]
    assert listed == [{"id": made["id"], "pair": ["A", "B"], "host": "example.org", "created": made["created"]}]
    assert client.delete(f"/v1/hooks/{made['id']}").status_code == 204
    assert client.delete(f"/v1/hooks/{made['id']}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        [1],
        {"first": "A"},
        {"first": "A", "second": " ", "url": "https://x.example"},
        {"first": "A", "second": "B", "url": "file:///etc/passwd"},
        {"first": "A", "second": "B", "url": "https://x.example", "more": 1},
    ],
)
def test_wish_that_makes_no_sense_is_refused(app, body):
    assert app.test_client().post("/v1/hooks", json=body).status_code in {400, 422}
