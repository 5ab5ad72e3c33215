"""The documents agree with the code: commands, routes, parameters, settings, types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphapi import params
from graphapi.app import create_app
from tools.docs import PAGES, stale_pages

ROOT = Path(__file__).parents[1]


def test_generated_pages_are_fresh():
    assert stale_pages() == [], "run `make docs`"


def test_every_route_is_documented(sqlite_settings):
    text = (ROOT / "docs/http-api.md").read_text(encoding="utf8")
    for rule in create_app(sqlite_settings).url_map.iter_rules():
        if not rule.rule.startswith("/static"):
            assert f"`{re.sub(r'<(?:[a-z]+:)?', '<', rule.rule)}`" in text, rule.rule


@pytest.mark.parametrize("name", sorted({*params.RELATION_PARAMETERS, *params.ACTOR_PARAMETERS}))
def test_every_parameter_is_documented(name):
    assert f"`{name}`" in (ROOT / "docs/http-api.md").read_text(encoding="utf8")


def test_every_page_is_reached_from_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf8")
    for path in sorted((ROOT / "docs").glob("*.md")):
        assert f"docs/{path.name}" in text, path.name
    assert set(PAGES) <= {path.name for path in (ROOT / "docs").glob("*.md")}


def test_links_of_the_documents_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
