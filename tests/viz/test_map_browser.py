import json
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import visit_map
from map_samples import KIM, PUTIN, RED_SEA, UKRAINE, USA, crowd, edge, one_article, proof

from viz.map import draw_map

SUBGRAPH = one_article()
VISIT_ID = "Q7747|visit|PRK|occurred"
PAINTED = """() => {
    const canvas = document.querySelector('#canvas canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at]) painted++;
    return painted;
}"""
POINT = """([id, share]) => {
    const at = relationMap.network.canvasToDOM(relationMap.pointOn(id, share));
    const box = document.querySelector('#canvas').getBoundingClientRect();
    return [box.x + at.x, box.y + at.y];
}"""
LINES = "() => relationMap.network.body.data.edges.length"
PLACES = "() => relationMap.network.getPositions()"


@pytest.fixture
def article(browser, article_map):
    """The map of one article, open, the network off."""
    with visit_map(browser, article_map) as visit:
        yield visit
        assert visit.complaints == []


def test_map_opens_from_disk_without_a_network_and_asks_nobody(article, article_map):
    assert article.requests == [article_map.as_uri()]
    assert article.page.evaluate(PAINTED) > 10_000


def test_click_on_any_line_shows_its_sentence_with_the_trigger_marked(article):
    page = article.page
    for each in SUBGRAPH.edges:
        if each.quad == "structural":
            continue
        id_ = f"{each.source.id}|{each.type}|{each.target.id}|{each.status}"
        for share in (0.5, 0.36, 0.64, 0.28, 0.72):
            page.mouse.click(*page.evaluate(POINT, [id_, share]))
            if (
                page.locator("blockquote").count()
                and page.locator("blockquote").first.inner_text() == each.evidence[0].sentence
            ):
                break
        assert page.locator("blockquote").first.inner_text() == each.evidence[0].sentence
        assert page.locator("mark").first.inner_text() == each.evidence[0].trigger
        assert page.locator("figcaption a").first.get_attribute("href") == each.evidence[0].article.url


def test_click_on_an_actor_lists_its_relations(article):
    page = article.page
    box = page.locator("#canvas").bounding_box()
    at = page.evaluate("() => relationMap.network.canvasToDOM(relationMap.network.getPositions().UKR)")
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    assert page.locator("#panel h2").inner_text() == "Ukraine"
    assert page.locator("#panel .relation").count() == 2


def test_every_relation_is_reached_by_keyboard(article):
    page = article.page
    page.locator("#panel").focus()
    reached = set()
    for _ in SUBGRAPH.edges:
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.dataset.relation"))
    assert len(reached) == len(SUBGRAPH.edges)
    page.keyboard.press("Enter")
    assert page.locator("#panel .facts").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#panel .relation").count() == len(SUBGRAPH.edges)


def test_table_holds_every_relation_and_opens_them_by_keyboard(article):
    page = article.page
    page.get_by_role("button", name="Table").press("Enter")
    assert page.locator("#tables tbody tr").count() == len(SUBGRAPH.edges)
    page.locator(f"#tables tr[data-relation='{VISIT_ID}'] button").press("Enter")
    assert page.locator("#panel h2").inner_text() == "Vladimir Putin visited North Korea"
    assert "view=table" in page.url


def test_page_that_opens_with_the_table_draws_the_map_when_asked(browser, article_map):
    with visit_map(browser, article_map, address="view=table") as visit:
        visit.page.get_by_role("button", name="Network").click()
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate(PAINTED) > 10_000


def test_legend_filters_and_the_address_remembers(browser, article, article_map):
    page = article.page
    everything = page.evaluate(LINES)
    page.get_by_role("button", name="Material conflict").click()
    left = page.evaluate(LINES)
    assert left == everything - 3
    address = page.url.partition("#")[2]
    with visit_map(browser, article_map, address=address) as again:
        assert again.page.evaluate(LINES) == left
        assert again.page.get_by_role("button", name="Material conflict").get_attribute("aria-pressed") == "false"


def test_filters_by_type_status_and_count(article):
    page = article.page
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("aid", exact=False).first.uncheck()
    assert page.evaluate(LINES) == len(SUBGRAPH.edges) - 3
    page.get_by_label("planned").uncheck()
    assert page.evaluate(LINES) == len(SUBGRAPH.edges) - 4
    page.locator("#minimum").fill("3")
    assert page.locator("#minimum-value").inner_text() == "3 times"
    assert page.evaluate(LINES) == 4
    page.get_by_role("button", name="Show everything").click()
    assert page.evaluate(LINES) == len(SUBGRAPH.edges)


def test_time_range_leaves_out_what_lies_outside_and_plays(article):
    page = article.page
    page.locator("#until").fill("0")
    assert page.locator("#until-value").inner_text() == "19 Jun 2024"
    assert page.evaluate(LINES) == 6
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => relationMap.network.body.data.edges.length > 8")
    page.wait_for_selector("#play[aria-pressed=false]")
    assert page.evaluate(LINES) == len(SUBGRAPH.edges)


@pytest.mark.parametrize(
    ("address", "heading"), [("n=Q56226", "Kim Jong Un"), (f"e={VISIT_ID}", "Vladimir Putin visited North Korea")]
)
def test_permalink_opens_what_it_names(browser, article_map, address, heading):
    with visit_map(browser, article_map, address=address) as visit:
        assert visit.page.locator("#panel h2").inner_text() == heading
        visit.page.get_by_role("button", name="All relations").click()
        assert "#" not in visit.page.url


def test_search_finds_an_actor_by_the_beginning_of_a_name(article):
    article.page.keyboard.press("/")
    article.page.keyboard.type("vladi")
    article.page.keyboard.press("Enter")
    assert article.page.locator("#panel h2").inner_text() == "Vladimir Putin"


@pytest.mark.parametrize("kind", ["png", "svg", "graphml", "gexf", "json"])
def test_map_is_exported(article, kind, tmp_path):
    page = article.page
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as waiting:
        page.locator(f"[data-export={kind}]").click()
    assert waiting.value.suggested_filename == f"putin-in-pyongyang.{kind}"
    waiting.value.save_as(tmp_path / "file")
    content = (tmp_path / "file").read_bytes()
    if kind == "png":
        assert content.startswith(b"\x89PNG")
    elif kind == "json":
        assert len(json.loads(content)["relations"]) == len(SUBGRAPH.edges)
    else:
        found = [each.tag.rpartition("}")[2] for each in ElementTree.fromstring(content).iter()]
        assert found.count({"svg": "path"}.get(kind, "edge")) >= len(SUBGRAPH.edges)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(browser, article_map, scheme):
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    with visit_map(browser, article_map, color_scheme=scheme) as visit:
        page = visit.page
        for address in ("", f"e={VISIT_ID}", "n=RUS", "view=table"):
            page.evaluate("address => (location.hash = address)", address)
            page.locator("#more").evaluate("menu => (menu.open = true)")
            found = Axe().run(page, options=rules).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_switch_turns_the_page_dark_and_back(article):
    page = article.page
    shade = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(shade)
    page.get_by_role("button", name="Dark theme").click()
    assert page.evaluate(shade) != light
    page.get_by_role("button", name="Dark theme").click()
    assert page.evaluate(shade) == light


def test_world_shows_those_who_have_a_country(article):
    page = article.page
    page.get_by_role("button", name="World").click()
    assert page.locator("#note").inner_text() == "2 actors of no single country not shown"
    places = page.evaluate(PLACES)
    assert places["USA"]["x"] < places["UKR"]["x"] < places["CHN"]["x"]
    assert page.evaluate(PAINTED) > 10_000


def test_phone_shows_map_and_panel_without_scrolling_sideways(browser, article_map):
    with visit_map(browser, article_map, viewport={"width": 390, "height": 844}) as visit:
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= 390
        assert visit.page.locator("#canvas").bounding_box()["height"] > 250
        assert visit.page.locator("#panel").bounding_box()["height"] > 150


def test_embedded_map_leaves_out_search_and_exports(browser, article_map):
    with visit_map(browser, article_map, address="embed") as visit:
        assert not visit.page.locator("#search").is_visible()
        assert not visit.page.locator("#export").is_visible()
        assert visit.page.evaluate(PAINTED) > 5_000


def test_crowd_is_drawn_in_part_and_the_table_holds_the_rest(browser, ontology, tmp_path):
    path = tmp_path / "crowd.html"
    path.write_text(draw_map(crowd(150, 1200), title="Crowd", ontology=ontology), encoding="utf8")
    with visit_map(browser, path) as visit:
        assert visit.page.evaluate(LINES) == 1000
        assert visit.page.locator("#note").inner_text() == "1,000 strongest of 1,200 relations drawn"
        visit.page.get_by_role("button", name="Table").click()
        assert "700 rows left" in visit.page.locator("#tables .more").inner_text()


def test_browser_that_cannot_unpack_still_gets_the_table(browser, article_map):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(article_map.as_uri())
    page.wait_for_selector("#tables tbody tr")
    page.locator("#panel .relation").first.click()
    assert page.locator("#panel mark").count() >= 1
    context.close()


def test_expanding_adds_relations_and_moves_nobody(browser, ontology):
    more = [
        edge(UKRAINE, "request", USA, proof(RED_SEA, "Ukraine called on the United States to act.", "called on")),
        edge(PUTIN, "meet", KIM, proof(RED_SEA, "They met.", "met")),
        *crowd(12, 20).edges,
    ]
    answer = {"items": [each.to_dict() for each in more], "next": None}
    page_text = draw_map(SUBGRAPH, title="T", ontology=ontology, api="/v1", pages="/map?actor=")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route("http://map.test/map", lambda route: route.fulfill(body=page_text, content_type="text/html"))
    context.route("http://map.test/v1/relations**", lambda route: route.fulfill(json=answer))
    page = context.new_page()
    page.goto("http://map.test/map#n=UKR")
    page.wait_for_selector("html[data-ready]")
    before = page.evaluate(PLACES)
    assert page.get_by_role("link", name="Map of this actor").get_attribute("href") == "/map?actor=UKR"
    page.get_by_role("button", name="Show more of its relations").click()
    page.wait_for_function("() => relationMap.actors.size > 20")
    after = page.evaluate(PLACES)
    assert all(abs(after[id_][axis] - before[id_][axis]) <= 12 for id_ in before for axis in "xy")
    assert page.get_by_role("button", name="Ukraine called on United States").count() == 1
    newcomers = [(after[id_]["x"], after[id_]["y"]) for id_ in after if id_ not in before]
    assert len(set(newcomers)) == len(newcomers) >= 10
    context.close()
