"""A month as text in, its days out."""

from __future__ import annotations

import calendar
import re
from datetime import date

from dyadgraph.errors import QueryError
from dyadgraph.store.base import Period

MONTH = re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])")


def read_month(name: str, text: str) -> Period:
    """Return the first and the last day of a month written YYYY-MM; raises QueryError that names the parameter."""
    if not MONTH.fullmatch(text):
        raise QueryError(f"parameter {name}={text[:40]!r} is no month; write YYYY-MM")
    year, month = int(text[:4]), int(text[5:])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
