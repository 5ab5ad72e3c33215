"""`/v1/articles`: what was read, newest first; one article with its text."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request

from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.params import LIST_PARAMETERS, to_limit
from graphapi.routes import workbench

blueprint = Blueprint("articles", __name__, url_prefix="/v1/articles")


@blueprint.get("")
@contract("ArticleList", parameters=LIST_PARAMETERS)
def list_articles() -> Response:
    """List articles without their text."""
    cursor = request.args.get("cursor") or None
    page = workbench().store.articles(limit=to_limit(request.args), cursor=cursor)
    return list_answer((article.to_dict() for article in page.items), page.next)


@blueprint.get("/<article_id>")
@contract("ArticleText")
def get_article(article_id: str) -> Response:
    """Return one article with its text."""
    article = workbench().store.article(article_id)
    return answer({**article.to_dict(), "text": article.text})


@blueprint.delete("/<article_id>")
@contract("", status=HTTPStatus.NO_CONTENT)
def delete_article(article_id: str) -> Response:
    """Take out an article, its relations and the actors that only these name."""
    workbench().store.delete_article(article_id)
    return Response(status=HTTPStatus.NO_CONTENT)
