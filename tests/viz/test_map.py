import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from map_samples import NORTH_KOREA, PUTIN, crowd, edge, one_article

import viz
from dyadgraph.model import Subgraph
from dyadgraph.ontology import load_ontology
from viz.flags import find_flag
from viz.map import draw_map
from viz.page import SCRIPTS
from viz.payload import SENTENCE_BUDGET, ArticleTable, evidence_records, fold_edges

STATIC = Path(viz.__file__).parent / "static"
ONTOLOGY = load_ontology()
DRAW = """
import sys, hashlib
sys.path.insert(0, "tests")
from map_samples import one_article
from viz.map import draw_map
from dyadgraph.ontology import load_ontology
page = draw_map(one_article(), title="T", ontology=load_ontology())
print(hashlib.sha256(page.encode("utf8")).hexdigest())
"""


def draw(subgraph, title="T", **options):
    return draw_map(subgraph, title=title, ontology=ONTOLOGY, **options)


def test_same_subgraph_gives_same_bytes_in_another_process():
    here = hashlib.sha256(draw(one_article()).encode("utf8")).hexdigest()
    root = Path(viz.__file__).parent.parent
    there = subprocess.run([sys.executable, "-c", DRAW], cwd=root, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_page_of_an_article_is_small_and_one_of_200_actors_not_large():
    assert len(draw(one_article()).encode("utf8")) <= 500_000
    assert len(draw(crowd(200, 1000)).encode("utf8")) <= 1_000_000


def test_empty_subgraph_makes_a_page():
    assert "<h1>Nothing yet</h1>" in draw(Subgraph((), ()), "Nothing yet")


def test_standalone_page_may_ask_nobody_and_a_served_one_its_server():
    assert "connect-src 'none'" in draw(one_article()).replace("&#39;", "'")
    assert "connect-src 'self'" in draw(one_article(), api="/v1").replace("&#39;", "'")


def test_page_names_no_address_but_those_of_its_articles():
    page = re.sub(r'<script type="application/gzip".*?</script>', "", draw(one_article()), flags=re.DOTALL)
    allowed = ("https://news.example/", "http://www.w3.org/", "http://graphml.graphdrawing.org/", "http://gexf.net/")
    assert all(address.startswith(allowed) for address in re.findall(r"https?://[^\s\"'<>)]+", page))


def test_only_flags_of_those_on_the_map_are_in_it():
    page = draw(Subgraph.of((edge(PUTIN, "visit", NORTH_KOREA),)))
    assert page.count("data:image/") == 2


@settings(max_examples=25, deadline=None)
@given(name=st.text(max_size=60), sentence=st.text(max_size=60))
def test_whatever_a_name_holds_nothing_breaks_out_of_the_data(name, sentence):
    made = one_article().edges[0]
    proof = replace(made.evidence[0], sentence=sentence)
    actor = replace(PUTIN, name=f"{name}</script><script>")
    page = draw(Subgraph.of((replace(made, source=actor, evidence=(proof,)),)), title=f"{name}</title><script>")
    assert page.count("</script>") == 4
    assert page.count("<script") == 4
    page.encode("utf8")


def test_edges_that_agree_are_drawn_once():
    made = edge(PUTIN, "visit", NORTH_KOREA, count=2)
    assert [each.count for each in fold_edges((made, made))] == [4]


def test_every_edge_keeps_a_sentence_when_room_is_short():
    made = one_article().edges[0]
    long = replace(made.evidence[0], sentence="x" * (SENTENCE_BUDGET // 2))
    edges = tuple(replace(made, type=str(n), evidence=(long, long, long)) for n in range(3))
    kept = [len(records) for records in evidence_records(edges, ArticleTable())]
    assert kept == [1, 1, 1]


def test_every_script_is_in_the_page_and_ends_no_element():
    assert sorted(SCRIPTS) == sorted(path.name for path in STATIC.glob("*.js"))
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf8")
        assert len(text.splitlines()) <= 400, path
        assert not re.search(r"</script|<!--|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text), (
            path
        )


def test_flags_are_found_by_code_and_nothing_else_is():
    assert find_flag("PRK").content.startswith(b"RIFF")
    assert find_flag("XXX") is None
    assert find_flag("../map") is None
