"""What is sent for later becomes a job, is worked off once, and tells how it went."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dyadgraph.settings import Settings
from graphapi.access import make_key
from graphapi.app import close_service, create_app, start_worker

SENTENCE = "France accused Iran of detaining two citizens, the foreign ministry said in Paris on Wednesday morning."
LINES = "\n".join(
    json.dumps({"text": f"{SENTENCE} That was report number {number}.", "url": f"https://wire.example/{number}"})
    for number in range(120)
)
PAGE = f"<html><head><title>Paris and Tehran</title></head><body><article><h1>Paris and Tehran</h1><p>{SENTENCE}</p>"


@pytest.fixture
def make_service(tmp_path, coder):
    """An application over an empty graph with these settings, and its worker where it is asked for."""
    apps = []

    def make(*, works=True, **given):
        app = create_app(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}", **given))
        app.extensions["dyadgraph"].__dict__["_coder"] = coder
        if works:
            start_worker(app)
        apps.append(app)
        return app

    yield make
    for app in apps:
        close_service(app)


def follow(client, answer):
    """Ask for a job until it has ended."""
    assert answer.status_code == 202, answer.text
    address, deadline = answer.headers["Location"], time.monotonic() + 60
    while time.monotonic() < deadline:
        job = client.get(address).json
        if job["state"] in {"done", "failed", "cancelled"}:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_lines_become_a_job_whose_counts_add_up(make_service):
    client = make_service().test_client()
    sent = client.post("/v1/ingest", data=f"{LINES}\nno article\n", content_type="application/x-ndjson")
    assert sent.json["state"] in {"queued", "running"}  # the worker may have been quick
    job = follow(client, sent)
    counts = job["counts"]
    assert (job["state"], counts["read"], counts["stored"], counts["quarantined"]) == ("done", 121, 120, 1)
    assert "line 121" in job["rejected"][0]["reason"]
    assert counts["relations"] == client.get("/readyz").json["store"]["events"]
    assert client.get("/v1/relations?source=FRA&min_confidence=0").json["items"][0]["count"] >= 120
    assert client.get("/v1/jobs?state=done").json["items"][0]["id"] == job["id"]


def test_article_that_is_sent_for_later_is_the_one_that_is_answered_at_once(make_service):
    client = make_service().test_client()
    body = {"text": SENTENCE, "published": "2024-01-10"}
    job = follow(client, client.post("/v1/ingest", json=body, headers={"Prefer": "respond-async"}))
    assert job["counts"]["stored"] == 1
    assert client.post("/v1/ingest", json=body).json["duplicate"] is True


def test_page_is_read_as_html(make_service):
    client = make_service().test_client()
    follow(client, client.post("/v1/ingest", data=PAGE, content_type="text/html; charset=utf-8"))
    assert client.get("/v1/articles").json["items"][0]["title"] == "Paris and Tehran"


@pytest.fixture
def site():
    """A page on loopback."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page"
    server.shutdown()
    server.server_close()


def test_address_is_fetched_where_it_is_allowed(make_service, site):
    client = make_service(fetch_allow="127.0.0.1").test_client()
    job = follow(client, client.post("/v1/ingest", json={"url": site}))
    assert job["counts"]["stored"] == 1
    assert client.get("/v1/articles").json["items"][0]["url"] == site


def test_private_address_is_never_fetched(make_service, site):
    client = make_service().test_client()
    job = follow(client, client.post("/v1/ingest", json={"url": site}))
    assert job["counts"] == {
        "read": 1, "stored": 0, "duplicates": 0, "skipped": 0, "quarantined": 1, "relations": 0,
    }  # fmt: skip
    assert client.post("/v1/ingest", json={"url": "file:///etc/passwd"}).status_code == 422


def test_same_key_is_the_same_job(make_service):
    client = make_service(works=False).test_client()
    send = {"content_type": "text/csv", "headers": {"Idempotency-Key": "morning"}}
    first = client.post("/v1/ingest", data="text\nOne.\n", **send)
    again = client.post("/v1/ingest", data="text\nOne.\n", **send)
    assert first.json["id"] == again.json["id"]
    other = client.post("/v1/ingest", data="text\nTwo.\n", **send)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json["detail"]
    assert (
        client.post("/v1/ingest", data="x", content_type="text/csv", headers={"Idempotency-Key": "a b"}).status_code
        == 400
    )


def test_queued_job_can_be_cancelled_and_is_not_worked_off(make_service):
    app = make_service(works=False)
    client = app.test_client()
    sent = client.post("/v1/ingest", data=LINES, content_type="application/x-ndjson")
    address = sent.headers["Location"]
    assert client.post(f"{address}/cancel").json["state"] == "cancelled"
    start_worker(app)
    other = follow(client, client.post("/v1/ingest", data=PAGE, content_type="text/html"))
    assert other["state"] == "done"
    assert client.get(address).json["state"] == "cancelled"
    assert client.get("/readyz").json["store"]["articles"] == 1
    assert client.post("/v1/jobs/none/cancel").status_code == 404


def test_job_that_a_killed_worker_left_is_done_by_the_next_one(make_service):
    app = make_service(works=False)
    client = app.test_client()
    sent = client.post("/v1/ingest", data=LINES, content_type="application/x-ndjson")
    app.extensions["dyadgraph"].journal.claim()  # a worker took it, and was killed
    start_worker(app)
    assert follow(client, sent)["counts"]["stored"] == 120


def test_two_services_of_one_graph_work_a_job_off_once(make_service):
    clients = [make_service().test_client() for _ in range(2)]
    sent = [client.post("/v1/ingest", data=LINES, content_type="application/x-ndjson") for client in clients]
    counts = [follow(clients[0], each)["counts"] for each in sent]
    assert sorted((each["stored"], each["duplicates"]) for each in counts) == [(0, 120), (120, 0)]


@pytest.mark.parametrize(
    ("send", "status", "named"),
    [
        ({"data": b"x", "content_type": "image/png"}, 400, "image/png"),
        ({"data": b"  ", "content_type": "text/html"}, 422, "empty"),
        ({"json": {"url": 3}}, 422, "url"),
        ({"json": {"url": "ftp://example.org"}}, 422, "ftp"),
        ({"json": [1], "headers": {"Prefer": "respond-async"}}, 400, "object"),
    ],
)
def test_body_that_cannot_be_read_is_told_at_once(make_service, send, status, named):
    answer = make_service(works=False).test_client().post("/v1/ingest", **send)
    assert answer.status_code == status
    assert named in answer.json["detail"]


def test_sending_and_cancelling_need_the_key(make_service):
    client = make_service(works=False, api_keys=make_key()[1]).test_client()
    assert client.post("/v1/ingest", data=LINES, content_type="application/x-ndjson").status_code == 401
    assert client.post("/v1/jobs/any/cancel").status_code == 401
    assert client.get("/v1/jobs").json == {"items": [], "next": None}
