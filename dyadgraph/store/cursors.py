"""Cursors: the sort key of the last item shown goes in, an opaque word comes out, and back."""

from __future__ import annotations

import base64
import binascii
import json

from dyadgraph.errors import QueryError, UnanswerableError

Key = tuple[str | int, ...]
_LARGEST = 2**63 - 1


def encode_cursor(listing: str, key: Key) -> str:
    """Return a cursor that only the same listing understands."""
    raw = json.dumps([listing, *key], ensure_ascii=False, separators=(",", ":")).encode("utf8")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode_cursor(cursor: str | None, listing: str, start: Key) -> Key:
    """Return the key in a cursor, `start` where there is none; raises QueryError for one that `listing` did not give.

    `start` also shows the shape: as many parts of the same kinds.
    """
    if cursor is None:
        return start
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        name, *key = json.loads(raw.decode("utf8"))
    except (ValueError, TypeError, RecursionError, binascii.Error) as exc:
        raise _wrong(listing) from exc
    if name != listing or len(key) != len(start) or not all(map(_fits, key, start)):
        raise _wrong(listing)
    return tuple(key)


def _fits(part: object, pattern: str | int) -> bool:
    """Tell whether a part can be bound: no numbers out of range, no text that has no UTF-8 form."""
    if isinstance(part, str) and isinstance(pattern, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in part)
    return type(part) is int and isinstance(pattern, int) and 0 <= part <= _LARGEST


def _wrong(listing: str) -> QueryError:
    return UnanswerableError(f"cursor is none that the list of {listing} gave; leave it out to start at the top")
