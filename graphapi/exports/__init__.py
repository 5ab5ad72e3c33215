"""Relations in, a file out piece by piece: CSV, JSON Lines, Parquet, GraphML, GEXF, JSON-LD, FollowTheMoney."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphapi.exports.facts import FORBIDDEN, Edges
from graphapi.exports.graphs import write_gexf, write_graphml
from graphapi.exports.linked import write_follow_the_money, write_json_ld
from graphapi.exports.tables import write_csv, write_json_lines, write_parquet

__all__ = ["FORBIDDEN", "FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write relations: its media type, its file name's end and its writer."""

    media: str
    ending: str
    write: Callable[[Edges], Iterator[str | bytes]]


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv", "csv", write_csv),
    "ftm": Format("application/json+ftm", "ftm.json", write_follow_the_money),
    "gexf": Format("application/gexf+xml", "gexf", write_gexf),
    "graphml": Format("application/graphml+xml", "graphml", write_graphml),
    "jsonl": Format("application/x-ndjson", "jsonl", write_json_lines),
    "jsonld": Format("application/ld+json", "jsonld", write_json_ld),
    "parquet": Format("application/vnd.apache.parquet", "parquet", write_parquet),
}
