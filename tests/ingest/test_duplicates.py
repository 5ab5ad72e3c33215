"""Whether syndicated copies are recognised: our samples, edited as papers edit what agencies send."""

from __future__ import annotations

import random
import re
from importlib.resources import as_file, files
from itertools import combinations

import pytest

from dyadgraph.model import Article
from ingest.duplicates import THRESHOLD, shared, sketch
from ingest.readers import find_inputs, read_articles

HEADLINES = ("World in brief", "What we know so far", "Leaders react", "Evening report", "From our wire services")
LEADS = (
    "The news broke late in the day and drew quick comment from other capitals.",
    "It was a day that diplomats had long expected, and few were surprised.",
    "Officials on both sides had prepared the step for weeks, people close to the matter said.",
)


def load_texts():
    with as_file(files("dyadgraph") / "samples") as folder:
        return [article.text for path in find_inputs(folder) for article in read_articles(path, 1_000_000)]


def cut(sentences, rng):
    return sentences[: round(len(sentences) * rng.uniform(0.5, 0.85))]


def retitle(sentences, rng):
    return [rng.choice(HEADLINES), *sentences[1:]]


def change_lead(sentences, rng):
    return [sentences[0], rng.choice(LEADS), *sentences[2:]]


def drop_one(sentences, rng):
    place = rng.randrange(1, len(sentences))
    return sentences[:place] + sentences[place + 1 :]


EDITS = (cut, retitle, change_lead, drop_one)


def syndicate(text, rng):
    """Edit a text as one paper would: two or three of the usual cuts and changes."""
    sentences = [each for each in re.split(r"\n+|(?<=[.!?])\s+", text) if each.strip()]
    for edit in rng.sample(EDITS, rng.choice((2, 3))):
        sentences = edit(sentences, rng)
    return "\n".join(sentences)


def make_pairs():
    """Return (text, text, whether one story): copies of one text, and copies of two different ones."""
    rng = random.Random(5)
    texts = load_texts()
    same = [(syndicate(text, rng), syndicate(text, rng), True) for text in texts for _ in range(12)]
    other = [(syndicate(a, rng), syndicate(b, rng), False) for a, b in combinations(texts, 2) for _ in range(3)]
    return same + other


def test_copies_are_told_from_other_articles():
    """At least .95 of the copies are found, .98 of what is found are copies: PROOFS of the ingest issue."""
    pairs = make_pairs()
    assert len(pairs) >= 200
    claimed = [(truth, shared(sketch(one), sketch(two)) >= THRESHOLD) for one, two, truth in pairs]
    hits = sum(truth and said for truth, said in claimed)
    assert hits / sum(truth for truth, _ in claimed) >= 0.95
    assert hits / sum(said for _, said in claimed) >= 0.98


def test_copy_gets_the_story_of_the_first_that_told_it(journal):
    rng = random.Random(2)
    one, two = load_texts()[:2]
    first, other = Article.of(one, url="a:1"), Article.of(two, url="a:2")
    copies = [Article.of(syndicate(one, rng), url=f"b:{n}") for n in range(3)]
    told = journal.assign_stories([first, other, *copies])
    assert [each.story for each in told] == [None, None, first.id, first.id, first.id]
    assert journal.assign_stories([copies[1], first]) == [told[3], first]


@pytest.mark.parametrize("text", ["", "Short.", "One two three"])
def test_text_of_a_few_words_is_its_own_story(text):
    assert shared(sketch(text), sketch(text)) == 0.0
