from __future__ import annotations

import json
import subprocess
import sys

TEXT = "Israel bombed Hezbollah positions in Lebanon on Monday.\n"


def write_articles(folder, number):
    for index in range(number):
        (folder / f"a{index}.txt").write_text(f"Iran accused Israel of sabotage, report {index}.", encoding="utf8")


def test_file_is_ingested_and_asked_for(cli, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    done = cli("ingest", tmp_path / "a.txt", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(cli("relations", "--json").stdout)["items"]
    assert ("ISR", "assault") in {(item["source"]["id"], item["type"]) for item in found}
    assert "Hezbollah" in cli("actors").stdout


def test_one_bad_file_among_ten_good_ones_loses_only_itself(cli, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_articles(folder, 10)
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    done = cli("ingest", folder, "--json")
    assert done.exit_code == 3
    report = json.loads(done.stdout)
    assert (report["read"], report["stored"], report["quarantined"]) == (11, 10, 1)
    assert "bad.txt" in done.stderr


def test_nothing_stored_is_exit_code_one(cli, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    for path in (tmp_path / "empty.txt", tmp_path / "missing.txt"):
        done = cli("ingest", path)
        assert done.exit_code == 1
        assert path.name in done.stderr
        assert "Traceback" not in done.stderr


def test_standard_input_is_read(cli):
    assert json.loads(cli("ingest", "-", "--json", stdin=TEXT).stdout)["stored"] == 1


def test_second_ingest_changes_nothing(cli, tmp_path):
    write_articles(tmp_path, 3)
    cli("ingest", tmp_path)
    before = cli("relations", "--json").stdout
    assert json.loads(cli("ingest", tmp_path, "--json").stdout)["duplicates"] == 3
    assert cli("relations", "--json").stdout == before


def test_store_that_does_not_answer_is_told(cli, monkeypatch, tmp_path):
    monkeypatch.setenv("DYADGRAPH_STORE", "bolt://127.0.0.1:1")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    done = cli("ingest", tmp_path / "a.txt")
    assert done.exit_code == 1
    assert "127.0.0.1:1" in done.stderr


def test_unknown_scheme_is_told(cli, monkeypatch):
    monkeypatch.setenv("DYADGRAPH_STORE", "mysql://x")
    done = cli("relations")
    assert done.exit_code == 1
    assert "sqlite:///" in done.stderr


def test_sentences_are_coded_for_the_scorer(cli, tmp_path):
    lines = [
        {"id": "1", "doc": "d", "date": "2024-06-19", "text": "Vladimir Putin arrived in Pyongyang on Wednesday."},
        {"id": "2", "doc": "d", "date": "2024-06-19", "text": "He met Kim Jong Un."},
        {"id": "3", "doc": "e", "date": None, "text": "Rain fell."},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    assert cli("code", "--input", source, "--output", target).exit_code == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf8").splitlines()]
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    visit = rows[0]["relations"][0]
    assert (visit["source"]["country"], visit["type"], visit["target"]["country"]) == ("RUS", "visit", "PRK")
    assert "meet" in {relation["type"] for relation in rows[1]["relations"]}
    assert rows[2]["relations"] == []


def test_bad_input_of_code_is_named(cli, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1}', encoding="utf8")
    done = cli("code", "--input", source, "--output", tmp_path / "out.jsonl")
    assert done.exit_code == 1
    assert "line 1" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_map_is_written(cli, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    cli("ingest", tmp_path / "a.txt")
    done = cli("map", "-o", tmp_path / "map.html")
    assert done.exit_code == 0, done.output
    assert "Hezbollah" in (tmp_path / "map.html").read_text(encoding="utf8")


def test_types_list_the_vocabulary(cli):
    assert len(json.loads(cli("types", "--json").stdout)["items"]) == 21


def test_help_starts_without_the_heavy_parts():
    program = "import sys, graphapi.cli; print([m for m in ('spacy', 'neo4j', 'flask', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_relations_of_a_file_and_of_a_stored_article_are_explained(cli, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf8")
    found = json.loads(cli("explain", path, "--json").stdout)
    assert "Israel" in {each["source"]["words"] for each in found}
    cli("ingest", path)
    (stored,) = {
        item["article"]["id"]
        for each in json.loads(cli("relations", "--json").stdout)["items"]
        for item in each["evidence"]
    }
    assert json.loads(cli("explain", stored, "--json").stdout) == found
    shown = cli("explain", stored, "--relation", found[0]["id"])
    assert found[0]["sentence"] in shown.stdout
    assert cli("explain", stored, "--relation", "none").exit_code == 1
    assert cli("explain", "nothing").exit_code == 1
