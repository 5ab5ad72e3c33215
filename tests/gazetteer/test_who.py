"""`dyadgraph who`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dyadgraph.errors import LanguageModelError
from dyadgraph.ontology import load_ontology
from graphapi.cli import main
from ingest.coder import Coder
from ingest.language import load_language


def run(*words):
    return CliRunner().invoke(main, ["who", *words])


def test_words_and_a_day_give_the_holder_of_the_office():
    done = run("the", "French", "president", "--date", "2016-02-03", "--json")
    answer = json.loads(done.stdout)[0]
    assert (answer["country"], answer["office"], answer["title"]) == ("FRA", "head_of_state", "President")
    assert answer["start"] == "2012-05-15"


def test_table_has_id_name_office_and_term():
    line = run("French president", "--date", "2016-02-03").stdout.splitlines()[1]
    assert "Hollande" in line
    assert "President (FRA)" in line
    assert "2012-05-15 to 2017-05-14" in line


def test_unknown_name_is_an_error_with_the_mend():
    done = run("Nobody Atall", "--date", "2016-02-03")
    assert done.exit_code == 1
    assert "try the full name" in done.stderr


@pytest.mark.parametrize("words", [(), ("Bush", "--input", "x.jsonl"), ("Bush", "--output", "x.jsonl")])
def test_wrong_arguments_are_a_usage_error(words):
    assert run(*words).exit_code == 2


def test_actors_of_a_text_come_in_order(gazetteer):
    try:
        coder = Coder(load_language(), gazetteer, load_ontology())
    except LanguageModelError as exc:
        pytest.skip(str(exc))
    found = coder.find_actors("Iran condemned Israel. Russia did not.", None)
    assert [actor.id for actor in found] == ["IRN", "ISR", "RUS"]
