"""What a route takes and answers: declared beside the route, checked before it runs, published by `openapi.py`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, request

from dyadgraph.errors import QueryError
from graphapi.params import check_names

if TYPE_CHECKING:
    from pydantic import BaseModel

View = TypeVar("View", bound=Callable[..., Any])
LONGEST_VALUE = 200
# A cursor holds the sort keys of a row, names among them.
LONGEST_CURSOR = 4000
CURSOR = re.compile(r"[A-Za-z0-9_=-]*")


@dataclass(frozen=True, slots=True)
class Contract:
    """One operation: its parameters by name, the name of its answer in `schemas.py`, other media, further statuses.

    `body` names the JSON that it takes, `bodies` further media types, `headers` those of the request that matter.
    An answer that `changes_alone`, while the graph stays as it is, has no ETag.
    """

    answer: str
    parameters: tuple[str, ...] = ()
    status: HTTPStatus = HTTPStatus.OK
    media: tuple[str, ...] = ("application/json",)
    body: str = ""
    bodies: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    changes_alone: bool = False
    errors: tuple[HTTPStatus, ...] = ()
    also: dict[HTTPStatus, str] = field(default_factory=dict)


def contract(answer: str, **rest: Any) -> Callable[[View], View]:
    """Declare what a route takes and answers: `@contract("RelationList", parameters=RELATION_PARAMETERS)`."""

    def declare(view: View) -> View:
        view.__dict__["contract"] = Contract(answer, **rest)
        return view

    return declare


def find_contract(app: Flask, endpoint: str | None) -> Contract | None:
    """Return what an endpoint declares, None where it declares nothing."""
    view = app.view_functions.get(endpoint or "")
    return getattr(view, "contract", None)


def schema_model(name: str) -> type[BaseModel]:
    """Return the pydantic model of that name; pydantic is loaded only where the document is made."""
    from graphapi import schemas  # noqa: PLC0415

    model: type[BaseModel] = getattr(schemas, name)
    return model


def register_contracts(app: Flask) -> None:
    """Refuse unknown, repeated, empty and overlong parameters before a route runs."""

    @app.before_request
    def check() -> None:
        declared = find_contract(app, request.endpoint)
        if declared is None:
            return
        check_names(request.args, declared.parameters)
        for name, values in request.args.lists():
            if name == "cursor" and not CURSOR.fullmatch(values[0]):
                raise QueryError("parameter 'cursor' is no cursor; give the `next` of the page before")
            longest = LONGEST_CURSOR if name == "cursor" else LONGEST_VALUE
            if len(values) > 1:
                raise QueryError(f"parameter {name!r} is given {len(values)} times; give it once")
            if not values[0] and name != "cursor":  # an empty cursor asks for the first page
                raise QueryError(f"parameter {name!r} is empty; give a value or leave it out")
            if len(values[0]) > longest:
                raise QueryError(f"parameter {name!r} is longer than {longest} characters; shorten it")
