"""What is watched is read once, again when it changed, and a server is asked no more than it must be."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from graphapi.cli import main
from ingest.addresses import Allowed
from ingest.fetching import Fetcher
from ingest.readers import Rejected, Sandbox
from ingest.readers.reading import Reading
from ingest.watching import LONGEST_PAUSE, Watcher

PAGE = (
    "<html><head><title>Report {n}</title></head><body><article><p>The president of Kenya visited Uganda and met its "
    "leaders for talks about trade, roads and the border, the government in Nairobi said in report {n}.</p></article>"
)
ITEM = "<item><title>Report {n}</title><link>{host}/page{n}</link><guid>{n}</guid></item>"
FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"


@pytest.fixture
def site():
    """A feed of two pages on loopback, with ETags; `asked` keeps every request."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(self.path)
            if site.status != 200:
                self.send_response(site.status)
                self.send_header("Retry-After", "7")
                self.end_headers()
                return
            is_feed = self.path == "/feed"
            tag = f'"{site.number}"' if is_feed else None
            if tag and self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
                return
            items = "".join(ITEM.format(n=n, host=site.host) for n in range(site.number))
            body = FEED.format(items=items) if is_feed else PAGE.format(n=self.path.removeprefix("/page"))
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml" if is_feed else "text/html")
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    site.asked, site.number, site.status = [], 2, 200
    site.host = f"http://127.0.0.1:{site.server_port}"
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture
def make_watcher(journal):
    fetcher = Fetcher(allowed=Allowed.of("127.0.0.1"))
    with Sandbox() as sandbox:
        yield lambda *sources: Watcher(list(sources), journal, Reading("", sandbox, 100_000, fetcher), every=60.0)


def look(watcher):
    found = []
    source, _ = watcher.next_source()
    watcher.look(source, found.extend)
    return found


def test_feed_gives_its_new_entries_only(site, make_watcher):
    watcher = make_watcher(f"{site.host}/feed")
    assert [each.url for each in look(watcher)] == [f"{site.host}/page0", f"{site.host}/page1"]
    assert look(watcher) == []
    assert site.asked == ["/feed", "/page0", "/page1", "/feed"]
    site.number = 3
    assert [each.url for each in look(watcher)] == [f"{site.host}/page2"]
    assert site.asked[4:] == ["/feed", "/page2"]


def test_entries_count_as_seen_only_when_they_are_stored(site, make_watcher):
    watcher = make_watcher(f"{site.host}/feed")

    def fail(items):
        next(items)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watcher.look(watcher.sources[0], fail)
    assert len(look(watcher)) == 2


def test_server_that_fails_is_asked_ever_more_seldom(site, make_watcher):
    watcher = make_watcher(f"{site.host}/feed")
    site.status = 503
    pauses = []
    for _ in range(12):
        (rejected,) = look(watcher)
        assert isinstance(rejected, Rejected)
        pauses.append(round(watcher.next_source()[1]))
    assert pauses == sorted(pauses)
    assert pauses[0] > 100
    assert pauses[-1] == pytest.approx(LONGEST_PAUSE, abs=5)
    site.status = 200
    assert len(look(watcher)) == 2
    assert watcher.next_source()[1] <= 60


def test_folder_gives_files_that_are_new_or_changed(tmp_path, make_watcher):
    folder = tmp_path / "in"
    folder.mkdir()
    words = "The president of Kenya visited Uganda and met its leaders for talks about trade and roads."
    (folder / "one.txt").write_text(words)
    watcher = make_watcher(str(folder))
    assert len(look(watcher)) == 1
    assert look(watcher) == []
    (folder / "two.txt").write_text(words + " More followed.")
    (folder / "one.txt").write_text(words + " Less followed, it was said.")
    assert len(look(watcher)) == 2


def test_command_stores_what_is_new(site, tmp_path):
    env = {"DYADGRAPH_STORE": f"sqlite:///{tmp_path}/graph.db", "DYADGRAPH_FETCH_ALLOW": "127.0.0.1"}
    first = CliRunner().invoke(main, ["watch", "--once", f"{site.host}/feed"], env=env)
    assert first.exit_code == 0
    assert "2 read, 2 stored" in first.output
    assert "nothing new" in CliRunner().invoke(main, ["watch", "--once", f"{site.host}/feed"], env=env).output
    assert CliRunner().invoke(main, ["watch", "--every", "soon", "x"], env=env).exit_code == 2
