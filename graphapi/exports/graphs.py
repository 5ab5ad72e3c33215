"""Relations in, a directed multigraph as XML out: GraphML, GEXF."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graphapi.exports.facts import ACTOR_ATTRIBUTES, ATTRIBUTES, FORBIDDEN, Edges, attributes, facts, new_actors


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
        for actor in new_actors(edge, known):
            yield f"<node id={_quoted(actor.id)}>{_cells('n', facts(actor))}</node>\n"
        ends = f"source={_quoted(edge.source.id)} target={_quoted(edge.target.id)}"
        yield f'<edge id="{number}" {ends}>{_cells("e", attributes(edge))}</edge>\n'
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
            for actor in new_actors(edge, known):
                values = _values(facts(actor))
                yield f"<node id={_quoted(actor.id)} label={_quoted(actor.name)}>{values}</node>\n"
            ends = f"source={_quoted(edge.source.id)} target={_quoted(edge.target.id)}"
            lines.write(f'<edge id="{number}" {ends} weight="{edge.count}">{_values(attributes(edge))}</edge>\n')
        yield "</nodes>\n<edges>\n"
        lines.seek(0)
        yield from lines
    yield "</edges>\n</graph>\n</gexf>\n"


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
