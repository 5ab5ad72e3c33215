"""Relations in, a table or lines out: CSV, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import orjson

from dyadgraph.errors import UnanswerableError
from dyadgraph.model import Edge
from graphapi.exports.facts import ATTRIBUTES, Edges

COLUMNS = (
    "source_id", "source_name", "source_kind", "source_country", "target_id", "target_name", "target_kind",
    "target_country", *ATTRIBUTES, "sentence", "article_id", "article_title", "article_url",
)  # fmt: skip

ROWS = 10_000
"""Relations of a row group: what Parquet holds in memory at once."""
PIECE = 1 << 16


def write_csv(edges: Edges) -> Iterator[str]:
    """Write a row a relation with its latest sentence."""
    return write_table(COLUMNS, (dict(zip(COLUMNS, _row(edge), strict=True)) for edge in edges))


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write rows as CSV, a piece a row; what a spreadsheet would run gets an apostrophe, what a row lacks is empty."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(row.get(name)) for name in columns])
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    yield page.getvalue()


def write_json_lines(edges: Edges) -> Iterator[bytes]:
    """Write one relation a line, as `/v1/relations` answers it."""
    for edge in edges:
        yield orjson.dumps(edge.to_dict(), option=orjson.OPT_APPEND_NEWLINE)


def write_parquet(edges: Edges) -> Iterator[bytes]:
    """Write the columns of the CSV file in their types; raises UnanswerableError where pyarrow is missing."""
    try:
        import pyarrow  # noqa: PLC0415  (150 MB that only Parquet needs)
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as exc:
        raise UnanswerableError(
            "format=parquet needs pyarrow where the service runs: pip install 'dyadgraph[parquet]'; or ask for csv"
        ) from exc
    kinds = {"string": pyarrow.string(), "int": pyarrow.int64(), "float": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds[ATTRIBUTES.get(name, "string")]) for name in COLUMNS])
    rest = iter(edges)
    # The file's foot tells where its parts lie, so the file waits on disk until it is whole.
    with tempfile.TemporaryFile() as file:
        with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while part := list(islice(rest, ROWS)):
                columns = zip(*map(_row, part), strict=True)
                writer.write_table(pyarrow.table(list(map(list, columns)), schema=schema))
        file.seek(0)
        yield from iter(lambda: file.read(PIECE), b"")


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
