"""`/v1/jobs`: what was sent to be ingested, how far it is, what could not be read."""

from __future__ import annotations

from flask import Blueprint, Response, request

from dyadgraph.errors import QueryError
from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.params import STATES, to_limit
from graphapi.routes import workbench

blueprint = Blueprint("jobs", __name__, url_prefix="/v1/jobs")
MOST_REJECTED = 100


@blueprint.get("")
@contract("JobList", parameters=("state", "limit"), changes_alone=True)
def list_jobs() -> Response:
    """List ingest jobs, newest first; those of the command line too."""
    state = request.args.get("state")
    if state is not None and state not in STATES:
        raise QueryError(f"parameter state={state[:40]!r} is not one of {', '.join(STATES)}")
    jobs = workbench().journal.jobs(limit=to_limit(request.args), state=state)
    return list_answer((job.to_dict() for job in jobs), None)


@blueprint.get("/<job_id>")
@contract("JobReport", changes_alone=True)
def get_job(job_id: str) -> Response:
    """Return a job's state, its counts so far, and the first inputs that gave no article, with the reasons.

    `read` = `stored` + `duplicates` + `skipped` + `quarantined`, always.
    """
    journal = workbench().journal
    job = journal.job(job_id)
    rejected = journal.rejected(job_id, limit=MOST_REJECTED)
    return answer({**job.to_dict(), "rejected": [each.to_dict() for each in rejected]})


@blueprint.post("/<job_id>/cancel")
@contract("Job")
def cancel_job(job_id: str) -> Response:
    """Cancel a job that has not ended; a running one stops after the batch in hand, what it stored stays."""
    journal = workbench().journal
    journal.job(job_id)
    return answer(journal.cancel(job_id).to_dict())
