"""Keys, bounds, limits, other origins, ids of requests and metrics."""

from __future__ import annotations

import io
import json
import logging

import pytest

from dyadgraph.errors import SettingsError
from dyadgraph.settings import Settings
from graphapi.access import hash_key, make_key
from graphapi.app import create_app


@pytest.fixture
def make_client(tmp_path):
    """Client of an empty service with these settings; nothing is coded."""
    apps = []

    def make(**given):
        apps.append(create_app(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}", **given)))
        return apps[-1].test_client()

    yield make
    for app in apps:
        app.extensions["dyadgraph"].close()


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic {key}", "{key}", "Bearer ", "Bearer \udcff"])
def test_writing_needs_the_key_once_one_is_set(make_client, header):
    key, hashed = make_key()
    client = make_client(api_keys=hashed)
    headers = {} if header is None else {"Authorization": header.format(key=key).encode("latin1", "replace").decode()}
    refused = client.post("/v1/ingest", json={"text": "x"}, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert refused.content_type == "application/problem+json"
    assert client.get("/v1/relations").status_code == 200


def test_any_of_the_keys_opens(make_client):
    first, second = make_key(), make_key()
    client = make_client(api_keys=f"{first[1]}, {second[1]}")
    for key, _ in (first, second):
        # An empty text is refused as an article: the key was taken.
        answer = client.post("/v1/ingest", json={"text": ""}, headers={"Authorization": f"bearer {key}"})
        assert answer.status_code == 422


def test_body_is_not_read_where_the_key_is_missing(make_client):
    class Unread(io.BytesIO):
        def read(self, *_):
            raise AssertionError("the body was read")

    client = make_client(api_keys=hash_key("k"))
    answer = client.post("/v1/ingest", input_stream=Unread(), content_length=9, content_type="application/json")
    assert answer.status_code == 401


def test_key_in_the_setting_itself_is_refused_without_being_told(make_client):
    with pytest.raises(SettingsError) as told:
        make_client(api_keys="my-secret-key")
    assert "my-secret-key" not in str(told.value)


def test_body_without_length_is_411_and_a_long_one_413(make_client):
    client = make_client(max_body=100)
    assert client.post("/v1/ingest", headers={"Transfer-Encoding": "chunked"}).status_code == 411
    answer = client.post("/v1/ingest", data=b"x" * 101, content_type="text/plain")
    assert answer.status_code == 413
    assert "100 bytes" in answer.json["detail"]


def test_too_many_requests_are_429_but_monitors_are_not(make_client):
    client = make_client(rate_limit=3)
    statuses = [client.get(f"/v1/{path}").status_code for path in ("types", "actors", "articles", "types")]
    assert statuses == [200, 200, 200, 429]
    refused = client.get("/v1/types")
    assert refused.content_type == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200
    assert client.get("/metrics").status_code == 200


def test_other_origins_read_only_where_the_setting_says(make_client):
    name = "Access-Control-Allow-Origin"
    assert name not in make_client().get("/v1/types").headers
    shared = make_client(cors_origin="https://example.org")
    assert shared.get("/v1/types").headers[name] == "https://example.org"
    assert "If-None-Match" in shared.options("/v1/types").headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(("given", "kept"), [("abc-1", True), ("a b", False), ("x" * 65, False), ("", False)])
def test_request_id_comes_back(make_client, given, kept):
    answer = make_client().get("/healthz", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept
    assert answer.headers["X-Request-ID"]


def test_request_is_logged_as_one_line_of_json(make_client, caplog):
    with caplog.at_level(logging.INFO, "graphapi.observing"):
        make_client().get("/v1/actors/a%0Ab", headers={"X-Request-ID": "r1"})
    (line,) = [each.getMessage() for each in caplog.records if each.name == "graphapi.observing"]
    told = json.loads(line.removeprefix("request "))
    assert (told["id"], told["status"], told["path"]) == ("r1", 404, "/v1/actors/a\nb")
    assert "\n" not in line


def test_metrics_count_by_route_not_by_address(make_client):
    client = make_client()
    for name in ("a", "b"):
        client.get(f"/v1/actors/{name}")
        client.get(f"/nowhere/{name}")
    text = client.get("/metrics").text
    assert 'dyadgraph_requests_total{method="GET",route="/v1/actors/<actor_id>",status="404"} 2.0' in text
    assert 'route="none"' in text
    assert "/nowhere" not in text
