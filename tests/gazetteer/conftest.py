"""Fixtures of the gazetteer's tests."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import spacy
from spacy.util import compile_infix_regex

from dyadgraph.gazetteer import load_gazetteer
from ingest.language import DOTTED_HYPHEN, tokenize
from ingest.mentions import find_mentions

HEADER = "person,qid,code,office,title,start,end,surname,aliases\n"


@pytest.fixture(scope="session")
def gazetteer():
    """The gazetteer that ships."""
    return load_gazetteer()


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files that a test may change."""
    shutil.copytree(Path(str(files("dyadgraph.gazetteer"))), tmp_path / "gazetteer")
    return tmp_path / "gazetteer"


@pytest.fixture
def with_people(folder):
    """Load the gazetteer with these terms of office only: `with_people("Jane Roe,,FRA,…")`."""

    def load(*lines):
        shutil.rmtree(folder / "people")
        (folder / "people").mkdir()
        (folder / "people/test.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf8")
        return load_gazetteer(folder)

    return load


@pytest.fixture(scope="session")
def nlp():
    """The English tokenizer, as the language pipeline sets it."""
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, DOTTED_HYPHEN]).finditer
    return nlp


@pytest.fixture(scope="session")
def acting(gazetteer, nlp):
    """Return the code that the words of a sentence act as, "-" for none: `acting("Georgia", "…", "2008-08-08")`."""

    def find(words, sentence="", day=""):
        text = (sentence or words).replace("’", "'")
        words = words.replace("’", "'").removeprefix("the ").removeprefix("non-")
        start = text.index(words)
        on = date.fromisoformat(day) if day else None
        cut = tokenize(nlp, text)
        for mention in find_mentions(cut, gazetteer, on):
            first, last = cut.span(mention.start, mention.end)
            if first <= start and start + len(words) <= last:
                actor = gazetteer.actor(mention.names[0].actor_id, on)
                return actor.country
        return "-"

    return find
