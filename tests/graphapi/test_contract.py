"""The published description, the tags of answers, and the parameters that are refused."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate


def test_document_is_valid_openapi(client):
    document = client.get("/openapi.json").json
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_route_of_the_api_is_described(client):
    described = client.get("/openapi.json").json["paths"]
    for rule in client.application.url_map.iter_rules():
        if rule.rule.startswith("/v1"):
            assert rule.rule.replace("<", "{").replace(">", "}") in described


def test_reference_shows_every_operation_without_scripts(client):
    page = client.get("/reference").text
    assert "<script" not in page
    for address in client.get("/openapi.json").json["paths"]:
        assert address in page


def test_known_tag_is_answered_with_304_until_the_graph_changes(empty_client):
    first = empty_client.get("/v1/relations?limit=5")
    known = {"If-None-Match": first.headers["ETag"]}
    again = empty_client.get("/v1/relations?limit=5", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert empty_client.get("/v1/relations?limit=6", headers=known).status_code == 200
    empty_client.post("/v1/ingest", json={"text": "France accused Iran of sabotage."})
    changed = empty_client.get("/v1/relations?limit=5", headers=known)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_answer_is_kept_until_the_graph_changes(empty_client, monkeypatch):
    store = type(empty_client.application.extensions["dyadgraph"].store)
    asked = []
    relations = store.relations
    monkeypatch.setattr(store, "relations", lambda self, query: asked.append(query) or relations(self, query))
    answers = [empty_client.get("/v1/relations?limit=5") for _ in range(3)]
    assert len(asked) == 1
    assert len({(each.data, each.headers["ETag"], each.headers["Content-Type"]) for each in answers}) == 1
    assert len({each.headers["X-Request-ID"] for each in answers}) == 3
    assert empty_client.head("/v1/relations?limit=5").data == b""
    empty_client.post("/v1/ingest", json={"text": "France accused Iran of sabotage."})
    assert len(empty_client.get("/v1/relations?limit=5").json["items"]) == 1


def test_error_has_no_tag(client):
    assert "ETag" not in client.get("/v1/relations?limit=0").headers


def test_link_header_leads_through_a_list(client):
    found, address = [], "/v1/actors?limit=20"
    while address:
        page = client.get(address)
        found += page.json["items"]
        link = page.headers.get("Link", "")
        address = link.partition(">")[0].removeprefix("<")
    assert found == client.get("/v1/actors?limit=500").json["items"]


@pytest.mark.parametrize("query", ["limit=1&limit=2", "source=", f"source={'x' * 300}"])
def test_repeated_empty_and_overlong_parameters_are_refused(client, query):
    answer = client.get(f"/v1/relations?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json["detail"]
