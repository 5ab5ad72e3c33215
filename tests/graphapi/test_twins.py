"""Each page is there for machines too, with the same parameters."""

from __future__ import annotations

import csv
import io

import pytest

PYONGYANG = "dfd7bb9f629e0f69afdb"
PAGES = {
    "/relations": {"actor": "RUS", "type": "visit"},
    "/map": {"actor": "RUS"},
    "/actors/RUS": {},
    "/pairs/RUS/PRK": {},
    f"/articles/{PYONGYANG}": {},
    "/matrix": {"since": "2020-01-01"},
    "/compare": {"a": "2022-02", "b": "2024-06"},
}


def follow(client, address, **query):
    """Ask, and ask where the answer leads to."""
    answer = client.get(address, query_string=query)
    return client.get(answer.location) if answer.status_code == 302 else answer


@pytest.mark.parametrize("page", PAGES)
def test_page_has_twins(client, page):
    assert client.get(page, query_string=PAGES[page]).status_code == 200
    answer = follow(client, page + ".json", **PAGES[page])
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json
    answer = follow(client, page + ".csv", **PAGES[page])
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert list(csv.DictReader(io.StringIO(answer.text)))
    assert client.get(page + ".xml").status_code in {404, 400}


def test_twins_keep_what_the_address_asks(client):
    asked = {"actor": "RUS", "type": "assault"}
    found = follow(client, "/relations.json", **asked).json
    assert found == client.get("/v1/relations", query_string=asked).json
    rows = list(csv.DictReader(io.StringIO(follow(client, "/relations.csv", **asked, cursor="").text)))
    assert {row["type"] for row in rows} == {"assault"}
    assert len(rows) == len(found["items"])
    assert client.get("/relations.xlsx").status_code == 404
    answer = follow(client, "/pairs/RUS/PRK.csv")
    rows = csv.DictReader(io.StringIO(answer.text))
    sides = {frozenset((row["source_country"], row["target_country"])) for row in rows}
    assert sides == {frozenset(("RUS", "PRK"))}


def test_comparison_of_an_empty_graph_says_what_is_missing(empty_client):
    answer = empty_client.get("/compare.csv")
    assert answer.status_code == 400
    assert "fewer than two months" in answer.json["detail"]
