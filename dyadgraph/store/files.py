"""A graph in one file: extractions go in and come out, as JSON Lines or Parquet, an article at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson

from dyadgraph.errors import StoreError
from dyadgraph.model import Extraction
from dyadgraph.store.base import GraphStore
from dyadgraph.store.records import Record, from_record, to_record

if TYPE_CHECKING:
    import pyarrow

BATCH = 500
"""Articles that are held in memory at once, and added in one transaction."""
WRITING = ".part"
"""Ends the name of a file that is not finished."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: articles read, articles and relations that were new."""

    read: int
    stored: int
    relations: int


def write_graph(extractions: Iterable[Extraction], path: Path) -> int:
    """Write a file of the kind that its name ends in, and return the number of articles.

    The file takes its name only when it is whole. Raises StoreError.
    """
    write = _find_format(path).write
    unfinished = path.with_name(path.name + WRITING)
    try:
        number = write((to_record(each) for each in extractions), unfinished)
        unfinished.replace(path)
    except OSError as exc:
        raise StoreError(f"{path} cannot be written: {exc.strerror or exc}; name another file") from exc
    finally:
        unfinished.unlink(missing_ok=True)
    return number


def read_graph(path: Path) -> Iterator[Extraction]:
    """Yield what was written; of a folder, every file in the order of their names. Raises StoreError."""
    if path.is_dir():
        parts = sorted(each for each in path.iterdir() if each.suffix in FORMATS)
        if not parts:
            raise StoreError(f"{path} holds no {' and no '.join(FORMATS)} file; name the folder of an export")
        for part in parts:
            yield from read_graph(part)
        return
    read = _find_format(path).read
    try:
        for number, record in enumerate(read(path), start=1):
            yield from_record(record, f"{path}: article {number}")
    except OSError as exc:
        raise StoreError(
            f"{path} cannot be read: {exc.strerror or exc}; name a file of `dyadgraph store export`"
        ) from exc


def read_store(store: GraphStore) -> Iterator[Extraction]:
    """Yield everything that a store holds, articles in the order of their list."""
    cursor = None
    while True:
        page = store.articles(limit=BATCH, cursor=cursor)
        for article in page.items:
            yield Extraction(store.article(article.id), store.events(article.id))
        cursor = page.next
        if cursor is None:
            return


def import_graph(path: Path, store: GraphStore) -> ImportReport:
    """Add what a file or folder holds to a store; articles that are there already are left as they are."""
    return add_all(read_graph(path), store)


def copy_store(
    source: GraphStore, target: GraphStore, *, progress: Callable[[int], None] | None = None
) -> ImportReport:
    """Add everything that a store holds to another one; `progress` is told how many articles are done."""
    return add_all(read_store(source), target, progress=progress)


def hash_graph(store: GraphStore) -> str:
    """Return 64 hexadecimal digits that two stores share where they hold the same articles, actors and relations."""
    digest = hashlib.sha256()
    for extraction in read_store(store):
        digest.update(orjson.dumps(to_record(extraction), option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_SORT_KEYS))
    return digest.hexdigest()


def add_all(
    extractions: Iterator[Extraction], store: GraphStore, *, progress: Callable[[int], None] | None = None
) -> ImportReport:
    """Add extractions to a store in batches; articles that are there already are left as they are."""
    read = stored = relations = 0
    while batch := list(islice(extractions, BATCH)):
        report = store.add(batch)
        read, stored, relations = read + len(batch), stored + report.articles, relations + report.events
        if progress is not None:
            progress(read)
    return ImportReport(read, stored, relations)


@dataclass(frozen=True, slots=True)
class _Format:
    write: Callable[[Iterable[Record], Path], int]
    read: Callable[[Path], Iterator[Record]]


def _find_format(path: Path) -> _Format:
    if path.suffix not in FORMATS:
        raise StoreError(f"{path} is of no kind we know; let its name end in {' or '.join(FORMATS)}")
    return FORMATS[path.suffix]


def _write_lines(records: Iterable[Record], path: Path) -> int:
    number = 0
    with path.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            number += 1
    return number


def _read_lines(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError as exc:
                raise StoreError(f"{path}: line {number} is no JSON ({exc}); export the graph again") from exc
            if not isinstance(record, dict):
                raise StoreError(f"{path}: line {number} is no JSON object; export the graph again")
            yield record


def _write_parquet(records: Iterable[Record], path: Path) -> int:
    arrow, parquet = _import_parquet()
    schema = make_schema(arrow)
    number, waiting = 0, iter(records)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while batch := list(islice(waiting, BATCH)):
            file.write_batch(arrow.RecordBatch.from_pylist(batch, schema=schema))
            number += len(batch)
    return number


def _read_parquet(path: Path) -> Iterator[Record]:
    arrow, parquet = _import_parquet()
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH):
                yield from batch.to_pylist()
    except arrow.ArrowInvalid as exc:
        raise StoreError(f"{path} is no Parquet file: {exc}; export the graph again") from exc


def make_schema(arrow: Any) -> pyarrow.Schema:
    """Return the columns of a record: one row an article, its relations a list of structs."""
    text, whole = arrow.string(), arrow.int64()
    actor = arrow.struct([(name, text) for name in ("id", "name", "kind", "country", "qid")])
    relation = arrow.struct(
        [
            ("source", actor),
            ("target", actor),
            *((name, text) for name in ("type", "status", "rule")),
            ("confidence", arrow.float64()),
            *((name, text) for name in ("mode", "context", "date", "sentence")),
            *((name, whole) for name in ("start", "end")),
            ("trigger", text),
            *((name, whole) for name in ("trigger_start", "trigger_end")),
            ("evidence_date", text),
        ]
    )
    article = [(name, text) for name in ("id", "text", "title", "url", "publisher", "published", "story")]
    return arrow.schema([*article, ("relations", arrow.list_(relation))])


def _import_parquet() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415  (150 MB that only Parquet needs)
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as exc:
        raise StoreError("Parquet needs pyarrow: pip install 'dyadgraph[parquet]'; or write .jsonl") from exc
    return pyarrow, pyarrow.parquet


FORMATS: Mapping[str, _Format] = MappingProxyType(
    {".jsonl": _Format(_write_lines, _read_lines), ".parquet": _Format(_write_parquet, _read_parquet)}
)
