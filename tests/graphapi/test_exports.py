"""Exports load in the tools they are made for, and nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import networkx
import pyarrow.parquet
import pytest
import rdflib

from dyadgraph.model import Actor, Edge
from graphapi.exports import FORMATS
from graphapi.exports.graphs import write_gexf, write_graphml
from graphapi.exports.linked import COUNTRIES, SCHEMATA, VOCABULARY, write_follow_the_money
from graphapi.exports.tables import write_csv, write_parquet

# Run by an interpreter that has the library, which wants other versions than ours do.
READ_FOLLOW_THE_MONEY = """
import json, sys
from followthemoney import model
from followthemoney.types import registry
for line in sys.stdin:
    given = json.loads(line)
    entity = model.get_proxy(given, cleaned=False)
    model.get(given["schema"]).validate(given)
    assert entity.to_dict()["properties"] == given["properties"], given
    print(json.dumps([entity.schema.name, entity.caption]))
"""

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


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_json_ld_loads_as_rdf(client):
    graph = rdflib.Graph().parse(data=export(client, "jsonld"), format="json-ld")
    say = rdflib.Namespace(VOCABULARY)
    found = []
    for relation in graph.subjects(rdflib.RDF.type, say.Relation):
        source, target = (graph.value(relation, say[side]) for side in ("source", "target"))
        ends = (str(graph.value(end, say.id)) for end in (source, target))
        said = (graph.value(relation, say[name]).toPython() for name in ("type", "status", "count"))
        found.append((*ends, *said))
    assert sorted((s, k, t, status, count) for s, t, k, status, count in found) == keys(client)


def test_parquet_has_typed_columns(client):
    answer = client.get("/v1/export?format=parquet")
    table = pyarrow.parquet.read_table(io.BytesIO(answer.data))
    rows = table.to_pylist()
    assert sorted((r["source_id"], r["type"], r["target_id"], r["status"], r["count"]) for r in rows) == keys(client)
    assert table.schema.field("count").type == pyarrow.int64()


def test_parquet_without_its_library_is_a_problem(client, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = client.get("/v1/export?format=parquet")
    assert answer.status_code == 422
    assert "dyadgraph[parquet]" in answer.json["detail"]


def test_every_row_group_of_parquet_is_written():
    file = io.BytesIO(b"".join(write_parquet([NASTY] * 25_000)))
    assert pyarrow.parquet.read_metadata(file).num_rows == 25_000


def test_follow_the_money_is_valid_for_its_own_library(client, miss):
    python = os.environ.get("DYADGRAPH_TEST_FOLLOWTHEMONEY")
    if not python:
        miss("followthemoney", "DYADGRAPH_TEST_FOLLOWTHEMONEY names no Python that has followthemoney 3.8 installed")
    lines = export(client, "ftm") + b"".join(write_follow_the_money([NASTY])).decode()
    ran = subprocess.run(
        [python, "-c", READ_FOLLOW_THE_MONEY], input=lines, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    read = [json.loads(line) for line in ran.stdout.splitlines()]
    links = [each for each in read if each[0] == "UnknownLink"]
    assert len(read) == len(lines.splitlines())
    assert len(links) == len(keys(client)) + 1


def test_follow_the_money_knows_the_country_and_the_wikidata_id(client):
    entities = [json.loads(line) for line in export(client, "ftm", source="Q7747").splitlines()]
    putin = next(each for each in entities if each["properties"].get("name") == ["Vladimir Putin"])
    assert putin["schema"] == SCHEMATA["person"]
    assert putin["properties"] == {"name": ["Vladimir Putin"], "country": ["ru"], "wikidataId": ["Q7747"]}
    assert set(COUNTRIES.values()) == {"xk", "suhh", "yucs", "cshh", "csxx"}


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
