"""What was sent to be ingested in, its articles out: a body of any format, or the address of one."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from dyadgraph.model import Article
from ingest.fetching import Fetcher
from ingest.readers import READERS, Rejected, Sandbox, read, read_stream

ADDRESS = "address"
"""The kind of a job whose body is an address to be fetched, whatever lies there."""


def find_format(media_type: str) -> str | None:
    """Return the name of the format that a media type names, None where it names none."""
    bare = media_type.partition(";")[0].strip().lower()
    return next((name for name, each in READERS.items() if bare in each.media_types), None)


def read_body(  # noqa: PLR0913  (what a reader needs, each with a name)
    kind: str, body: bytes, place: str, *, max_characters: int, fetcher: Fetcher, sandbox: Sandbox
) -> Iterator[Article | Rejected]:
    """Read the articles of a body; `kind` is the name of its format, or ADDRESS."""
    if kind == ADDRESS:
        yield from read(body.decode("utf8"), max_characters=max_characters, fetcher=fetcher, sandbox=sandbox)
        return
    # One article as a JSON object may go over many lines, which the reader of JSON Lines would take for many.
    if kind == "jsonl":
        body = _on_one_line(body)
    yield from read_stream(io.BytesIO(body), place, max_characters, format_name=kind, sandbox=sandbox)


def _on_one_line(body: bytes) -> bytes:
    try:
        whole = json.loads(body)
    except ValueError:
        return body
    return json.dumps(whole).encode() if isinstance(whole, dict) else body
