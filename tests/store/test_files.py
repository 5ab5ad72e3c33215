"""A graph written to a file and read again is the same graph."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import CHINA, HAMAS, JUNE_20, KIM, KOREA, NOBODY, PUTIN, RUSSIA, UN, make_extraction

from dyadgraph.errors import StoreError
from dyadgraph.model import Article, Extraction
from dyadgraph.store.files import BATCH, import_graph, read_graph, write_graph

GRAPH = [
    make_extraction("treaty", (PUTIN, "visit", KOREA), (RUSSIA, "agree", KOREA), day=JUNE_20),
    make_extraction("denial", (CHINA, "aid", RUSSIA), (NOBODY, "support", UN), status="denied"),
    Extraction(Article.of("", title="", url="https://news.example/empty")),
]
SUFFIXES = pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(string.printable)
ACTORS = st.sampled_from([RUSSIA, KOREA, CHINA, PUTIN, KIM, UN, HAMAS, NOBODY])


@st.composite
def extractions(draw):
    facts = draw(st.lists(st.tuples(ACTORS, st.sampled_from(["visit", "aid", "accuse"]), ACTORS), max_size=4))
    day = draw(st.none() | st.dates())
    made = make_extraction(draw(TEXTS), *facts, day=day, published=draw(st.none() | st.dates()))
    shade = {
        "confidence": draw(st.floats(0, 1)), "mode": draw(st.none() | TEXTS), "context": draw(st.none() | TEXTS)
    }  # fmt: skip
    return replace(made, relations=tuple(replace(each, **shade) for each in made.relations))


@SUFFIXES
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=st.lists(extractions(), max_size=4))
def test_what_was_written_is_read(tmp_path, suffix, graph):
    path = tmp_path / f"graph{suffix}"
    assert write_graph(iter(graph), path) == len(graph)
    assert list(read_graph(path)) == graph


@SUFFIXES
def test_more_than_a_batch_keeps_its_order(tmp_path, suffix):
    graph = [make_extraction(f"n{number}", (PUTIN, "visit", KOREA)) for number in range(2 * BATCH + 1)]
    path = tmp_path / f"graph{suffix}"
    write_graph(iter(graph), path)
    assert list(read_graph(path)) == graph


@SUFFIXES
def test_import_twice_equals_import_once(tmp_path, suffix, store):
    path = tmp_path / f"graph{suffix}"
    write_graph(GRAPH, path)
    first, second = import_graph(path, store), import_graph(path, store)
    assert (first.read, first.stored, first.relations) == (3, 3, 4)
    assert (second.read, second.stored, second.relations) == (3, 0, 0)
    for extraction in GRAPH:
        assert store.article(extraction.article.id) == extraction.article
        assert store.events(extraction.article.id) == extraction.relations


def test_folder_is_read_in_the_order_of_names(tmp_path):
    write_graph(GRAPH[:1], tmp_path / "part-00001.parquet")
    write_graph(GRAPH[1:], tmp_path / "part-00002.jsonl")
    (tmp_path / "_SUCCESS").touch()
    assert list(read_graph(tmp_path)) == GRAPH


def test_unfinished_file_does_not_take_the_name(tmp_path):
    def broken():
        yield GRAPH[0]
        raise StoreError("gone")

    with pytest.raises(StoreError, match="gone"):
        write_graph(broken(), tmp_path / "graph.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "let its name end in .jsonl or .parquet"),
        ("a.jsonl", b"{", "line 1 is no JSON"),
        ("a.jsonl", b"[]", "line 1 is no JSON object"),
        ("a.jsonl", b"{}", "article 1 has no 'id'"),
        ("a.jsonl", b'{"id":1,"text":"","title":null,"url":null,"publisher":null,"published":null}', "wrong kind"),
        ("a.parquet", b"PAR1", "is no Parquet file"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StoreError, match=words):
        list(read_graph(path))


def test_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"none\.jsonl cannot be read"):
        list(read_graph(tmp_path / "none.jsonl"))


def test_folder_without_files_is_named(tmp_path):
    with pytest.raises(StoreError, match="holds no"):
        list(read_graph(tmp_path))
