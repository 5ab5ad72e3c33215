from __future__ import annotations

import pytest

from dyadgraph.settings import Settings
from graphapi.app import create_app

RELATION_KEYS = {
    "source", "target", "type", "plover", "quad", "status", "count", "articles", "first_seen", "last_seen", "evidence",
    "sources", "confidence", "goldstein",
}  # fmt: skip
TEXT = "Russian President Vladimir Putin met Chinese President Xi Jinping in Beijing on Thursday."


def relations(client, **query):
    answer = client.get("/v1/relations", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def test_relation_reads_as_documented(client):
    (first, *_) = relations(client, limit=1)
    assert set(first) == RELATION_KEYS
    assert set(first["source"]) == {"id", "name", "kind", "country"}
    evidence = first["evidence"][0]
    assert {"sentence", "start", "end", "trigger", "date", "article"} <= set(evidence)
    assert set(evidence["article"]) == {"id", "title", "url", "published"}


def test_code_of_a_state_finds_what_its_people_did(client):
    found = {(item["source"]["name"], item["type"]) for item in relations(client, source="RUS", target="PRK")}
    assert ("Vladimir Putin", "visit") in found
    assert ("Russia", "cooperate") in found


def test_evidence_cuts_out_sentence_and_trigger(client):
    for item in relations(client, limit=200):
        for evidence in item["evidence"]:
            text = client.get(f"/v1/articles/{evidence['article']['id']}").json["text"]
            assert text[evidence["start"] : evidence["end"]] == evidence["sentence"]
            assert text[evidence["trigger_start"] : evidence["trigger_end"]] == evidence["trigger"]


def test_list_pages_to_its_end_without_repeats(client):
    whole = relations(client, limit=500)
    found, cursor = [], ""
    while cursor is not None:
        page = client.get("/v1/relations", query_string={"limit": 7, "cursor": cursor}).json
        found += page["items"]
        cursor = page["next"]
    assert found == whole


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("type=dance", "dance"),
        ("status=maybe", "status"),
        ("since=June", "since"),
        ("since=2024-13-01", "since"),
        ("quad=pink", "quad"),
        ("colour=red", "colour"),
        ("cursor=%00nonsense", "cursor"),
    ],
)
def test_wrong_parameter_is_named(client, query, named):
    answer = client.get(f"/v1/relations?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert named in answer.json["detail"]


@pytest.mark.parametrize(
    "path", ["/v1/actors/NOBODY", "/v1/actors/NOBODY/neighbours", "/v1/articles/none", "/v1/nowhere"]
)
def test_unknown_thing_is_a_404_problem(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_actor_is_searched_by_the_beginning_of_a_word(client):
    names = [item["name"] for item in client.get("/v1/actors?q=put").json["items"]]
    assert "Vladimir Putin" in names


def test_neighbours_of_a_country_are_those_it_dealt_with(client):
    ids = [item["id"] for item in client.get("/v1/actors/PRK/neighbours").json["items"]]
    assert "RUS" in ids


def test_types_are_the_twenty_one(client):
    items = client.get("/v1/types").json["items"]
    assert len(items) == 21
    assert {"id", "plover", "cameo", "goldstein", "quad", "symmetric"} <= set(items[0])


def test_article_is_ingested_once(empty_client):
    first = empty_client.post("/v1/ingest", json={"text": TEXT, "published": "2024-05-16"})
    again = empty_client.post("/v1/ingest", json={"text": TEXT, "published": "2024-05-16"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["relations"] == again.json["relations"]
    assert "meet" in {relation["type"] for relation in first.json["relations"]}
    assert empty_client.get("/readyz").json["store"]["articles"] == 1


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"json": {"text": ""}}, 422),
        ({"json": {"title": "x"}}, 422),
        ({"json": {"text": "x", "published": "soon"}}, 422),
        ({"json": {"text": "x", "colour": "red"}}, 400),
        ({"json": ["x"]}, 400),
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "text/plain"}, 422),
        ({"data": b"  ", "content_type": "text/plain"}, 422),
        ({"data": b"x", "content_type": "image/png"}, 400),
        ({"json": {"text": "a" * 60_000}}, 422),
        ({"json": {"text": "a" * 200_000}}, 413),
    ],
)
def test_bad_body_is_refused_and_nothing_stored(empty_client, request_, status):
    answer = empty_client.post("/v1/ingest", **request_)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert empty_client.get("/readyz").json["store"]["articles"] == 0


def test_store_that_does_not_answer_is_503(tmp_path):
    app = create_app(Settings(store="bolt://127.0.0.1:1"))
    with app.test_client() as client:
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.content_type == "application/problem+json"


def test_home_lists_relations_and_escapes_the_search(client):
    page = client.get("/", query_string={"q": "<script>alert(1)</script>"}).text
    assert "Vladimir Putin" in page
    assert "<script>alert" not in page


def test_map_is_one_page_of_its_own(client):
    answer = client.get("/map?actor=RUS")
    assert answer.status_code == 200
    assert "Vladimir Putin" in answer.text


def test_no_method_but_those_documented(client):
    assert client.delete("/v1/relations").status_code == 405
