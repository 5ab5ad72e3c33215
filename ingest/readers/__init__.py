"""Files, folders, addresses and streams in, articles out: one reader a format, listed in `formats.READERS`."""

from ingest.readers.formats import READERS
from ingest.readers.inputs import find_inputs, is_address, read, read_articles, read_stream, settle
from ingest.readers.rejected import Rejected
from ingest.readers.sandbox import Sandbox

__all__ = [
    "READERS",
    "Rejected",
    "Sandbox",
    "find_inputs",
    "is_address",
    "read",
    "read_articles",
    "read_stream",
    "settle",
]
