"""Articles of ours about ten countries, as many as a test wants, none like another."""

from __future__ import annotations

import json

PLACES = "Kenya Ghana Chile Peru Japan Thailand Norway Poland Egypt Jordan".split()
PUBLISHED = "2020-05-01"


def make_article(n):
    """Return title, address and paragraphs of the n-th article."""
    one, two = PLACES[n % 10], PLACES[(n // 10 + n + 1) % 10]
    body = [
        f"The president of {one} visited {two} on Friday and met ministers there, officials of both countries said.",
        f"{one} accused {two} of spying on its embassy, according to a statement that was published as number {n}.",
        f"The two governments signed an agreement on trade and fisheries after {n + 2} days of talks in the capital.",
    ]
    return {"title": f"Report {n} on {one} and {two}", "url": f"https://wire.example/{n}", "body": body}


def write_lines(articles, path):
    """Write one JSON Lines file."""
    rows = [{"text": "\n\n".join(each["body"]), "url": each["url"], "date": PUBLISHED} for each in articles]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
