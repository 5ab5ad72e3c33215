"""The date words of a news page in, a day out."""

from __future__ import annotations

import re
from datetime import date, datetime

WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
FORMATS = ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%Y/%m/%d")


def find_date(text: str) -> date | None:
    """Return the day that the text is ("June 19, 2024", "Wednesday, 19 June 2024", ISO 8601), else None."""
    words = re.sub(WEEKDAY, "", text.strip(), count=1, flags=re.IGNORECASE).strip(" .")
    words = re.sub(r"^(\d{4}-\d{2}-\d{2})[T ].*$", r"\1", words)
    for form in FORMATS:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    return None
