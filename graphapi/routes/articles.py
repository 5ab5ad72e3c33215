"""`/v1/articles`: what was read, newest first; one article with its text."""

from __future__ import annotations

from flask import Blueprint, Response, request

from graphapi.answers import answer
from graphapi.params import LIST_PARAMETERS, check_names, to_limit
from graphapi.routes import workbench

blueprint = Blueprint("articles", __name__, url_prefix="/v1/articles")


@blueprint.get("")
def list_articles() -> Response:
    """List articles without their text."""
    check_names(request.args, LIST_PARAMETERS)
    cursor = request.args.get("cursor") or None
    page = workbench().store.articles(limit=to_limit(request.args), cursor=cursor)
    return answer({"items": [article.to_dict() for article in page.items], "next": page.next})


@blueprint.get("/<article_id>")
def get_article(article_id: str) -> Response:
    """Return one article with its text."""
    check_names(request.args, ())
    article = workbench().store.article(article_id)
    return answer({**article.to_dict(), "text": article.text})
