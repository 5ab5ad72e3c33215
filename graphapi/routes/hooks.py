"""`/v1/hooks`: who is told, by a signed message, of every new sure relation between two actors."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from dyadgraph.errors import ArticleError, QueryError
from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.params import check_names
from graphapi.routes import workbench

blueprint = Blueprint("hooks", __name__, url_prefix="/v1/hooks")
FIELDS = ("first", "second", "url")


@blueprint.post("")
@contract("NewHook", status=HTTPStatus.CREATED, body="HookWish")
def add_hook() -> Response:
    """Watch a pair: every new sure relation between the two (ids or codes) is sent to an address.

    Messages are signed: `X-Dyadgraph-Signature` is `sha256=` and the HMAC-SHA-256, under the secret that is answered
    here once, of `X-Dyadgraph-Timestamp`, a full stop and the body. What is not taken with 2xx is sent again.
    """
    from ingest.hooks import Hooks  # noqa: PLC0415

    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise QueryError('the body is no JSON object; send {"first": "RUS", "second": "PRK", "url": "https://…"}')
    check_names(body, FIELDS)
    for name in FIELDS:
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise ArticleError(f"body: field {name!r} is missing, empty or no text; send a string")
    hook = Hooks(workbench().journal).add((body["first"], body["second"]), body["url"])
    response = answer({**hook.to_dict(), "secret": hook.secret}, HTTPStatus.CREATED)
    response.headers["Location"] = url_for("hooks.remove_hook", hook_id=hook.id)
    return response


@blueprint.get("")
@contract("HookList", changes_alone=True)
def list_hooks() -> Response:
    """List hooks, oldest first, without their secrets and with the host of the address alone."""
    from ingest.hooks import Hooks  # noqa: PLC0415

    return list_answer((hook.to_dict() for hook in Hooks(workbench().journal).all()), None)


@blueprint.delete("/<hook_id>")
@contract("", status=HTTPStatus.NO_CONTENT)
def remove_hook(hook_id: str) -> Response:
    """Stop telling."""
    from ingest.hooks import Hooks  # noqa: PLC0415

    Hooks(workbench().journal).remove(hook_id)
    return Response(status=HTTPStatus.NO_CONTENT)
