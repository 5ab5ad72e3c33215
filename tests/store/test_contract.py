"""What every store promises; each case runs on each store."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from store_samples import (
    CHINA,
    HAMAS,
    JUNE_19,
    JUNE_20,
    KIM,
    KOREA,
    LAVROV,
    MAY_16,
    NOBODY,
    PUTIN,
    RUSSIA,
    UN,
    make_extraction,
    make_relation,
    name_edges,
)

from dyadgraph.errors import NotFoundError, QueryError, StoreError
from dyadgraph.model import Actor, Article, Extraction
from dyadgraph.store import open_store
from dyadgraph.store.base import AddReport, Page, RelationQuery, StoreState


def add(store, *extractions):
    return store.add(extractions)


def ask(store, **fields):
    return name_edges(store.relations(RelationQuery(**fields)))


# Adding


def test_add_counts_what_it_did(store):
    first = make_extraction("first", (PUTIN, "visit", KOREA), (PUTIN, "meet", KIM))
    assert add(store, first, make_extraction("second")) == AddReport(articles=2, duplicates=0, events=2)
    assert store.state() == StoreState(revision=1, articles=2, actors=3, events=2, edges=2)


def test_adding_twice_equals_adding_once(store):
    extraction = make_extraction("visit", (PUTIN, "visit", KOREA), (PUTIN, "meet", KIM), day=JUNE_19)
    add(store, extraction)
    before = store.state(), store.relations(RelationQuery()), store.actors()
    assert add(store, extraction) == AddReport(articles=0, duplicates=1, events=0)
    assert (store.state(), store.relations(RelationQuery()), store.actors()) == before


def test_article_twice_in_one_batch_counts_as_duplicate(store):
    extraction = make_extraction("visit", (PUTIN, "visit", KOREA))
    other = Extraction(extraction.article, (make_relation(extraction.article, (PUTIN, "accuse", KIM)),))
    assert add(store, extraction, other) == AddReport(articles=1, duplicates=1, events=1)
    assert ask(store) == [("Q7747", "visit", "PRK", 1)]


def test_relation_twice_in_one_article_counts_once(store):
    extraction = make_extraction("visit", (PUTIN, "visit", KOREA))
    doubled = Extraction(extraction.article, extraction.relations * 2)
    assert add(store, doubled).events == 1
    assert ask(store) == [("Q7747", "visit", "PRK", 1)]


def test_known_article_adds_no_new_relation(store):
    extraction = make_extraction("visit", (PUTIN, "visit", KOREA))
    add(store, Extraction(extraction.article))
    assert add(store, extraction).duplicates == 1
    assert ask(store) == []


def test_nothing_to_add_leaves_revision(store):
    assert add(store) == AddReport(0, 0, 0)
    assert store.state() == StoreState(0, 0, 0, 0, 0)


def test_article_without_relations_is_kept(store):
    add(store, make_extraction("quiet", published=MAY_16))
    assert [article.title for article in store.articles().items] == ["quiet"]


def test_actor_keeps_its_first_name(store):
    add(store, make_extraction("first", (PUTIN, "visit", KOREA)))
    add(store, make_extraction("second", (replace(PUTIN, name="V. Putin", country="XXX"), "visit", KOREA)))
    assert store.actor("Q7747") == PUTIN
    assert ask(store) == [("Q7747", "visit", "PRK", 2)]


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"type": "dance"}, "dance"),
        ({"type": "visit`]->() DELETE r //"}, "vocabulary"),
        ({"type": "VISIT"}, "VISIT"),
        ({"status": "maybe"}, "maybe"),
        ({"source": Actor("X", "X", "cat")}, "cat"),
    ],
)
def test_relation_outside_the_vocabulary_is_refused(store, fault, named):
    good, bad = make_extraction("good", (PUTIN, "visit", KOREA)), make_extraction("bad", (PUTIN, "visit", KOREA))
    with pytest.raises(StoreError, match=named):
        add(store, good, Extraction(bad.article, (replace(bad.relations[0], **fault),)))
    assert store.state() == StoreState(0, 0, 0, 0, 0)


def test_evidence_in_another_article_is_refused(store):
    here, there = make_extraction("here"), make_extraction("there", (PUTIN, "visit", KOREA))
    with pytest.raises(StoreError, match="evidence"):
        add(store, Extraction(here.article, there.relations))


def test_failure_inside_a_batch_leaves_nothing(store):
    add(store, make_extraction("before", (PUTIN, "visit", KOREA)))
    before = store.state()
    good, bad = make_extraction("good", (PUTIN, "visit", KOREA)), make_extraction("bad", (KIM, "visit", CHINA))
    half = replace(bad.relations[0], evidence=replace(bad.relations[0].evidence, sentence="half \ud83d a character"))
    with pytest.raises(StoreError, match="half a character"):
        add(store, good, Extraction(bad.article, (half,)))
    assert store.state() == before
    assert store.has_articles([good.article.id, bad.article.id]) == frozenset()
    assert add(store, good).articles == 1


# Reading back


def test_article_comes_back_whole(store):
    text = "Naïve «quotes» 平壤 🇰🇵\r\n\ttabs, and a 'quote; DROP TABLE article; --"
    article = Article.of(
        text, title="T\u0000itle", url="https://news.example/?a=b#c", publisher="Ünïon", published=MAY_16
    )
    bare = Article.of("Only a text.")
    add(store, Extraction(article), Extraction(bare))
    assert store.article(article.id) == article
    assert store.article(bare.id) == bare


def test_events_come_back_whole_in_the_order_of_the_text(store):
    extraction = make_extraction(
        "long", (PUTIN, "visit", KOREA), (KIM, "meet", PUTIN), (UN, "accuse", HAMAS), day=MAY_16
    )
    bare = replace(extraction.relations[0], date=None, mode=None, context=None, confidence=1.0)
    bare = replace(bare, type="aid", evidence=replace(bare.evidence, date=None, trigger_start=0))
    add(store, Extraction(extraction.article, (*reversed(extraction.relations), bare)), make_extraction("other"))
    assert store.events(extraction.article.id) == (bare, *extraction.relations)


def test_events_of_an_article_without_any_are_none(store):
    quiet = make_extraction("quiet")
    add(store, quiet)
    assert store.events(quiet.article.id) == ()


@pytest.mark.parametrize("unknown", ["nobody", "", "' OR 1=1 --", "%"])
def test_unknown_id_is_not_found(store, unknown):
    add(store, make_extraction("visit", (PUTIN, "visit", KOREA)))
    for find in (store.actor, store.article, store.events, store.neighbours):
        with pytest.raises(NotFoundError):
            find(unknown)


def test_actor_comes_back_whole(store):
    add(store, make_extraction("all", (PUTIN, "visit", KOREA), (NOBODY, "accuse", HAMAS), (UN, "aid", NOBODY)))
    for actor in (PUTIN, KOREA, NOBODY, HAMAS, UN):
        assert store.actor(actor.id) == actor


def test_has_articles_names_those_that_are_there(store):
    extraction = make_extraction("visit")
    add(store, extraction)
    assert store.has_articles([extraction.article.id, "other"]) == {extraction.article.id}
    assert store.has_articles([]) == frozenset()


def test_articles_come_newest_first_undated_last_without_text(store):
    days = {"may": MAY_16, "june": JUNE_20, "never": None, "older": date(1999, 12, 31)}
    add(store, *(make_extraction(name, published=day) for name, day in days.items()))
    articles = store.articles().items
    assert [article.title for article in articles] == ["june", "may", "older", "never"]
    assert articles[0].text == ""


def test_articles_page_to_their_end(store):
    add(store, *(make_extraction(f"a{n}", published=MAY_16 if n % 2 else None) for n in range(7)))
    whole = store.articles().items
    assert list_pages(lambda cursor: store.articles(limit=2, cursor=cursor)) == list(whole)


def list_pages(turn):
    """Return the items of every page, one after the other."""
    items, cursor = [], None
    while True:
        page = turn(cursor)
        items += page.items
        cursor = page.next
        if cursor is None:
            return items


# Edges


def test_edge_folds_events_of_one_source_type_target_and_status(store):
    add(store, make_extraction("one", (PUTIN, "visit", KOREA), (PUTIN, "visit", KOREA), day=JUNE_19))
    add(store, make_extraction("two", (PUTIN, "visit", KOREA), day=MAY_16))
    add(store, make_extraction("three", (PUTIN, "visit", KOREA), day=JUNE_20, status="planned"))
    add(store, make_extraction("four", (PUTIN, "visit", KOREA)))
    occurred, planned = store.relations(RelationQuery()).items
    assert (occurred.count, occurred.articles, occurred.status) == (4, 3, "occurred")
    assert (occurred.first_seen, occurred.last_seen) == (MAY_16, JUNE_19)
    assert (planned.count, planned.articles, planned.status) == (1, 1, "planned")
    assert (occurred.source, occurred.target, occurred.plover, occurred.symmetric) == (PUTIN, KOREA, "CONSULT", False)


def test_edge_of_undated_events_has_no_days(store):
    add(store, make_extraction("one", (PUTIN, "visit", KOREA)))
    (edge,) = store.relations(RelationQuery()).items
    assert (edge.first_seen, edge.last_seen) == (None, None)
    add(store, make_extraction("two", (PUTIN, "visit", KOREA), day=MAY_16))
    (edge,) = store.relations(RelationQuery()).items
    assert (edge.first_seen, edge.last_seen) == (MAY_16, MAY_16)


def test_article_counts_once_for_an_edge_in_a_period(store):
    add(store, make_extraction("one", (PUTIN, "visit", KOREA), (PUTIN, "visit", KOREA), day=JUNE_19))
    (edge,) = store.relations(RelationQuery(since=MAY_16)).items
    assert (edge.count, edge.articles) == (2, 1)


def test_evidence_is_the_newest(store):
    for name, day in (("old", MAY_16), ("undated", None), ("new", JUNE_20), ("middle", JUNE_19)):
        add(store, make_extraction(name, (PUTIN, "visit", KOREA), day=day))
    (edge,) = store.relations(RelationQuery(evidence=3)).items
    assert [evidence.article.title for evidence in edge.evidence] == ["new", "middle", "old"]
    (edge,) = store.relations(RelationQuery(evidence=0)).items
    assert edge.evidence == ()


def test_evidence_lies_within_the_period(store):
    for name, day in (("old", MAY_16), ("undated", None), ("new", JUNE_20)):
        add(store, make_extraction(name, (PUTIN, "visit", KOREA), day=day))
    (edge,) = store.relations(RelationQuery(until=JUNE_19)).items
    assert [evidence.article.title for evidence in edge.evidence] == ["old"]
    assert (edge.count, edge.first_seen, edge.last_seen) == (1, MAY_16, MAY_16)


def test_article_narrows_counts_to_its_own(store):
    one = make_extraction("one", (PUTIN, "visit", KOREA), day=MAY_16)
    add(store, one, make_extraction("two", (PUTIN, "visit", KOREA), day=JUNE_19))
    (edge,) = store.relations(RelationQuery(article=one.article.id)).items
    assert (edge.count, edge.last_seen, [e.article.title for e in edge.evidence]) == (1, MAY_16, ["one"])
    assert ask(store, article="none") == []


def test_code_of_a_state_finds_its_people(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), (RUSSIA, "aid", KIM), (CHINA, "accuse", LAVROV)))
    assert ask(store, source="RUS") == [("Q7747", "visit", "PRK", 1), ("RUS", "aid", "Q56226", 1)]
    assert ask(store, target="RUS") == [("CHN", "accuse", "Q58217", 1)]
    assert ask(store, source="Q7747") == [("Q7747", "visit", "PRK", 1)]
    assert len(ask(store, actor="RUS")) == 3
    assert ask(store, actor="PRK", source="RUS", target="Q56226") == [("RUS", "aid", "Q56226", 1)]


def test_symmetric_type_is_turned_to_the_asked_side(store):
    add(store, make_extraction("met", (KIM, "meet", PUTIN), (KIM, "visit", RUSSIA)))
    assert ask(store, source="Q7747") == [("Q7747", "meet", "Q56226", 1)]
    assert ask(store, source="RUS", target="PRK") == [("Q7747", "meet", "Q56226", 1)]
    assert ask(store, target="PRK") == [("Q7747", "meet", "Q56226", 1)]
    assert ask(store, source="RUS", until=JUNE_19) == []
    assert ask(store, actor="RUS", types=("meet",)) == [("Q56226", "meet", "Q7747", 1)]
    (edge,) = store.relations(RelationQuery(source="RUS")).items
    assert (edge.symmetric, edge.evidence[0].sentence) == (True, "Kim Jong Un meet Vladimir Putin.")


def test_symmetric_type_inside_a_state_is_not_turned(store):
    add(store, make_extraction("met", (PUTIN, "meet", LAVROV)))
    assert ask(store, source="RUS") == [("Q7747", "meet", "Q58217", 1)]
    assert ask(store, target="RUS") == [("Q7747", "meet", "Q58217", 1)]


def test_both_directions_of_a_symmetric_type_page_without_loss(store):
    add(store, make_extraction("met", (KIM, "meet", PUTIN), (PUTIN, "meet", KIM)))
    items = list_pages(lambda cursor: store.relations(RelationQuery(source="RUS", limit=1, cursor=cursor)))
    assert [(e.source.id, e.target.id) for e in items] == [("Q7747", "Q56226")] * 2


def test_type_plover_quad_and_status_narrow(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), (PUTIN, "assault", KOREA)))
    add(store, make_extraction("b", (PUTIN, "visit", KOREA), status="denied"))
    assert ask(store, types=("visit",), statuses=("denied", "planned")) == [("Q7747", "visit", "PRK", 1)]
    assert ask(store, quad="material_conflict") == [("Q7747", "assault", "PRK", 1)]
    assert len(ask(store, plover="CONSULT")) == 2
    assert ask(store, types=("visit",), quad="material_conflict") == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 501}, "limit"),
        ({"evidence": -1}, "evidence"),
        ({"types": ("dance",)}, "dance"),
        ({"plover": "DANCE"}, "DANCE"),
        ({"quad": "pink"}, "pink"),
        ({"statuses": ("maybe",)}, "maybe"),
        ({"since": JUNE_20, "until": MAY_16}, "since"),
        ({"source": "half \ud83d"}, "UTF-8"),
    ],
)
def test_question_that_makes_no_sense_is_refused(store, fields, named):
    with pytest.raises(QueryError, match=named):
        store.relations(RelationQuery(**fields))


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_limit_out_of_range_is_refused(store, limit):
    for turn in (store.actors, store.articles, lambda limit: store.neighbours("RUS", limit=limit)):
        with pytest.raises(QueryError, match="limit"):
            turn(limit=limit)


def test_cursor_of_another_list_is_refused(store):
    add(store, *(make_extraction(f"a{n}", (PUTIN, "visit", KOREA), (KIM, "visit", RUSSIA)) for n in range(2)))
    cursors = [
        store.relations(RelationQuery(limit=1)).next,
        store.actors(limit=1).next,
        store.articles(limit=1).next,
    ]
    assert None not in cursors
    for turn, wrong in ((store.actors, cursors[0]), (store.articles, cursors[1]), (store.actors, cursors[2])):
        with pytest.raises(QueryError, match="cursor"):
            turn(cursor=wrong)
    with pytest.raises(QueryError, match="cursor"):
        store.relations(RelationQuery(cursor=cursors[1]))


# Actors and neighbours


def test_actors_come_with_most_events_first(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), (PUTIN, "meet", KIM), (PUTIN, "accuse", PUTIN)))
    assert [(s.actor.id, s.count) for s in store.actors().items] == [("Q7747", 3), ("PRK", 1), ("Q56226", 1)]
    assert [s.actor for s in store.actors(kind="country").items] == [KOREA]


def test_actors_page_to_their_end(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), (CHINA, "meet", KIM), (UN, "accuse", HAMAS)))
    whole = store.actors().items
    assert len(whole) == 6
    assert list_pages(lambda cursor: store.actors(limit=1, cursor=cursor)) == list(whole)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("maduro", ["Nicolás Maduro"]),
        ("NICOLAS mad", ["Nicolás Maduro"]),
        ("Nicolás", ["Nicolás Maduro"]),
        ("nico", ["Nicolás Maduro"]),
        ("aduro", []),
        ("nicolas putin", []),
        ("goran", ["Göran Łukasz-Ærø"]),
        ("lukasz", ["Göran Łukasz-Ærø"]),
        ("aero", ["Göran Łukasz-Ærø"]),
        ("習", ["習近平"]),
        ('" OR * NEAR(', []),
        ("!!!", []),
        ("*", []),
    ],
)
def test_search_finds_beginnings_of_words(store, search, found):
    names = ("Nicolás Maduro", "Göran Łukasz-Ærø", "習近平")
    actors = [Actor(f"p{n}", name, "person") for n, name in enumerate(names)]
    add(store, make_extraction("a", *((actor, "visit", KOREA) for actor in actors)))
    assert [summary.actor.name for summary in store.actors(search=search).items] == found


def test_blank_search_finds_all(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA)))
    assert store.actors(search=" ") == store.actors()


def test_search_pages_and_takes_a_kind(store):
    people = [Actor(f"p{n}", f"Ivan {n}", "person") for n in range(5)]
    add(store, make_extraction("a", *((each, "visit", Actor("IVA", "Ivania", "country")) for each in people)))
    whole = store.actors(search="ivan").items
    assert [s.actor.id for s in whole] == ["IVA", "p0", "p1", "p2", "p3", "p4"]
    assert list_pages(lambda cursor: store.actors(search="ivan", limit=2, cursor=cursor)) == list(whole)
    assert [s.actor.id for s in store.actors(search="ivan", kind="country").items] == ["IVA"]


def test_unknown_kind_is_refused(store):
    with pytest.raises(QueryError, match="kind"):
        store.actors(kind="cat")


def test_neighbours_gather_what_the_people_did(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), (RUSSIA, "aid", KOREA), (KIM, "meet", LAVROV)))
    add(store, make_extraction("b", (PUTIN, "visit", KOREA), (PUTIN, "meet", LAVROV)))
    add(store, make_extraction("c", (RUSSIA, "accuse", CHINA), status="denied"))
    found = [(each.actor, each.count, each.types) for each in store.neighbours("RUS")]
    assert found == [(KOREA, 3, {"visit": 2, "aid": 1}), (KIM, 1, {"meet": 1})]
    assert [each.actor for each in store.neighbours("RUS", limit=1)] == [KOREA]
    assert [each.actor for each in store.neighbours("Q7747")] == [KOREA, LAVROV]
    assert store.neighbours("CHN") == ()


def test_neighbours_of_a_code_without_an_actor_of_its_own(store):
    add(store, make_extraction("a", (HAMAS, "accuse", NOBODY)))
    assert [each.actor for each in store.neighbours("HAMAS")] == [NOBODY]


def test_subgraph_joins_the_strongest(store):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), (PUTIN, "visit", KOREA), (CHINA, "aid", KOREA)))
    subgraph = store.subgraph(RelationQuery(limit=1))
    assert [edge.count for edge in subgraph.edges] == [2]
    assert subgraph.actors == (PUTIN, KOREA)


# Text that looks like a program


NASTY = [
    "'; DROP TABLE actor; --",
    '"}) DETACH DELETE n //',
    "`]->() //",
    "${x}",
    "\\",
    "\u0000",
    "%",
    "a\nb",
    "🇷🇺",
    "\u202e",
]


@pytest.mark.parametrize("text", NASTY)
def test_text_that_looks_like_a_program_is_only_text(store, text):
    actor = Actor(f"x{text}", text, "person", text, text)
    add(store, make_extraction(f"a{text}", (actor, "visit", KOREA)))
    assert store.actor(actor.id) == actor
    for fields in ({"source": actor.id}, {"source": text}, {"actor": text, "since": None}):
        assert ask(store, **fields) == [(actor.id, "visit", "PRK", 1)]
    assert ask(store, target=text) == []
    assert len(store.neighbours(text)) == 1
    store.actors(search=text)
    assert store.state().events == 1


# Several at once


def test_paging_goes_on_while_a_writer_adds(store):
    add(store, *(make_extraction(f"a{n}", (Actor(f"s{n}", f"S{n}", "person"), "visit", KOREA)) for n in range(9)))
    found, cursor = [], None
    for turn in range(20):
        page = store.relations(RelationQuery(limit=2, cursor=cursor))
        found += [edge.source.id for edge in page.items]
        cursor = page.next
        if cursor is None:
            break
        add(store, make_extraction(f"b{turn}", (RUSSIA, "aid", KOREA), (Actor("a", "A", "person"), "visit", KOREA)))
    assert [each for each in found if each.startswith("s")] == [f"s{n}" for n in range(9)]


def test_threads_write_at_once_and_every_event_counts(store_settings, store, ontology):
    failures = []

    def write(number):
        own = open_store(store_settings.store, store_settings, ontology)
        try:
            for turn in range(5):
                facts = [(PUTIN, "visit", KOREA), (KIM, "meet", PUTIN)][:: 1 if number % 2 else -1]
                own.add([make_extraction(f"{number}-{turn}", *facts), make_extraction(f"same-{turn}", facts[0])])
        except Exception as exc:  # noqa: BLE001  (a thread's failure must reach the test)
            failures.append(exc)
        finally:
            own.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    state = store.state()
    assert (state.articles, state.events, state.actors, state.edges) == (25, 45, 3, 2)
    assert sum(edge.count for edge in store.relations(RelationQuery()).items) == 45


def test_one_store_serves_many_threads(store):
    answers, extractions = [], [make_extraction(f"a{n}", (PUTIN, "visit", KOREA)) for n in range(8)]

    def work(extraction):
        store.add([extraction])
        answers.append(store.relations(RelationQuery()))

    threads = [threading.Thread(target=work, args=(each,)) for each in extractions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert ask(store) == [("Q7747", "visit", "PRK", 8)]


def test_what_is_stored_is_there_after_opening_again(store_settings, store, ontology):
    add(store, make_extraction("a", (PUTIN, "visit", KOREA), day=MAY_16))
    before = store.state(), store.relations(RelationQuery())
    again = open_store(store_settings.store, store_settings, ontology)
    assert (again.state(), again.relations(RelationQuery())) == before
    again.close()


def test_closing_twice_does_no_harm(store):
    store.close()
    store.close()


def test_closed_store_refuses(store):
    store.close()
    with pytest.raises(StoreError):
        store.state()


def test_empty_store_answers_everything(store):
    assert store.relations(RelationQuery()) == Page(())
    assert store.actors() == store.articles() == Page(())
    assert store.subgraph(RelationQuery()).actors == ()
    assert store.state() == StoreState(0, 0, 0, 0, 0)
