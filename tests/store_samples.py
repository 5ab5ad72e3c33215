"""Short ways to make what stores take: articles of one line a relation, and the actors in them."""

from __future__ import annotations

from datetime import date

from dyadgraph.model import Actor, Article, Evidence, Extraction, Relation

RUSSIA = Actor("RUS", "Russia", "country", "RUS", "Q159")
KOREA = Actor("PRK", "North Korea", "country", "PRK", "Q423")
CHINA = Actor("CHN", "China", "country", "CHN", "Q148")
PUTIN = Actor("Q7747", "Vladimir Putin", "person", "RUS", "Q7747")
LAVROV = Actor("Q58217", "Sergey Lavrov", "person", "RUS", "Q58217")
KIM = Actor("Q56226", "Kim Jong Un", "person", "PRK", "Q56226")
UN = Actor("Q1065", "United Nations", "organization", "UNO", "Q1065")
HAMAS = Actor("Q38799", "Hamas", "armed_group", "HAMAS", "Q38799")
NOBODY = Actor("jane-doe", "Jane Doe", "person")

Fact = tuple[Actor, str, Actor]


def make_relation(article, fact, *, place=0, status="occurred", day=None, trigger_place=None):
    """Make a relation whose sentence is the fact's own words, `place` characters into the article."""
    source, type_id, target = fact
    sentence = f"{source.name} {type_id} {target.name}."
    start = place + len(source.name) + 1 if trigger_place is None else trigger_place
    evidence = Evidence(article, sentence, place, place + len(sentence), type_id, start, start + len(type_id), day)
    return Relation(source, type_id, target, status, evidence, f"verb:{type_id}", 0.75, day, "phone", "military")


def make_extraction(name, *facts, status="occurred", day=None, published=None):
    """Make an article called `name`, with one sentence a fact."""
    text = f"{name}. " + " ".join(f"{s.name} {t} {o.name}." for s, t, o in facts)
    address = f"https://news.example/{name}"
    article = Article.of(text, title=name, url=address, publisher="Example", published=published or day)
    relations, place = [], len(name) + 2
    for fact in facts:
        relation = make_relation(article, fact, place=place, status=status, day=day)
        relations.append(relation)
        place = relation.evidence.end + 1
    return Extraction(article, tuple(relations))


def name_edges(page):
    """Return edges as short tuples: source id, type, target id, count."""
    return [(edge.source.id, edge.type, edge.target.id, edge.count) for edge in page.items]


JUNE_19 = date(2024, 6, 19)
JUNE_20 = date(2024, 6, 20)
MAY_16 = date(2024, 5, 16)
