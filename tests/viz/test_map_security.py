"""Markup and script in every place that others write: none of it may run, with the page's policy and without."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from map_samples import NORTH_KOREA, PUTIN, one_article

from dyadgraph.model import Subgraph
from viz.map import draw_map

RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><script>{RUN}</script>",
    f"--></script><script>{RUN}</script>",
    f"<!--<script>{RUN}",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<img src=x onerror={RUN}>",
    f"<img src=http://evil.test/pixel onload={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><style><img src=x onerror={RUN}>",
    f"<iframe src=javascript:{RUN}></iframe>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    f'" style="animation:x" onanimationstart="{RUN}',
    f"javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"{{{{constructor.constructor('{RUN}')()}}}}${{{RUN}}}`;{RUN};//",
    f"\u2028\u2029';{RUN};//\\u003cimg src=x onerror={RUN}\\u003e&lt;img src=x onerror={RUN}&gt;",
)
BASE = next(edge for edge in one_article().edges if edge.type == "visit")


def with_evidence(**changes):
    return replace(BASE, evidence=(replace(BASE.evidence[0], **changes),))


def with_article(**changes):
    return with_evidence(article=replace(BASE.evidence[0].article, id=str(changes), **changes))


# What is written into each place: payload -> edge.
PLACES = {
    "name": lambda text: replace(BASE, source=replace(PUTIN, id=text[:6] + str(len(text)), name=text)),
    "id": lambda text: replace(BASE, source=replace(PUTIN, id=text)),
    "country": lambda text: replace(BASE, source=replace(PUTIN, id=text, country=text)),
    "kind": lambda text: replace(BASE, target=replace(NORTH_KOREA, id=text, kind=text)),
    "type": lambda text: replace(BASE, type=text),
    "class": lambda text: replace(BASE, type=text, quad=text),
    "status": lambda text: replace(BASE, status=text),
    "sentence": lambda text: replace(with_evidence(sentence=text, trigger=text), type=text),
    "article title": lambda text: replace(with_article(title=text), type=text),
    "article address": lambda text: replace(with_article(title=None, url=text), type=text),
    "publisher": lambda text: replace(with_article(publisher=text), type=text),
}


def everything():
    """Every payload in every place; the type tells the edges apart."""
    made = [(place, text, make(text)) for place, make in PLACES.items() for text in PAYLOADS]
    return tuple(replace(edge, type=f"{place} {text}") for place, text, edge in made)


# Chromium slows down pages that write their address hundreds of times.
LOOK_EVERYWHERE = """() => {
    history.replaceState = () => {};
    for (const id of relationMap.relations.keys()) {
        relationMap.choose({ relation: id });
        const links = [...document.querySelectorAll('#panel a')];
        window.ran ??= links.find((link) => !/^https?:/.test(link.href))?.href;
    }
    for (const id of relationMap.actors.keys()) relationMap.choose({ actor: id });
    relationMap.choose({});
    document.querySelector('[data-view=table]').click();
    document.querySelector('#more').open = true;
}"""
FOREIGN = "img, iframe, object, embed, base, math, [onload], [onerror], [onfocus], [onmouseover], [ontoggle]"


def open_page(browser, html, path):
    """Open a page and look at everything in it; returns what it should not have done."""
    path.write_text(html, encoding="utf8")
    context = browser.new_context()
    page = context.new_page()
    requests, dialogs = [], []
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or requests.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate(LOOK_EVERYWHERE)
    page.wait_for_timeout(50)
    found = SimpleNamespace(
        ran=page.evaluate("() => window.ran"),
        elements=page.evaluate("selector => [...document.querySelectorAll(selector)].map((e) => e.outerHTML)", FOREIGN),
        count=page.evaluate("() => relationMap.relations.size"),
        requests=requests,
        dialogs=dialogs,
    )
    context.close()
    return found


def without_policy(html):
    stripped, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert count == 1
    return stripped


def test_there_are_cases_enough():
    assert len(set(PAYLOADS)) == 24
    assert (len(PLACES) + 1) * len(PAYLOADS) >= 240


@pytest.mark.parametrize("place", PLACES)
def test_nothing_runs_even_without_the_policy_that_stands_in(place, browser, ontology, tmp_path):
    edges = tuple(PLACES[place](payload) for payload in PAYLOADS)
    html = draw_map(Subgraph.of(edges), title="T", ontology=ontology)
    found = open_page(browser, without_policy(html), tmp_path / "map.html")
    assert found == SimpleNamespace(ran=None, elements=[], count=len(PAYLOADS), requests=[], dialogs=[])


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no policy"])
def test_nothing_runs_in_a_page_full_of_it(policy, browser, ontology, tmp_path):
    edges = everything()
    html = draw_map(Subgraph.of(edges), title=" ".join(PAYLOADS), ontology=ontology)
    found = open_page(browser, html if policy else without_policy(html), tmp_path / "map.html")
    assert found == SimpleNamespace(ran=None, elements=[], count=len(edges), requests=[], dialogs=[])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_heading_stays_text(payload, ontology):
    html = draw_map(Subgraph((), ()), title=payload, ontology=ontology)
    plain = draw_map(Subgraph((), ()), title="T", ontology=ontology)
    assert re.findall(r"<[/!]?\w+", html) == re.findall(r"<[/!]?\w+", plain)


def test_nothing_runs_that_the_service_answers(browser, ontology):
    items = [edge.to_dict() for edge in everything()]
    html = without_policy(draw_map(one_article(), title="T", ontology=ontology, api="/v1", pages="/map?actor="))
    context = browser.new_context()
    context.route("http://map.test/map", lambda route: route.fulfill(body=html, content_type="text/html"))
    context.route("http://map.test/v1/**", lambda route: route.fulfill(json={"items": items, "next": None}))
    page = context.new_page()
    page.goto("http://map.test/map#n=PRK")
    page.wait_for_selector("html[data-ready]")
    page.evaluate("() => relationMap.expand('PRK')")
    page.evaluate(LOOK_EVERYWHERE)
    assert page.evaluate("() => relationMap.relations.size") > 200
    assert page.evaluate("() => window.ran") is None
    context.close()
