"""Tone by month and the difference of two months, on relations written by hand."""

from __future__ import annotations

from datetime import date

import pytest
from store_samples import CHINA, KOREA, PUTIN, RUSSIA, make_extraction

from dyadgraph.settings import Settings
from graphapi.app import create_app

MAY, JUNE = date(2024, 5, 16), date(2024, 6, 30)


@pytest.fixture
def months_client(tmp_path):
    """Client over a quarrel in May and a peace in June."""
    app = create_app(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}"))
    bench = app.extensions["dyadgraph"]
    bench.store.add(
        [
            make_extraction("a", (RUSSIA, "threaten", KOREA), (RUSSIA, "accuse", CHINA), day=MAY),
            make_extraction("b", (KOREA, "threaten", PUTIN), day=MAY),
            make_extraction("c", (RUSSIA, "meet", KOREA), (RUSSIA, "accuse", CHINA), day=JUNE),
            make_extraction("d", (RUSSIA, "assault", KOREA), day=JUNE, status="denied"),
            make_extraction("e", (RUSSIA, "assault", KOREA), day=date(1994, 1, 1)),
        ]
    )
    yield app.test_client()
    bench.close()


def test_timeline_counts_both_directions_and_leaves_out_what_was_denied(months_client):
    rows = months_client.get("/v1/pairs/RUS/PRK/timeline").json["items"]
    assert [(row["month"], row["count"], row["net"]) for row in rows] == [
        ("1994-01", 1, -1), ("2024-05", 2, -2), ("2024-06", 1, 1),
    ]  # fmt: skip
    assert rows[1]["goldstein"] < 0 < rows[2]["goldstein"]
    asked = months_client.get("/v1/pairs/RUS/PRK/timeline?status=denied").json["items"]
    assert [(row["month"], row["count"]) for row in asked] == [("2024-06", 1)]


def test_timeline_keeps_to_the_days_asked_for(months_client):
    rows = months_client.get("/v1/pairs/RUS/PRK/timeline?since=2024-01-01&until=2024-06-29").json["items"]
    assert [row["month"] for row in rows] == ["2024-05"]
    assert months_client.get("/v1/pairs/RUS/NOBODY/timeline").status_code == 404


def test_difference_tells_new_gone_and_flipped(months_client):
    found = months_client.get("/v1/diff?a=2024-05&b=2024-06").json
    assert {(e["source"]["id"], e["type"]) for e in found["gone"]} == {("RUS", "threaten"), ("PRK", "threaten")}
    assert {(e["type"], e["status"]) for e in found["new"]} == {("meet", "occurred"), ("assault", "denied")}
    assert [[actor["id"] for actor in flip["actors"]] for flip in found["flipped"]] == [["PRK", "RUS"]]


@pytest.mark.parametrize("query", ["a=2024-05", "a=2024-05&b=2024-13", "a=2024-05&b=0000-01", "a=May&b=2024-05"])
def test_wrong_month_is_named(months_client, query):
    answer = months_client.get(f"/v1/diff?{query}")
    assert answer.status_code == 400
    assert "YYYY-MM" in answer.json["detail"]
