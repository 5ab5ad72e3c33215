"""Who held which office on which day: questions of all regions, answered by the path that `dyadgraph who` takes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from dyadgraph.gazetteer.names import fold
from dyadgraph.gazetteer.questions import find_whom

LEAST_RIGHT = 0.99


def read_questions():
    with (Path(__file__).parent / "office_holders.csv").open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_office_holders_are_known_by_day(gazetteer):
    questions, wrong = read_questions(), []
    for row in questions:
        answers = find_whom(gazetteer, row["question"], date.fromisoformat(row["date"]))
        found = [(answer.actor.name, answer.actor.country) for answer in answers]
        expected = gazetteer.find(row["person"], None)
        ids = {name.actor_id for name in expected}
        right = len(answers) == 1 and (answers[0].actor.id in ids or fold(answers[0].actor.name) == fold(row["person"]))
        if not right or answers[0].actor.country != row["country"]:
            wrong.append((row["question"], row["date"], row["person"], found))
    assert len(questions) >= 150
    assert len(wrong) <= len(questions) * (1 - LEAST_RIGHT), wrong
