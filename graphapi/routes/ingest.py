"""`POST /v1/ingest`: one article is coded at once and its relations answered; anything larger becomes a job."""

from __future__ import annotations

import hashlib
import json
import re
from http import HTTPStatus

from flask import Blueprint, Response, current_app, request, url_for

from dyadgraph.errors import ArticleError, QueryError
from dyadgraph.model import Article
from dyadgraph.store.base import MAX_LIMIT, RelationQuery
from graphapi.answers import answer
from graphapi.contract import contract
from graphapi.params import check_names
from graphapi.routes import workbench

blueprint = Blueprint("ingest", __name__, url_prefix="/v1")

FIELDS = ("text", "title", "url", "publisher", "published")
KEY = re.compile(r"[!-~]{1,200}")
JSON, TEXT = "application/json", "text/plain"
QUEUED_MEDIA = (
    "text/html",
    "application/pdf",
    "application/x-ndjson",
    "text/csv",
    "application/rss+xml",
    "application/atom+xml",
    "application/warc",
)
"""Bodies that may hold many articles, or take long to read."""


@blueprint.post("/ingest")
@contract(
    "Ingested",
    status=HTTPStatus.CREATED,
    also={HTTPStatus.OK: "Ingested", HTTPStatus.ACCEPTED: "Job"},
    body="NewArticle",
    bodies=(TEXT, *QUEUED_MEDIA),
    headers=("Prefer", "Idempotency-Key"),
)
def ingest_article() -> Response:
    """Read what is sent and store it.

    One article (JSON with `text`, or text/plain) is answered with its relations; with `Prefer: respond-async`, an
    `{"url": …}` alone, or another media type it becomes a job, whose address is answered.
    """
    key = _key()
    if _is_for_later():
        return _queue(key)
    from ingest.job import run_job  # noqa: PLC0415  (spaCy only where something is coded)

    bench = workbench()
    article = _article(bench.settings.max_article)
    job = bench.journal.begin_job(request.mimetype)
    report = run_job([article], bench.coder, bench.store, journal=bench.journal, job=job)
    if report.rejected:
        raise ArticleError(report.rejected[0].reason)
    page = bench.store.relations(RelationQuery(article=article.id, limit=MAX_LIMIT))
    relations = [edge.to_dict() for edge in page.items]
    status = HTTPStatus.CREATED if report.stored else HTTPStatus.OK
    return answer({"article": article.to_dict(), "duplicate": not report.stored, "relations": relations}, status)


def _is_for_later() -> bool:
    if request.mimetype not in {JSON, TEXT}:
        return True
    if re.search(r"(?:^|[\s,;])respond-async(?:$|[\s,;])", request.headers.get("Prefer", "")):
        return True
    body = request.get_json(silent=True) if request.mimetype == JSON else None
    return isinstance(body, dict) and set(body) == {"url"}


def _queue(key: str | None) -> Response:
    """Keep the body for a worker and answer the job's address; the same Idempotency-Key is the same job."""
    from ingest.bodies import ADDRESS, find_format  # noqa: PLC0415

    kind, body = find_format(request.mimetype), request.get_data()
    if kind is None:
        known = ", ".join((JSON, TEXT, *QUEUED_MEDIA))
        raise QueryError(f"Content-Type {request.mimetype[:40]!r} is none that can be read; send one of {known}")
    if not body.strip():
        raise ArticleError("body: is empty; send articles")
    if request.mimetype == JSON:
        given = request.get_json(silent=True)
        if isinstance(given, dict) and set(given) == {"url"}:
            kind, body = ADDRESS, _address(given["url"]).encode()
        else:
            _article(workbench().settings.max_article)  # what is wrong with it is told at once
            body = json.dumps(_fields()).encode()
    digest = hashlib.sha256(kind.encode() + b"\0" + body).hexdigest()
    job, _ = workbench().journal.enqueue(kind, body, key=key, digest=digest)
    worker = current_app.extensions.get("worker")
    if worker is not None:
        worker.wake()
    response = answer(job.to_dict(), HTTPStatus.ACCEPTED)
    response.headers["Location"] = url_for("jobs.get_job", job_id=job.id)
    return response


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise QueryError("header Idempotency-Key is not 1 to 200 printable ASCII characters without blanks")
    return key


def _address(given: object) -> str:
    from ingest.fetching import split_address  # noqa: PLC0415

    if not isinstance(given, str):
        raise ArticleError('body: field "url" is no text; send an address of the web')
    split_address(given)  # what may not be fetched is told at once, not by the job
    return given


def _fields() -> dict[str, str | None]:
    """Return the checked fields of a JSON article."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise QueryError('the body is no JSON object; send {"text": "…"}')
    check_names(body, FIELDS)
    for name, value in body.items():
        if value is not None and not isinstance(value, str):
            raise ArticleError(f"body: field {name!r} is no text; send a string or leave it out")
    if body.get("published") == "":
        raise ArticleError('body: field "published" is empty; write YYYY-MM-DD or leave it out')
    return body


def _article(longest: int) -> Article:
    from ingest.readers.json_lines import to_article  # noqa: PLC0415
    from ingest.readers.plain_text import parse_plain_text  # noqa: PLC0415

    if request.mimetype == JSON:
        article = to_article(_fields(), "body")
    else:
        try:
            text = request.get_data().decode("utf8")
        except UnicodeDecodeError as exc:
            raise ArticleError(f"body: byte {exc.start} is not UTF-8; send UTF-8") from exc
        if not text.strip():
            raise ArticleError("body: is empty; send the article's text")
        article = parse_plain_text(text)
    if len(article.text) > longest:
        raise ArticleError(f"body: the text is longer than {longest:,} characters; split it")
    if "\0" in article.text:
        raise ArticleError("body: the text holds NUL characters; send plain text")
    return article
