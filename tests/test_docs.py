"""The documents agree with the code: commands, routes, parameters, settings, types."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from graphapi import params
from graphapi.app import create_app
from graphapi.cli import main as program
from tools.docs import PAGES, stale_pages

ROOT = Path(__file__).parents[1]


def test_generated_pages_are_fresh():
    assert stale_pages() == [], "run `make docs`"


def test_every_route_is_documented(sqlite_settings):
    text = (ROOT / "docs/http-api.md").read_text(encoding="utf8")
    for rule in create_app(sqlite_settings).url_map.iter_rules():
        if not rule.rule.startswith("/static"):
            shown = re.sub(r"<(?:[a-z]+(?:\(.*?\))?:)?", "<", rule.rule)
            assert f"`{shown}`" in text, rule.rule


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


def command_lines():
    """Every `dyadgraph …` line of the documents' code blocks, with the page it stands on."""
    for page in [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md"))]:
        for block in re.findall(r"```(?:sh|text|bash)\n(.*?)```", page.read_text(encoding="utf8"), re.DOTALL):
            for line in block.splitlines():
                found = re.match(r"(?:\$ )?(?:[A-Z_0-9]+=\S+ )*dyadgraph( [a-z-][^|>#]*)", line)
                if found:
                    yield pytest.param(found[1], id=f"{page.name}:{found[1].strip()}")


@pytest.mark.parametrize("line", list(command_lines()))
def test_every_command_line_of_the_documents_exists(line):
    words = shlex.split(line)
    command = program
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command = command.commands[words.pop(0)]
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)} | {"--help", "-h"}
    assert {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"} <= known
