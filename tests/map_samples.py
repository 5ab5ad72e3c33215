"""Subgraphs for trial maps; every sentence is our own."""

import random
from datetime import date, timedelta

from dyadgraph.model import Actor, Article, Edge, Evidence, Subgraph
from dyadgraph.ontology import load_ontology
from viz.flags import FOLDER

RUSSIA = Actor("RUS", "Russia", "country", "RUS")
NORTH_KOREA = Actor("PRK", "North Korea", "country", "PRK")
SOUTH_KOREA = Actor("KOR", "South Korea", "country", "KOR")
CHINA = Actor("CHN", "China", "country", "CHN")
USA = Actor("USA", "United States", "country", "USA")
UKRAINE = Actor("UKR", "Ukraine", "country", "UKR")
PUTIN = Actor("Q7747", "Vladimir Putin", "person", "RUS")
KIM = Actor("Q56226", "Kim Jong Un", "person", "PRK")
UN = Actor("UNO", "United Nations", "organization", "UNO")
HOUTHIS = Actor("Q1335139", "Houthis", "armed_group", None)


def article(number, title, day):
    """An article of ours."""
    return Article.of(
        f"text {number}", title=title, url=f"https://news.example/{number}", publisher="Example", published=day
    )


VISIT = article(1, "Putin lands in Pyongyang for two days of talks", date(2024, 6, 19))
TREATY = article(2, "Moscow and Pyongyang sign treaty", date(2024, 6, 20))
COUNCIL = article(3, "Council takes up the treaty", date(2024, 7, 2))
RED_SEA = article(4, "Ships take the long way round", date(2024, 8, 11))


def proof(art, sentence, trigger, day=None):
    """Evidence whose offsets lie 100 characters into an article."""
    at = sentence.index(trigger)
    return Evidence(
        art, sentence, 100, 100 + len(sentence), trigger, 100 + at, 100 + at + len(trigger), day or art.published
    )


def edge(source, type_, target, *evidence, status="occurred", count=None):
    """A folded edge of the shipped vocabulary."""
    kind = TYPES[type_]
    days = sorted(e.date for e in evidence if e.date)
    return Edge(
        source=source,
        type=type_,
        plover=kind.plover,
        quad=kind.quad,
        target=target,
        status=status,
        count=count or len(evidence) or 1,
        articles=len({e.article.id for e in evidence}) or 1,
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        symmetric=kind.symmetric,
        evidence=evidence,
    )


TYPES = load_ontology().types


def one_article():
    """What an article on a state visit holds: ten actors, fifteen edges."""
    return Subgraph.of((
        edge(
            PUTIN, "visit", NORTH_KOREA,
            proof(VISIT, "Vladimir Putin visited North Korea on Wednesday, his first trip in 24 years.", "visited"),
            proof(VISIT, "The visit of the Russian president to Pyongyang was announced a day before.", "visit"),
            proof(TREATY, "Putin, who travelled to Pyongyang this week, flew on to Hanoi.", "travelled"),
        ),
        edge(
            PUTIN, "meet", KIM,
            proof(VISIT, "Kim Jong Un met Putin at the airport and rode with him into the city.", "met"),
            proof(TREATY, "The two leaders met for more than two hours.", "met"),
        ),
        edge(
            RUSSIA, "agree", NORTH_KOREA,
            proof(TREATY, "Russia and North Korea signed a treaty that promises help if either is attacked.", "signed"),
        ),
        edge(
            RUSSIA, "aid", NORTH_KOREA,
            proof(TREATY, "Russia sent North Korea a shipment of grain and fuel in spring.", "sent"),
        ),
        edge(
            NORTH_KOREA, "support", RUSSIA,
            proof(VISIT, "North Korea said it fully supports Russia in Ukraine.", "supports"),
        ),
        edge(
            RUSSIA, "assault", UKRAINE,
            proof(VISIT, "Russia attacked Ukraine again overnight, hours before the plane took off.", "attacked"),
            count=4,
        ),
        edge(
            USA, "accuse", RUSSIA,
            proof(COUNCIL, "The United States accused Russia of breaking the arms embargo.", "accused"),
            count=2,
        ),
        edge(
            USA, "sanction", NORTH_KOREA,
            proof(COUNCIL, "Washington imposed new sanctions on North Korea on Tuesday.", "sanctions"),
        ),
        edge(
            USA, "aid", UKRAINE, proof(COUNCIL, "The United States gave Ukraine two more air-defence systems.", "gave"),
        ),
        edge(
            SOUTH_KOREA, "protest", NORTH_KOREA,
            proof(COUNCIL, "South Korea protested against North Korea’s drills near the border.", "protested"),
        ),
        edge(
            CHINA, "visit", RUSSIA,
            proof(COUNCIL, "China’s foreign minister will visit Moscow next month.", "visit"),
            status="planned",
        ),
        edge(
            CHINA, "aid", RUSSIA,
            proof(COUNCIL, "China denied that it sends Russia weapons.", "sends"),
            status="denied",
        ),
        edge(
            UN, "request", NORTH_KOREA,
            proof(COUNCIL, "The United Nations called on North Korea to return to talks.", "called on"),
        ),
        edge(
            HOUTHIS, "threaten", USA,
            proof(RED_SEA, "The Houthis threatened the United States with strikes on its ships.", "threatened"),
        ),
        edge(PUTIN, "leads", RUSSIA),
        edge(KIM, "leads", NORTH_KOREA),
    ))  # fmt: skip


def crowd(actors, relations):
    """A made-up crowd: few states do most, as in the news; every relation has one sentence."""
    dice = random.Random(11)
    codes = [path.stem for path in sorted(FOLDER.iterdir()) if len(path.stem) == 3][:actors]
    many = [Actor(code, f"State {code}", "country", code) for code in codes]
    many += [Actor(f"person-{n}", f"Person Number{n}", "person", dice.choice(codes)) for n in range(actors - len(many))]
    dice.shuffle(many)
    shares = [1 / (place + 1) ** 0.9 for place in range(actors)]
    types = [type_ for type_ in TYPES.values() if type_.quad != "structural"]
    edges = {}
    while len(edges) < relations:
        source, target = dice.choices(many, shares, k=2)
        type_ = dice.choice(types)
        if source != target:
            day = date(2024, 1, 1) + timedelta(days=dice.randrange(300))
            words = f"{source.name} {type_.past} {target.name} after a long week of talks in the capital."
            where = article(len(edges) % 90, "A week in the capitals", day)
            count = 1 + int(dice.paretovariate(1.3)) // 2
            made = edge(source, type_.id, target, proof(where, words, type_.past, day), count=count)
            edges[source.id, type_.id, target.id] = made
    return Subgraph(tuple(many), tuple(edges.values()))
