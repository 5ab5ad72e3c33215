"""Pages of the service in a real browser: what they show, that they ask nobody else, harm nobody, shut out nobody."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from store_samples import JUNE_20, PUTIN, RUSSIA, make_extraction
from waitress.server import create_server

from dyadgraph.model import Article, Evidence, Extraction, Relation
from dyadgraph.settings import Settings
from graphapi.app import close_service, create_app, start_worker
from graphapi.pages.charts import HEIGHT, draw_months
from graphapi.pages.spans import cut_text

PYONGYANG = "dfd7bb9f629e0f69afdb"
PAGES = {
    "home": "/?q=kim",
    "relations": "/relations?actor=RUS",
    "actor": "/actors/RUS",
    "pair": "/pairs/RUS/PRK",
    "article": f"/articles/{PYONGYANG}",
    "matrix": "/matrix",
    "compare": "/compare?a=2022-02&b=2024-06",
    "form": "/ingest",
    "reference": "/reference",
    "map": "/map?actor=RUS",
}
TEXT = "Kenyan President William Ruto visited Uganda on Monday and signed a trade agreement with Yoweri Museveni."


@pytest.fixture
def serve(coder):
    """Serve an application on a free port: `serve(settings, works=True)` returns its address and the application."""
    running = []

    def start(settings, *, works=False):
        app = create_app(settings)
        app.extensions["dyadgraph"].__dict__["_coder"] = coder
        if works:
            start_worker(app)
        server = create_server(app, host="127.0.0.1", port=0, threads=6)
        thread = threading.Thread(target=run_quietly, args=(server,))
        thread.start()
        running.append((app, server, thread))
        return f"http://127.0.0.1:{server.effective_port}", app

    yield start
    for app, server, thread in running:
        server.pull_trigger()
        server.close()
        server.asyncore.close_all(server._map)
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
        close_service(app)


@pytest.fixture
def address(serve, samples_address):
    """Address of the service over the samples."""
    return serve(Settings(store=samples_address))[0]


def run_quietly(server):
    """Run a server until its sockets are closed, which it may notice in the middle of a turn."""
    with suppress(OSError):
        server.run()


class Visitor:
    """A browser's page; `foreign` are requests that left the service, `complaints` what the console said."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.foreign, self.complaints = [], []
        self.page.on(
            "request",
            lambda asked: asked.url.startswith((address, "data:", "blob:", "about:")) or self.foreign.append(asked.url),
        )
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{said.text} ({said.location['url']})")
                if said.type in {"error", "warning"}
                else 0
            ),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def visit(browser):
    """Open a page: `visit(address, "/matrix", color_scheme="dark")`."""
    visitors = []

    def go(address, path, **options):
        visitor = Visitor(browser, address, **options)
        visitors.append(visitor)
        visitor.page.goto(address + path)
        return visitor

    yield go
    for visitor in visitors:
        visitor.context.close()
        assert visitor.foreign == []
        assert visitor.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_fit_for_everybody_in_light_dark_and_small(address, visit, name):
    for options in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}):
        page = visit(address, PAGES[name], **options).page
        if name == "map":
            page.wait_for_selector("html[data-ready]")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it must not scroll sideways"


def test_way_from_an_actor_to_the_sentence_in_its_article_and_back(address, visit):
    page = visit(address, "/").page
    page.get_by_role("searchbox").fill("putin")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("region", name="Found for").get_by_role("link", name="Vladimir Putin").click()
    assert page.url == f"{address}/actors/Q7747"
    drawn = page.frame_locator("iframe")
    drawn.locator("html[data-ready]").wait_for()
    assert drawn.locator("#canvas canvas").count() == 1
    page.get_by_role("row", name="Vladimir Putin visit North").get_by_role("link", name="visit", exact=True).click()
    assert page.url == f"{address}/pairs/Q7747/PRK"
    page.get_by_role("link", name="Russian President Vladimir Putin arrived in Pyongyang").first.click()
    assert page.url == f"{address}/articles/{PYONGYANG}#s53"
    marked = page.locator("mark#s53")
    assert marked.inner_text().startswith("Russian President Vladimir Putin arrived")
    assert "arrived" in marked.locator("b").all_inner_texts()
    assert marked.evaluate("each => each.matches(':target')")
    page.go_back()
    page.go_back()
    assert page.url == f"{address}/actors/Q7747"


def test_facets_narrow_and_are_taken_away_again(address, visit):
    page = visit(address, "/relations?actor=RUS").page
    facets = page.get_by_role("region", name="Narrow by")
    facets.get_by_role("link", name="assault", exact=True).click()
    assert page.url == f"{address}/relations?actor=RUS&type=assault"
    assert {each.inner_text() for each in page.locator("tbody .type").all()} == {"assault"}
    facets.get_by_role("link", name="assault", exact=True).click()
    assert page.url == f"{address}/relations?actor=RUS"


@pytest.mark.parametrize("path", ["/actors/none", "/articles/none", "/pairs/RUS/none", "/jobs/none"])
def test_page_of_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_every_page_answers_over_an_empty_graph(empty_client):
    for path in ("/", "/relations", "/matrix", "/compare", "/ingest", "/map"):
        assert empty_client.get(path).status_code == 200


@pytest.mark.parametrize("script", [True, False])
def test_text_that_is_pasted_becomes_relations_on_the_map(serve, visit, tmp_path, script):
    address, _ = serve(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}"), works=True)
    page = visit(address, "/ingest", java_script_enabled=script).page
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Day of publication").fill("2024-05-06")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/jobs/*")
    for _ in range(100):
        if page.locator("#state").inner_text() == "done":
            break
        page.wait_for_timeout(100)
        if not script:
            page.get_by_role("link", name="Look again").click()
    assert page.locator("#n-stored").inner_text() == "1"
    assert int(page.locator("#n-relations").inner_text()) >= 1
    if script:
        page.get_by_role("link", name="The latest relations on a map").click()
        page.wait_for_selector("html[data-ready]")
        assert "Uganda" in page.content()


def test_form_asks_for_the_key_and_tells_what_is_wrong(serve, visit, tmp_path):
    from graphapi.access import make_key  # noqa: PLC0415

    key, hashed = make_key()
    address, _ = serve(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}", api_keys=hashed), works=True)
    visitor = visit(address, "/ingest")
    page = visitor.page
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("writing needs a key").wait_for()
    assert any("401" in each for each in visitor.complaints)
    visitor.complaints.clear()
    page.get_by_label("Key for writing").fill(key)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/jobs/*")


RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"</script><script>{RUN}</script>", f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>", f"</style><script>{RUN}</script>", f"--><script>{RUN}</script>",
    f"<ScRiPt>{RUN}</ScRiPt>", f"<img src=x onerror={RUN}>", f"<img src=http://evil.test/x onload={RUN}>",
    f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>", f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<iframe src=javascript:{RUN}></iframe>", "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    f"<details open ontoggle={RUN}>", f"<input autofocus onfocus={RUN}>", f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}", f'" style="animation:x" onanimationstart="{RUN}',
    f"javascript:{RUN}", f"data:text/html,<script>{RUN}</script>", f"{{{{7*7}}}}{{% raw %}}${{{RUN}}}",
    "<base href=http://evil.test/><link rel=stylesheet href=http://evil.test/x>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
)  # fmt: skip


def poison(number, payload):
    """Return an article whose names, title, publisher, address, text and ids all are the payload."""
    source = replace(PUTIN, id=f"{payload}{number}", name=payload, country=f"{payload[:40]}c")
    target = replace(RUSSIA, id=f"{payload}{number}t", name=f"{payload} too", country=f"{payload[:40]}d")
    text = f"{payload} {payload}"
    article = Article.of(text, title=payload, url=f"javascript:{RUN}//{payload}", publisher=payload, published=JUNE_20)
    evidence = Evidence(article, text, 0, len(text), payload, 0, len(payload), JUNE_20)
    return Extraction(article, (Relation(source, "visit", target, "occurred", evidence, payload, 0.9, JUNE_20),))


def test_nothing_runs_on_any_page(serve, browser, tmp_path):
    """Ten places (names, ids, codes, title, publisher, address, text, sentence, trigger, rule) times 24 payloads."""
    address, app = serve(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}"))
    store = app.extensions["dyadgraph"].store
    poisoned = [poison(number, payload) for number, payload in enumerate(PAYLOADS)]
    store.add(poisoned)
    assert len(PAYLOADS) == 24
    client = app.test_client()
    paths = ["/", "/relations?min_confidence=0", "/matrix", "/compare?a=2024-05&b=2024-06", "/reference"]
    for each in poisoned:
        relation = each.relations[0]
        with app.test_request_context():
            from flask import url_for  # noqa: PLC0415

            paths += [
                url_for("texts.show_article", article_id=each.article.id),
                url_for("graph.show_actor", actor_id=relation.source.id),
                url_for("graph.show_pair", first=relation.source.id, second=relation.target.id),
                url_for("graph.show_relations", actor=relation.source.id, min_confidence="0"),
                url_for("pages.home", q=relation.source.name),
            ]
    for policy in (True, False):
        context = browser.new_context(bypass_csp=not policy)
        page = context.new_page()
        asked = []
        page.on("request", lambda each, asked=asked: each.url.startswith((address, "data:")) or asked.append(each.url))
        for path in paths:
            # A slash or a question mark in an id is no address of a page; such ids are reached through parameters.
            if client.get(path).status_code != 200:
                continue
            page.goto(address + path, wait_until="domcontentloaded")
            assert page.evaluate("window.ran") is None, path
            assert page.locator("[onerror], [onload], [onfocus], base, main script, [srcdoc]").count() == 0, path
            assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0, path
        assert asked == []
        context.close()


@given(st.data())
def test_pieces_of_a_text_are_the_text(data):
    text = data.draw(st.text(max_size=60))
    article = Article.of(text)
    relations = []
    for _ in range(data.draw(st.integers(0, 4))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        one, two = sorted(data.draw(st.tuples(st.integers(start, end), st.integers(start, end))))
        evidence = Evidence(article, text[start:end], start, end, text[one:two], one, two)
        relations.append(Relation(PUTIN, "visit", RUSSIA, "occurred", evidence, "x"))
    pieces = cut_text(text, relations)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        if piece.relations:
            assert "".join(words for words, _ in piece.parts) == piece.text
    shown = {each.id for piece in pieces for each in piece.relations}
    assert {each.id for each in relations if each.evidence.start < each.evidence.end} <= shown


def test_chart_stays_within_its_frame(ontology, sqlite_settings):
    from dyadgraph.store import open_store  # noqa: PLC0415
    from dyadgraph.store.base import RelationQuery  # noqa: PLC0415

    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    kinds = ["visit", "assault", "accuse", "aid"] * 6
    days = [JUNE_20.replace(year=2000 + n) for n in range(len(kinds))]
    facts = zip(kinds, days, strict=True)
    store.add([make_extraction(f"{day}", (PUTIN, kind, RUSSIA), day=day) for kind, day in facts])
    chart = draw_months(store.timeline(RelationQuery()))
    store.close()
    assert draw_months(()) is None
    assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT and 0 <= bar.x <= chart.width for bar in chart.bars)
    assert all(bar.y + bar.height == pytest.approx(chart.line, abs=0.1) for bar in chart.bars if "coop" in bar.quad)
