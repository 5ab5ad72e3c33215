"""One sample of ours for every input format, told by its name, by its bytes alone, and forced."""

from __future__ import annotations

import gzip
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.readers import READERS, Rejected, Sandbox, read, read_stream
from ingest.readers.formats import find_reader

SAMPLES = Path(__file__).parent / "samples"
TITLE = "Putin and Kim sign pact in Pyongyang"
FORMATS = {
    "article.txt": "text",
    "page.html": "html",
    "article.pdf": "pdf",
    "feed.rss": "feed",
    "feed.atom": "feed",
    "articles.jsonl": "jsonl",
    "articles.csv": "csv",
    "pages.warc.gz": "warc",
}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(seconds=30) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", FORMATS)
def test_sample_gives_its_article_with_all_that_is_known_of_it(name, sandbox):
    article = next(read(SAMPLES / name, sandbox=sandbox))
    assert isinstance(article, Article), article
    assert article.title == TITLE
    assert article.published == date(2024, 6, 19)
    assert "signed a defence pact with North Korean leader Kim Jong Un, the state news agency said." in article.text
    assert "newsletter" not in article.text
    if name != "article.pdf":
        assert (article.url, article.publisher) == ("https://wire.example/2024/06/pact", "Northern Wire")


@pytest.mark.parametrize(("name", "format_name"), [item for item in FORMATS.items() if item[1] not in {"csv", "text"}])
def test_format_is_told_by_the_bytes_alone(name, format_name, tmp_path, sandbox):
    nameless = tmp_path / "download"
    nameless.write_bytes((SAMPLES / name).read_bytes())
    assert list(read(nameless, sandbox=sandbox)) == list(read(SAMPLES / name, sandbox=sandbox))


def test_format_can_be_forced(tmp_path, sandbox):
    table = tmp_path / "table.txt"
    table.write_bytes((SAMPLES / "articles.csv").read_bytes())
    assert len(list(read(table, sandbox=sandbox))) == 1
    assert len(list(read(table, format_name="csv", sandbox=sandbox))) == 2


def test_unknown_format_is_named_with_those_that_exist(sandbox):
    (rejected,) = read(SAMPLES / "article.txt", format_name="docx", sandbox=sandbox)
    assert "'docx' is no format; choose from pdf, warc" in rejected.reason


def test_folder_gives_the_articles_of_every_format_and_names_what_gives_none(sandbox):
    items = list(read(SAMPLES, sandbox=sandbox))
    rejected = {Path(item.place).name: item.kind for item in items if isinstance(item, Rejected)}
    assert rejected.pop("german.html") == "skipped"
    assert all(kind == "quarantined" for kind in rejected.values())
    assert sum(isinstance(item, Article) for item in items) == 11


def test_headline_stands_above_the_text_once(sandbox):
    (article,) = read(SAMPLES / "page.html", sandbox=sandbox)
    assert article.text.startswith(f"{TITLE}\n\nRussian President")
    assert article.text.count(TITLE) == 1


def test_packed_file_is_unpacked(tmp_path, sandbox):
    packed = tmp_path / "articles.jsonl.gz"
    packed.write_bytes(gzip.compress((SAMPLES / "articles.jsonl").read_bytes()))
    assert list(read(packed, sandbox=sandbox)) == list(read(SAMPLES / "articles.jsonl", sandbox=sandbox))
    packed.write_bytes(packed.read_bytes()[:-9])
    assert "no whole gzip file" in list(read(packed, sandbox=sandbox))[-1].reason


@pytest.mark.parametrize(
    ("name", "start", "format_name"),
    [
        ("notes.txt", b"{curly} start of a text", "text"),
        ("export", b'{"text": "x"}', "jsonl"),
        ("page.txt", b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "html"),
        ("https://wire.example/feed", b'<?xml version="1.0"?><!-- made by us --><rss version="2.0">', "feed"),
        ("https://wire.example/sitemap.xml", b'<?xml version="1.0"?>\n<urlset xmlns="x">', "sitemap"),
        ("https://wire.example/a.html?x=1", b"<p>no head", "html"),
        ("table.tsv", b"text\turl\n", "csv"),
        ("unknown.bin", b"plain words", "text"),
    ],
)
def test_reader_is_found(name, start, format_name):
    assert find_reader(name, start) is READERS[format_name].read


def test_media_type_tells_where_name_and_bytes_do_not():
    assert (
        find_reader("https://wire.example/a", b"<p>Iran", media_type="text/html; charset=utf-8") is READERS["html"].read
    )


@pytest.mark.parametrize(
    ("start", "what"), [(b"PK\x03\x04rest", "ZIP archive"), (b"\x89PNG\r\n", "picture"), (b"BZh9", "bzip2")]
)
def test_foreign_file_is_called_what_it_is(start, what, tmp_path, sandbox):
    path = tmp_path / "article.txt"
    path.write_bytes(start)
    (rejected,) = read(path, sandbox=sandbox)
    assert what in rejected.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"headline,link\na,b\n", "names no column text"),
        (b"text,url\n", "has no row"),
        (b'text,url\n"never closed,b\n', "mend its quotes"),
        (b"text,date\nIran protested.,soon\n", "is no date"),
    ],
)
def test_bad_table_is_named_with_its_reason(content, reason, tmp_path, sandbox):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    (rejected,) = read(path, sandbox=sandbox)
    assert reason in rejected.reason


def test_missing_source_is_rejected_not_raised(sandbox):
    (rejected,) = read("nowhere/to/be/found", sandbox=sandbox)
    assert "there is no such file" in rejected.reason


@pytest.mark.parametrize("format_name", READERS)
@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_give_articles_or_rejections(format_name, sandbox, content):
    items = list(read_stream(io.BytesIO(content), "x", 10_000, format_name=format_name, sandbox=sandbox))
    assert items
    assert all(isinstance(item, Article | Rejected) for item in items)


@given(start=st.binary(max_size=200), name=st.text(max_size=30))
def test_some_reader_is_found_for_anything(start, name):
    assert any(find_reader(name, start) is each.read for each in READERS.values())


def test_finding_a_reader_raises_only_for_a_format_that_does_not_exist():
    with pytest.raises(ArticleError, match="is no format"):
        find_reader("a", b"", format_name="nonsense")
