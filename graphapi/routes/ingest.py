"""`POST /v1/ingest`: an article's text in, its relations stored and answered."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request

from dyadgraph.errors import ArticleError, QueryError
from dyadgraph.model import Article
from dyadgraph.store.base import MAX_LIMIT, RelationQuery
from graphapi.answers import answer
from graphapi.contract import contract
from graphapi.params import check_names
from graphapi.routes import workbench
from ingest.job import run_job
from ingest.readers.json_lines import to_article
from ingest.readers.plain_text import parse_plain_text

blueprint = Blueprint("ingest", __name__, url_prefix="/v1")

FIELDS = ("text", "title", "url", "publisher", "published")


@blueprint.post("/ingest")
@contract("Ingested", status=HTTPStatus.CREATED, also={HTTPStatus.OK: "Ingested"}, body="NewArticle")
def ingest_article() -> Response:
    """Read an article (JSON with `text`, or text/plain), store it and answer its id and its relations."""
    bench = workbench()
    article = _article(bench.settings.max_article)
    report = run_job([article], bench.coder, bench.store)
    if report.rejected:
        raise ArticleError(report.rejected[0].reason)
    page = bench.store.relations(RelationQuery(article=article.id, limit=MAX_LIMIT))
    relations = [edge.to_dict() for edge in page.items]
    status = HTTPStatus.CREATED if report.stored else HTTPStatus.OK
    return answer({"article": article.to_dict(), "duplicate": not report.stored, "relations": relations}, status)


def _article(longest: int) -> Article:
    if request.mimetype == "application/json":
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise QueryError('the body is no JSON object; send {"text": "…"}')
        check_names(body, FIELDS)
        for name, value in body.items():
            if value is not None and not isinstance(value, str):
                raise ArticleError(f"body: field {name!r} is no text; send a string or leave it out")
        if body.get("published") == "":
            raise ArticleError('body: field "published" is empty; write YYYY-MM-DD or leave it out')
        article = to_article(body, "body")
    elif request.mimetype == "text/plain":
        try:
            text = request.get_data().decode("utf8")
        except UnicodeDecodeError as exc:
            raise ArticleError(f"body: byte {exc.start} is not UTF-8; send UTF-8") from exc
        if not text.strip():
            raise ArticleError("body: is empty; send the article's text")
        article = parse_plain_text(text)
    else:
        raise QueryError("the body must be application/json or text/plain; set Content-Type")
    if len(article.text) > longest:
        raise ArticleError(f"body: the text is longer than {longest:,} characters; split it")
    if "\0" in article.text:
        raise ArticleError("body: the text holds NUL characters; send plain text")
    return article
