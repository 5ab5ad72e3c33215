"""Fill docs/questions.md with the answers of the service over the sample articles (`python -m tools.questions`)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from flask.testing import FlaskClient

from dyadgraph.settings import Settings
from graphapi.app import create_app
from ingest.job import run_job
from ingest.readers import find_inputs, read_articles

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "questions.md"
SERVICE = "http://127.0.0.1:8765"
BLOCK = re.compile(rf"```text\n(?P<line>\$ curl -s '{SERVICE}(?P<address>[^']+)')\n.*?```", re.DOTALL)


def fill_page(text: str, client: FlaskClient) -> str:
    """Return the page with every curl line answered anew; raises ValueError where one is not answered."""

    def fill(match: re.Match[str]) -> str:
        answer = client.get(match["address"], base_url=SERVICE)
        if answer.status_code != 200:
            raise ValueError(f"{match['address']}: {answer.status_code} {answer.text}")
        body = answer.text.replace("\r\n", "\n").rstrip("\n")
        return f"```text\n{match['line']}\n{body}\n```"

    return BLOCK.sub(fill, text)


def main() -> None:
    """Read the samples into a graph of their own and rewrite the page."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(store=f"sqlite:///{folder}/graph.db"))
        bench = app.extensions["dyadgraph"]
        articles = (a for path in find_inputs(ROOT / "dyadgraph" / "samples") for a in read_articles(path, 1_000_000))
        run_job(articles, bench.coder, bench.store)
        PAGE.write_text(fill_page(PAGE.read_text(encoding="utf8"), app.test_client()), encoding="utf8")
        bench.close()


if __name__ == "__main__":
    main()
