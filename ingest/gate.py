"""A sentence with its known names in, a yes or no out: only those that can hold a relation are parsed."""

from __future__ import annotations

from dyadgraph.gazetteer import Gazetteer
from ingest.mentions import Reading

POINTERS = frozenset("he she him his her it its they them their both two sides we our us the this".split())


def can_hold_relation(reading: Reading, gazetteer: Gazetteer) -> bool:
    """Tell whether two actors may be pointed at: two names, or a pronoun, a title or a capitalised word."""
    if len(reading.names) >= 2:
        return True
    for token in reading.doc:
        if token.i in reading.names:
            continue
        lower = token.lower_
        if lower in POINTERS or gazetteer.is_office(lower) or (token.i and token.text[0].isupper()):
            return True
    return False
