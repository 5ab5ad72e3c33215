"""JSON Lines of articles go into Spark, Parquet that `dyadgraph store import` reads comes out: a job on many machines.

Every Python worker loads one coder and codes its partitions with `Coder.code_articles`, as the local job does. An id
follows from what it names and the import leaves out what is there, so a part that is done twice changes nothing.
`mapInArrow` rather than `mapInPandas`: relations nest in their article, and pandas has no such column.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dyadgraph.errors import StoreError
from dyadgraph.model import Article
from dyadgraph.store.files import make_schema
from dyadgraph.store.records import to_record
from ingest.readers import read_stream

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

    from ingest.coder import Coder

log = logging.getLogger(__name__)
BATCH = 200
"""Lines that a worker takes at once; a coder parses the sentences of 64 articles together."""


@dataclass(frozen=True, slots=True)
class SparkReport:
    """Counts of one Spark job: lines read as articles, and lines that were none."""

    coded: int
    failed: int


def make_session(master: str) -> SparkSession:
    """Return the session of `spark-submit`, or a new one on a master such as `local[2]`; raises StoreError."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  (300 MB that only this job needs)
    except ImportError as exc:
        raise StoreError("Spark is not installed; pip install 'dyadgraph[spark]', and Java 17") from exc
    made = SparkSession.builder.appName("dyadgraph")
    made = made.config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    session = (made.master(master) if master else made).getOrCreate()
    if master.startswith("local"):  # on this machine the workers run the Python that dyadgraph is installed in
        session.sparkContext.pythonExec = sys.executable
    return session


def run_spark_job(
    spark: SparkSession, lines: str, folder: str, *, make_coder: Callable[[], Coder], longest: int
) -> SparkReport:
    """Code the articles of JSON Lines (a file, folder or address that Spark can read) into a new folder of Parquet.

    `make_coder` is called once in each Python worker and partition. A line that is no article is logged and counted.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    coded, failed = spark.sparkContext.accumulator(0), spark.sparkContext.accumulator(0)

    def code(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        coder = make_coder()
        schema = make_schema(pa)
        for batch in batches:
            articles, failures = _read_lines(batch.column(0).to_pylist(), longest)
            records = [to_record(extraction) for extraction in coder.code_articles(articles)]
            coded.add(len(records))
            failed.add(failures)
            yield pa.RecordBatch.from_pylist(records, schema=schema)

    frame = spark.read.text(lines).mapInArrow(code, from_arrow_schema(make_schema(pa)))
    frame.write.parquet(folder)
    return SparkReport(coded.value, failed.value)


def _read_lines(lines: Iterable[str], longest: int) -> tuple[list[Article], int]:
    articles, failures = [], 0
    for line in lines:
        if not line.strip():
            continue
        for item in read_stream(io.BytesIO(line.encode()), "Spark", longest, format_name="jsonl"):
            if isinstance(item, Article):
                articles.append(item)
            else:
                failures += 1
                log.warning("line_failed reason=%s", item.reason)
    return articles, failures
