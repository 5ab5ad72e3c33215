"""Data files that contradict themselves are named with the mend."""

from __future__ import annotations

import pytest

from dyadgraph.errors import GazetteerError
from dyadgraph.gazetteer import load_gazetteer


@pytest.mark.parametrize(
    ("alias", "message"),
    [
        ('[place]\n"Nowhere" = "ZZZ"', "place: 'Nowhere': actor 'ZZZ' is not in the gazetteer"),
        ('[planet]\n"Mars" = "USA"', r"\[planet\] is no kind of name"),
        ('[place]\n"Mars" = { actor = "USA", colour = "red" }', "the keys are"),
    ],
)
def test_alias_that_cannot_be_used_is_named(folder, alias, message):
    (folder / "aliases.toml").write_text(alias, encoding="utf8")
    with pytest.raises(GazetteerError, match=message):
        load_gazetteer(folder)


def test_actor_given_twice_is_named(folder):
    path = folder / "armed_groups.csv"
    path.write_text(path.read_text(encoding="utf8") + "HAMAS,HAMAS,,Hamas,\n", encoding="utf8")
    with pytest.raises(GazetteerError, match=r"HAMAS .* is there already"):
        load_gazetteer(folder)


def test_missing_file_is_named(folder):
    (folder / "countries.csv").unlink()
    with pytest.raises(GazetteerError, match=r"countries\.csv: cannot be read"):
        load_gazetteer(folder)


def test_one_line_adds_an_alias(folder):
    path = folder / "aliases.toml"
    text = path.read_text(encoding="utf8").replace("[metonym]\n", '[metonym]\n"Tintin House" = "BEL"\n', 1)
    path.write_text(text, encoding="utf8")
    assert [name.actor_id for name in load_gazetteer(folder).find("Tintin House", None)] == ["BEL"]
