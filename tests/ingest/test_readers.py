from __future__ import annotations

import io
from datetime import date

import pytest

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.dates import find_date
from ingest.readers import Rejected, find_inputs, read_articles, read_stream

LONGEST = 10_000


def read(path):
    return list(read_articles(path, LONGEST))


def test_headline_header_and_body_are_told_apart(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Iran protests\nPublished: 2024-06-19\nPublisher: Wire\n\nIran protested.\n", encoding="utf8")
    (article,) = read(path)
    assert (article.title, article.publisher, article.published) == ("Iran protests", "Wire", date(2024, 6, 19))
    assert article.text == "Iran protests\n\nIran protested."


def test_line_that_is_only_a_date_dates_the_article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Wednesday, June 19, 2024\n\nPutin in Pyongyang\n\nHe came.", encoding="utf8")
    (article,) = read(path)
    assert article.published == date(2024, 6, 19)
    assert article.title == "Putin in Pyongyang"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\x00\x01\x02", "binary"),
        (b"caf\xe9 talks", "byte 3 is not UTF-8"),
        (b"a" * 20_000_000, "longer than 10,000 characters"),
    ],
)
def test_bad_text_file_is_named_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    (failure,) = read(path)
    assert isinstance(failure, Rejected)
    assert "bad.txt" in failure.reason
    assert reason in failure.reason


def test_missing_path_is_named(tmp_path):
    with pytest.raises(ArticleError, match=r"nothing\.txt: there is no such file"):
        find_inputs(tmp_path / "nothing.txt")


def test_folder_gives_its_files_in_order(tmp_path):
    for name in ("b.txt", "a.txt", "c.jsonl", "picture.png"):
        (tmp_path / name).write_text("x", encoding="utf8")
    assert [path.name for path in find_inputs(tmp_path)] == ["a.txt", "b.txt", "c.jsonl"]


def test_folder_without_articles_is_told(tmp_path):
    with pytest.raises(ArticleError, match="holds no"):
        find_inputs(tmp_path)


def test_bad_json_line_leaves_the_good_ones(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        '{"text": "Iran protested.", "date": "2024-01-02"}',
        "{nonsense",
        '{"title": "no text"}',
        '{"text": "B", "published": "soon"}',
    ]
    path.write_text("\n".join(lines), encoding="utf8")
    first, *failures = read(path)
    assert isinstance(first, Article)
    assert first.published == date(2024, 1, 2)
    assert ["line 2" in failures[0].reason, "line 3" in failures[1].reason, "line 4" in failures[2].reason] == [
        True
    ] * 3


def test_long_line_is_passed_over_and_the_next_one_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 20_000_000 + b'"}\n{"text": "Iran protested."}\n')
    failure, article = read(path)
    assert "split it" in failure.reason
    assert article.text == "Iran protested."


def test_standard_input_may_be_text_or_json_lines():
    for content, text in ((b"Iran protested.", "Iran protested."), (b'{"text": "B"}\n', "B")):
        (article,) = read_stream(io.BufferedReader(io.BytesIO(content)), "standard input", LONGEST)
        assert article.text == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-19", date(2024, 6, 19)),
        ("2024-06-19T08:30:00Z", date(2024, 6, 19)),
        ("Wednesday, June 19, 2024", date(2024, 6, 19)),
        ("19 June 2024", date(2024, 6, 19)),
        ("Jun 19, 2024", date(2024, 6, 19)),
        ("June", None),
        ("Putin visits", None),
    ],
)
def test_day_is_found(text, day):
    assert find_date(text) == day
