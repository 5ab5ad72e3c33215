from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.model import Article
from ingest.coder import Coder


@pytest.fixture(scope="module")
def rules(coder):
    """A coder that has rules alone."""
    return Coder(coder.nlp, coder.gazetteer, coder.ontology)


def triples(rules, text):
    relations = rules.code_article(Article.of(text, published=date(2023, 4, 6))).relations
    return {(r.source.code, r.type, r.target.code) for r in relations if r.type != "leads"}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Greece demands that Macedonia change its name.", ("GRC", "request", "MKD")),
        ("Iran complained that Israel had violated its airspace.", ("IRN", "accuse", "ISR")),
        ("Libya threatened to bomb Italian warships.", ("LBY", "threaten", "ITA")),
        ("Mahmoud Abbas refused to receive Emmanuel Macron.", ("PSE", "reject", "FRA")),
        ("The Saudi-backed Yemeni government fell.", ("SAU", "support", "YEM")),
        ("Pakistan's army launched an anti-Taliban offensive in the north.", ("PAK", "assault", "TALIBAN")),
        ("Militants in the Gaza Strip fired a rocket into an Israeli base.", ("PSE", "assault", "ISR")),
        ("Berlin leaned on Paris to do the same.", ("DEU", "request", "FRA")),
        (
            "Three British soldiers were killed when Taliban insurgents ambushed a patrol.",
            ("TALIBAN", "assault", "GBR"),
        ),
        ("Israel signed agreements to establish ties with Bahrain.", ("BHR", "agree", "ISR")),
        ("Russia and China held talks.", ("CHN", "negotiate", "RUS")),
    ],
)
def test_rule_finds(rules, text, triple):
    assert triple in triples(rules, text)


@pytest.mark.parametrize(
    "text",
    [
        "Israeli-Palestinian conflict: rain fell on Monday.",
        "Canada, Australia and Turkey cheered the operation.",
        "A United Nations inquiry took notes during the conflict with Hezbollah.",
    ],
)
def test_rule_leaves_alone(rules, text):
    assert triples(rules, text) == set()
