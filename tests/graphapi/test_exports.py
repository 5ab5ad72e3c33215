"""Exports load in the tools they are made for, and nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import networkx
import pytest

from dyadgraph.model import Actor, Edge
from graphapi.exports import FORMATS, write_csv, write_gexf, write_graphml

NASTY = Edge(
    Actor("Q1", 'A <b> & "c" \x01', "person"), "visit", "CONSULT", "verbal_cooperation", Actor("é", "=1+1", "country"),
    "occurred", 2, 1, None, None,
)  # fmt: skip


def export(client, name, **query):
    answer = client.get("/v1/export", query_string={"format": name, **query})
    assert answer.status_code == 200
    assert answer.content_type.startswith(FORMATS[name].media)
    return answer.text


def keys(client):
    items = client.get("/v1/relations?limit=500").json["items"]
    return sorted((i["source"]["id"], i["type"], i["target"]["id"], i["status"], i["count"]) for i in items)


def test_csv_holds_every_relation(client):
    rows = csv.DictReader(io.StringIO(export(client, "csv")))
    found = [(r["source_id"], r["type"], r["target_id"], r["status"], int(r["count"])) for r in rows]
    assert sorted(found) == keys(client)


def test_json_lines_are_the_relations_of_the_api(client):
    lines = [json.loads(line) for line in export(client, "jsonl").splitlines()]
    assert lines == client.get("/v1/relations?limit=500&evidence=1").json["items"]


@pytest.mark.parametrize(("name", "read"), [("graphml", networkx.parse_graphml), ("gexf", None)])
def test_graph_formats_load_in_networkx(client, name, read):
    text = export(client, name)
    graph = read(text, force_multigraph=True) if read else networkx.read_gexf(io.BytesIO(text.encode()))
    found = [(s, d["type"], t, d["status"], int(d["count"])) for s, t, d in graph.edges(data=True)]
    assert sorted(found) == keys(client)
    names = {a["id"]: a["name"] for i in client.get("/v1/subgraph?limit=500").json["actors"] for a in [i]}
    assert {node: data["name"] for node, data in graph.nodes(data=True)} == names


def test_json_ld_names_every_actor_that_a_relation_joins(client):
    whole = json.loads(export(client, "jsonld"))
    relations = [each for each in whole["@graph"] if each["@type"] == "Relation"]
    actors = {each["@id"] for each in whole["@graph"] if each["@type"] == "Actor"}
    assert len(relations) == len(keys(client))
    assert {each[end] for each in relations for end in ("source", "target")} == actors


def test_export_takes_the_filters_of_relations(client):
    lines = export(client, "jsonl", source="RUS", type="visit").splitlines()
    assert {json.loads(line)["type"] for line in lines} == {"visit"}


def test_nasty_names_stay_xml(client):
    for write in (write_graphml, write_gexf):
        ElementTree.fromstring("".join(write([NASTY])))


def test_formula_is_disarmed_for_spreadsheets():
    assert "'=1+1" in "".join(write_csv([NASTY]))


def test_unknown_format_is_named(client):
    for query in ("", "?format=xlsx"):
        answer = client.get(f"/v1/export{query}")
        assert answer.status_code == 400
        assert "graphml" in answer.json["detail"]


def test_pair_tells_both_directions(client):
    pair = client.get("/v1/pairs/RUS/UKR").json
    assert (pair["first"]["id"], pair["second"]["id"]) == ("RUS", "UKR")
    assert "assault" in {each["type"] for each in pair["forward"]}
    assert client.get("/v1/pairs/RUS/NOBODY").status_code == 404


def test_feed_is_atom_with_a_sentence_an_entry(client):
    root = ElementTree.fromstring(client.get("/v1/pairs/RUS/PRK/feed.atom").text)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert any("Pyongyang" in (entry.findtext(f"{atom}content") or "") for entry in entries)
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids)
