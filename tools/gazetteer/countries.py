"""A draft of the world's territories in (JSON, from public-domain sources), countries.csv brought up to date.

What stands in countries.csv by hand (names, demonyms, capitals, dates, who leads) is kept; the draft gives
the Wikidata id and the region, and lines for territories that are not there yet.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from dyadgraph.gazetteer.loader import COUNTRY_COLUMNS

FILE = Path(__file__).parents[2] / "dyadgraph/gazetteer/countries.csv"
FROM_DRAFT = ("qid", "region", "subregion")


def update_countries(draft: Path, file: Path = FILE) -> int:
    """Bring the file up to date with the draft; returns how many lines changed."""
    territories: dict[str, dict[str, Any]] = json.loads(draft.read_text(encoding="utf8"))
    with file.open(encoding="utf8", newline="") as stream:
        rows = {row["code"]: row for row in csv.DictReader(stream)}
    before = {code: dict(row) for code, row in rows.items()}
    for code, territory in territories.items():
        if code in rows:
            rows[code] |= {key: territory[key] for key in FROM_DRAFT if territory.get(key)}
        elif territory["is_country"] and not territory["historical"]:
            rows[code] = _new_row(code, territory)
    with file.open("w", encoding="utf8", newline="") as stream:
        writer = csv.DictWriter(stream, COUNTRY_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[code] for code in sorted(rows))
    return sum(before.get(code) != row for code, row in rows.items())


def _new_row(code: str, territory: dict[str, Any]) -> dict[str, str]:
    row = dict.fromkeys(COUNTRY_COLUMNS, "")
    given = {key: territory[key] for key in ("qid", "name", "region", "subregion")}
    return row | given | {"code": code, "leader": "head_of_government"}
