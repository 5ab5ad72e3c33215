"""Pages of texts: an article with its proofs marked, the form that takes a new one, a job as it goes."""

from __future__ import annotations

import json

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from dyadgraph.errors import ArticleError
from dyadgraph.model import SURE
from graphapi.pages.spans import cut_text
from graphapi.routes import workbench

texts = Blueprint("texts", __name__)


@texts.get("/articles/<article_id>")
def show_article(article_id: str) -> str:
    """Show an article's text with the sentences that prove relations marked, beside its map."""
    bench = workbench()
    article, relations = bench.store.article(article_id), bench.store.events(article_id)
    return render_template(
        "article.html",
        article=article,
        pieces=cut_text(article.text, relations),
        relations=relations,
        types=bench.ontology.types,
        sure=SURE,
    )


@texts.get("/ingest")
def show_form() -> str:
    """Show the form that takes a text or an address."""
    return render_template("ingest.html", needs_key=bool(workbench().settings.api_keys))


@texts.post("/ingest")
def take_form() -> BaseResponse:
    """Queue what the form holds and lead to its job."""
    from ingest.bodies import ADDRESS  # noqa: PLC0415
    from ingest.fetching import split_address  # noqa: PLC0415

    given = {name: request.form.get(name, "").strip() for name in ("text", "url", "title", "published")}
    journal = workbench().journal
    if given["text"]:
        fields = {name: value for name, value in given.items() if value}
        job, _ = journal.enqueue("jsonl", json.dumps(fields).encode())
    elif given["url"]:
        split_address(given["url"])
        job, _ = journal.enqueue(ADDRESS, given["url"].encode())
    else:
        raise ArticleError("the form is empty; paste a text, or give the address of a page")
    return redirect(url_for("texts.show_job", job_id=job.id), code=303)


@texts.get("/jobs/<job_id>")
def show_job(job_id: str) -> str:
    """Show how far a job is; the page follows it."""
    journal = workbench().journal
    return render_template("job.html", job=journal.job(job_id), rejected=journal.rejected(job_id, limit=20))
