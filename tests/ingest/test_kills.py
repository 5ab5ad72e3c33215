"""An ingest of all kinds of files that is killed again and again ends with the graph of one that nothing stopped."""

from __future__ import annotations

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from articles import PUBLISHED, make_article, write_lines

from dyadgraph.store import open_store
from dyadgraph.store.files import hash_graph

KILLS = int(os.environ.get("DYADGRAPH_TEST_KILLS", "3"))
"""How often the job is killed on each store; `make torture` asks for more."""
ARTICLES = 300
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="article:published_time" content="2020-05-01T10:00:00Z"></head><body><article><h1>{title}</h1>
{paragraphs}</article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Wire</title><link>https://wire.example/</link><description>News</description>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{url}</link><pubDate>Fri, 01 May 2020 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"""


def write_text(articles, folder):
    """Write a file an article."""
    for each in articles:
        head = f"{each['title']}\nPublished: {PUBLISHED}\nURL: {each['url']}\n\n"
        (folder / f"{each['url'].rpartition('/')[2]}.txt").write_text(head + "\n\n".join(each["body"]), encoding="utf8")


def write_pages(articles, folder):
    """Write a web page an article."""
    for each in articles:
        page = PAGE.format(**each, paragraphs="".join(f"<p>{text}</p>" for text in each["body"]))
        (folder / f"{each['url'].rpartition('/')[2]}.html").write_text(page, encoding="utf8")


def write_rows(articles, folder):
    """Write one JSON Lines file."""
    write_lines(articles, folder / "articles.jsonl")


def write_table(articles, folder):
    """Write one CSV file."""
    with (folder / "articles.csv").open("w", encoding="utf8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Date", "Headline", "Link", "Body"])
        table.writerows([PUBLISHED, each["title"], each["url"], "\n\n".join(each["body"])] for each in articles)


def write_feed(articles, folder):
    """Write one RSS feed."""
    items = (ITEM.format(**each, paragraphs="".join(f"<p>{text}</p>" for text in each["body"])) for each in articles)
    (folder / "feed.rss").write_text(FEED.format(items="".join(items)), encoding="utf8")


KINDS = (write_text, write_pages, write_rows, write_table, write_feed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with articles in five kinds of files, and one file that is none."""
    folder = tmp_path_factory.mktemp("articles")
    for number, write in enumerate(KINDS):
        write([make_article(n) for n in range(number, ARTICLES, len(KINDS))], folder)
    (folder / "broken.html").write_bytes(b"\0\1\2")
    return folder


def start(settings, journal, folder):
    """Start the command."""
    environment = {
        **os.environ,
        "DYADGRAPH_STORE": settings.store,
        "DYADGRAPH_NEO4J_PASSWORD": settings.neo4j_password,
        "DYADGRAPH_JOURNAL": str(journal),
    }
    command = [sys.executable, "-m", "graphapi", "ingest", "--json", str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def read_job(journal):
    """Return the state of the job and how many articles it has stored."""
    if not journal.exists():
        return None, 0
    with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection:
        try:
            row = connection.execute("SELECT state, counts FROM jobs").fetchone()
        except sqlite3.OperationalError:  # the table is about to be made
            row = None
    return (row[0], json.loads(row[1]).get("stored", 0)) if row else (None, 0)


def kill_when(process, journal, stored, delay):
    """Kill the command a moment after it stored so many articles; tell whether its job was still under way."""
    while process.poll() is None:
        if read_job(journal)[1] >= stored:
            time.sleep(delay)
            break
        time.sleep(0.005)
    process.kill()
    process.communicate()
    return read_job(journal)[0] != "done"


def test_job_killed_at_any_moment_goes_on(tmp_path, folder, store_settings, empty_store, ontology):
    chance = random.Random(1)
    wanted = json.loads(start(store_settings, tmp_path / "whole.journal", folder).communicate()[0])
    assert (wanted["stored"], wanted["quarantined"]) == (ARTICLES, 1)
    with closing(open_store(store_settings.store, store_settings, ontology)) as store:
        expected = hash_graph(store)
    killed = rounds = resumed = 0
    while killed < KILLS and rounds < 10 + KILLS:
        empty_store()
        journal = tmp_path / f"{rounds}.journal"
        rounds += 1
        # One job takes several blows; a quick machine may be done before one falls, and that one proves nothing.
        for stored in sorted(chance.sample(range(0, ARTICLES - 20, 10), 4)):
            if not kill_when(start(store_settings, journal, folder), journal, stored, chance.uniform(0, 0.2)):
                break
            killed += 1
        else:
            resumed += 1
            report = json.loads(start(store_settings, journal, folder).communicate()[0])
            assert {**report, "job": ""} == {**wanted, "job": ""}
        with closing(open_store(store_settings.store, store_settings, ontology)) as store:
            assert hash_graph(store) == expected
            assert store.check() == ()
    assert resumed
    assert killed >= KILLS, "too few kills fell while the job was under way"
