"""Relations in, a file out piece by piece: CSV, JSON Lines, GraphML, GEXF, JSON-LD."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import orjson

from dyadgraph.model import Actor, Edge

Edges = Iterable[Edge]
# Attributes of a line in the graph formats, with their XML type.
ATTRIBUTES = {
    "type": "string",
    "plover": "string",
    "quad": "string",
    "status": "string",
    "count": "int",
    "articles": "int",
    "first_seen": "string",
    "last_seen": "string",
}
ACTOR_ATTRIBUTES = ("name", "kind", "country")
COLUMNS = (
    "source_id", "source_name", "source_kind", "source_country", "target_id", "target_name", "target_kind",
    "target_country", *ATTRIBUTES, "sentence", "article_id", "article_title", "article_url",
)  # fmt: skip
VOCABULARY = "urn:dyadgraph:vocabulary:"
# What XML 1.0 cannot hold at all, not even escaped.
FORBIDDEN = {
    code: None for code in (*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in {0x9, 0xA, 0xD}
}


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write relations: its media type, its file name's end and its writer."""

    media: str
    ending: str
    write: Callable[[Edges], Iterator[str | bytes]]


def write_csv(edges: Edges) -> Iterator[str]:
    """Write a row a relation with its latest sentence; what a spreadsheet would run gets an apostrophe."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(COLUMNS)
    for edge in edges:
        writer.writerow([_harmless(value) for value in _row(edge)])
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    yield page.getvalue()


def write_json_lines(edges: Edges) -> Iterator[bytes]:
    """Write one relation a line, as `/v1/relations` answers it."""
    for edge in edges:
        yield orjson.dumps(edge.to_dict(), option=orjson.OPT_APPEND_NEWLINE)


def write_graphml(edges: Edges) -> Iterator[str]:
    """Write a directed multigraph in GraphML; an actor stands before the first line that needs it."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in ACTOR_ATTRIBUTES:
        yield f'<key id="n_{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    for name, kind in ATTRIBUTES.items():
        yield f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    known: set[str] = set()
    for number, edge in enumerate(edges):
        for actor in _new_actors(edge, known):
            yield f"<node id={_quoted(actor.id)}>{_cells('n', _facts(actor))}</node>\n"
        ends = f"source={_quoted(edge.source.id)} target={_quoted(edge.target.id)}"
        yield f'<edge id="{number}" {ends}>{_cells("e", _attributes(edge))}</edge>\n'
    yield "</graph>\n</graphml>\n"


def write_gexf(edges: Edges) -> Iterator[str]:
    """Write a directed multigraph in GEXF 1.2; actors come in a part of their own."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n<attributes class="node" mode="static">\n'
    for name in ACTOR_ATTRIBUTES:
        yield f'<attribute id="{name}" title="{name}" type="string"/>\n'
    yield '</attributes>\n<attributes class="edge" mode="static">\n'
    for name, kind in ATTRIBUTES.items():
        yield f'<attribute id="{name}" title="{name}" type="{"integer" if kind == "int" else kind}"/>\n'
    yield "</attributes>\n"
    known: set[str] = set()
    # Readers take only the first <nodes> and <edges> part, so the lines wait on disk until all actors are out.
    with tempfile.TemporaryFile("w+", encoding="utf8") as lines:
        yield "<nodes>\n"
        for number, edge in enumerate(edges):
            for actor in _new_actors(edge, known):
                values = _values(_facts(actor))
                yield f"<node id={_quoted(actor.id)} label={_quoted(actor.name)}>{values}</node>\n"
            ends = f"source={_quoted(edge.source.id)} target={_quoted(edge.target.id)}"
            lines.write(f'<edge id="{number}" {ends} weight="{edge.count}">{_values(_attributes(edge))}</edge>\n')
        yield "</nodes>\n<edges>\n"
        lines.seek(0)
        yield from lines
    yield "</edges>\n</graph>\n</gexf>\n"


def write_json_ld(edges: Edges) -> Iterator[bytes]:
    """Write relations as RDF statements about actors, in JSON-LD with its context inside."""
    context = {
        "@vocab": VOCABULARY,
        "source": {"@type": "@id"},
        "target": {"@type": "@id"},
        "first_seen": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
        "last_seen": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    }
    yield b'{"@context":' + orjson.dumps(context) + b',"@graph":[\n'
    known: set[str] = set()
    comma = b""
    for edge in edges:
        for actor in _new_actors(edge, known):
            yield comma + orjson.dumps({"@id": _iri(actor), "@type": "Actor", "id": actor.id, **_facts(actor)})
            comma = b",\n"
        ends = {"source": _iri(edge.source), "target": _iri(edge.target)}
        yield comma + orjson.dumps({"@type": "Relation", **ends, **_attributes(edge)})
    yield b"\n]}\n"


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv", "csv", write_csv),
    "jsonl": Format("application/x-ndjson", "jsonl", write_json_lines),
    "graphml": Format("application/graphml+xml", "graphml", write_graphml),
    "gexf": Format("application/gexf+xml", "gexf", write_gexf),
    "jsonld": Format("application/ld+json", "jsonld", write_json_ld),
}


def _row(edge: Edge) -> list[Any]:
    told = edge.to_dict()
    latest = told["evidence"][0] if told["evidence"] else {"sentence": None, "article": {}}
    article = latest["article"]
    return [
        *(told[side][key] for side in ("source", "target") for key in ("id", "name", "kind", "country")),
        *(told[name] for name in ATTRIBUTES),
        latest["sentence"],
        *(article.get(key) for key in ("id", "title", "url")),
    ]


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _new_actors(edge: Edge, known: set[str]) -> Iterator[Actor]:
    for actor in (edge.source, edge.target):
        if actor.id not in known:
            known.add(actor.id)
            yield actor


def _facts(actor: Actor) -> dict[str, Any]:
    told = actor.to_dict()
    return {name: told[name] for name in ACTOR_ATTRIBUTES if told[name] is not None}


def _attributes(edge: Edge) -> dict[str, Any]:
    told = edge.to_dict()
    return {name: told[name] for name in ATTRIBUTES if told[name] is not None}


def _iri(actor: Actor) -> str:
    return f"urn:dyadgraph:actor:{quote(actor.id, safe='')}"


def _quoted(value: str) -> str:
    return quoteattr(value.translate(FORBIDDEN))


def _cells(letter: str, values: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{letter}_{name}">{escape(str(value).translate(FORBIDDEN))}</data>'
        for name, value in values.items()
    )


def _values(values: dict[str, Any]) -> str:
    inner = "".join(f"<attvalue for={_quoted(name)} value={_quoted(str(value))}/>" for name, value in values.items())
    return f"<attvalues>{inner}</attvalues>"
