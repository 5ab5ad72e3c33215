"""Names in sentences: the list of this folder, and the list of the project's data where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared/data/knowledge/mentions_test.jsonl"
HISTORIC = {"SUN": "RUS", "YUG": "SRB", "CSK": "CZE", "DDR": "DEU", "SCG": "SRB"}


def own_list():
    lines = (HERE / "mentions.psv").read_text(encoding="utf8").splitlines()
    return [line.split("|") for line in lines if not line.startswith("#")]


def test_own_list_resolves(acting):
    rows = [row for row in own_list() if row[1] != "-"]
    wrong = [row for row in rows if acting(row[0], row[3], row[2]) != row[1]]
    assert len(rows) >= 400
    assert len(wrong) <= 0.02 * len(rows), wrong


def test_no_trap_of_own_list_fires(acting):
    fired = [row for row in own_list() if row[1] == "-" and acting(row[0], row[3], row[2]) != "-"]
    assert fired == []


@pytest.fixture(scope="module")
def shared_list():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there: it belongs to the project's data, which do not ship")
    return [json.loads(line) for line in SHARED.read_text(encoding="utf8").splitlines()]


def test_shared_list_resolves(acting, shared_list):
    rows = [row for row in shared_list if row["category"] != "trap"]
    wanted = [HISTORIC.get(row["iso3"], row["iso3"]) for row in rows]
    found = [acting(row["mention"], row["context"] or "") for row in rows]
    wrong = [row for row, got, want in zip(rows, found, wanted, strict=True) if got != want]
    assert len(wrong) <= 0.01 * len(rows), wrong


def test_no_trap_of_shared_list_fires(acting, shared_list):
    traps = [row for row in shared_list if row["category"] == "trap" and row["mention"] in row["context"]]
    fired = [row for row in traps if acting(row["mention"], row["context"]) not in {"-", "ISIS"}]
    assert fired == []


@pytest.mark.parametrize("words", ["U.S.-led", "US-backed", "Iran-backed", "Russian-made", "EU-brokered", "U.N.-run"])
def test_name_inside_a_compound_is_found(acting, words):
    assert acting(words.partition("-")[0], f"The {words} force moved.") in {"USA", "IRN", "RUS", "EUU", "UNO"}
