"""`python -m tools.gazetteer lint | coverage [--check] | countries DRAFT.json`; exit code 1: something is wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dyadgraph.gazetteer import load_gazetteer
from tools.gazetteer.countries import FILE, update_countries
from tools.gazetteer.coverage import PAGE, write_page
from tools.gazetteer.lint import find_faults


def main() -> int:
    """Run one of the three jobs."""
    parser = argparse.ArgumentParser(description=__doc__)
    jobs = parser.add_subparsers(dest="job", required=True)
    jobs.add_parser("lint", help="print every contradiction in the data files")
    coverage = jobs.add_parser("coverage", help="write docs/gazetteer.md")
    coverage.add_argument("--check", action="store_true", help="only say whether the page is stale")
    countries = jobs.add_parser("countries", help="take Wikidata ids, regions and new territories from a draft")
    countries.add_argument("draft", type=Path)
    given = parser.parse_args()
    if given.job == "countries":
        print(f"{FILE}: {update_countries(given.draft)} lines changed")
        return 0
    gazetteer = load_gazetteer()
    if given.job == "lint":
        faults = find_faults(gazetteer)
        print("".join(f"{fault}\n" for fault in faults) + f"{len(faults)} faults")
        return bool(faults)
    page = write_page(gazetteer)
    if given.check:
        return PAGE.read_text(encoding="utf8") != page
    PAGE.write_text(page, encoding="utf8")
    print(f"{PAGE}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
