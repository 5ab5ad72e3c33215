"""The application's routes in, an OpenAPI 3.1 document out."""

from __future__ import annotations

import re
from http import HTTPStatus
from inspect import getdoc
from typing import Any

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from dyadgraph import __version__
from dyadgraph.model import KINDS, STATUSES
from dyadgraph.ontology import QUADS, Ontology
from dyadgraph.store.base import MAX_LIMIT, SORTS
from graphapi import schemas
from graphapi.contract import CURSOR, LONGEST_CURSOR, LONGEST_VALUE, Contract, find_contract
from graphapi.exports import FORMATS
from graphapi.months import MONTH
from graphapi.params import STATES, TOPS

TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE}
TEXT_BODY = {"type": "string", "minLength": 1}
RAW_BODY = {"contentEncoding": "binary", "description": "The file as it is; an empty one is refused."}
"""No type: whatever is sent is bytes, and what they hold is told by the job."""
ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
WRITING = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.LENGTH_REQUIRED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


def _link(operation: str, **parameters: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": parameters}


ENDS = {"first": "$response.body#/items/0/source/id", "second": "$response.body#/items/0/target/id"}
# Where an answer leads: its values are the parameters of another operation.
LINKS = {
    "RelationList": {
        "pair": _link("get_pair", **ENDS),
        "feed": _link("get_feed", **ENDS),
        "timeline": _link("get_timeline", **ENDS),
        "source": _link("get_actor", actor_id="$response.body#/items/0/source/id"),
        "article": _link("get_article", article_id="$response.body#/items/0/evidence/0/article/id"),
        "relation": _link("get_relation", relation_id="$response.body#/items/0/evidence/0/relation"),
        "explain": _link("explain_relation", relation_id="$response.body#/items/0/evidence/0/relation"),
        "paths": _link("find_paths", **ENDS),
    },
    "EventList": {"relation": _link("get_relation", relation_id="$response.body#/items/0/id")},
    "ActorList": {
        "actor": _link("get_actor", actor_id="$response.body#/items/0/id"),
        "neighbours": _link("list_neighbours", actor_id="$response.body#/items/0/id"),
    },
    "ArticleList": {"article": _link("get_article", article_id="$response.body#/items/0/id")},
    "JobList": {"job": _link("get_job", job_id="$response.body#/items/0/id")},
    "NewHook": {"remove": _link("remove_hook", hook_id="$response.body#/id")},
    "Ingested": {"article": _link("get_article", article_id="$response.body#/article/id")},
}
HEADERS = {
    "Prefer": {
        "description": "`respond-async` makes a job of an article that would be coded at once.",
        "schema": {"type": "string"},
        "example": "respond-async",
    },
    "Idempotency-Key": {
        "description": "The same key with the same body is the same job, however often it is sent.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
        "example": "2024-06-20-morning",
    },
}
INTRODUCTION = """Who did what to whom, as news articles say, with the sentence that proves it.

Keys of an answer are only ever added. A list is `{"items": […], "next": …}`: give `next` as `cursor`, or follow
the `Link` header. Every GET has a strong `ETag`; errors are problem documents (RFC 9457)."""


def make_document(app: Flask, ontology: Ontology) -> dict[str, Any]:
    """Describe every route that declares a contract."""
    parameters = _parameters(ontology)
    paths: dict[str, Any] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        declared = find_contract(app, rule.endpoint)
        if declared is not None:
            address = re.sub(r"<(?:[a-z]+:)?(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                operation = _operation(app, rule, declared, parameters)
                paths.setdefault(address, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dyadgraph",
            "version": __version__,
            "description": INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(app: Flask, rule: Rule, declared: Contract, parameters: dict[str, dict[str, Any]]) -> dict[str, Any]:
    words = getdoc(app.view_functions[rule.endpoint]) or ""
    statuses = {declared.status: declared.answer, **declared.also}
    found: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": words.partition("\n")[0],
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": TEXT} for name in sorted(rule.arguments)),
            *({"name": name, "in": "query", **parameters[name]} for name in declared.parameters),
            *({"name": name, "in": "header", **HEADERS[name]} for name in declared.headers),
        ],
        "responses": {
            str(int(status)): {"description": status.phrase, "content": _content(name, declared.media)}
            for status, name in statuses.items()
        },
    }
    refused = [*ALWAYS, *declared.errors]
    if {"since", "cursor"} & set(declared.parameters):
        refused.append(HTTPStatus.UNPROCESSABLE_ENTITY)
    if rule.arguments:
        refused.append(HTTPStatus.NOT_FOUND)
    if declared.body:
        refused += WRITING
        found["requestBody"] = {
            "required": True,
            "content": {
                **_content(declared.body, ("application/json",)),
                **{each: {"schema": TEXT_BODY if each == "text/plain" else RAW_BODY} for each in declared.bodies},
            },
        }
        found["security"] = [{}, {"key": []}]
    elif {"DELETE", "POST"} & (rule.methods or set()):
        refused += (HTTPStatus.UNAUTHORIZED, HTTPStatus.LENGTH_REQUIRED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if declared.status is HTTPStatus.NO_CONTENT:
            found["responses"][str(int(declared.status))] = {"description": declared.status.phrase}
        found["security"] = [{}, {"key": []}]
    elif rule.rule.startswith("/v1") and not declared.changes_alone:
        found["responses"]["304"] = {"description": "The answer of this ETag has not changed"}
    for status in refused:
        content = _content("Problem", ("application/problem+json",))
        found["responses"][str(int(status))] = {"description": status.phrase, "content": content}
    links = dict(LINKS.get(declared.answer, {}))
    if "cursor" in declared.parameters:
        links["next"] = _link(found["operationId"], cursor="$response.body#/next")
    if links:
        found["responses"][str(int(declared.status))]["links"] = links
    return found


def _content(model: str, media: tuple[str, ...]) -> dict[str, Any]:
    # An empty name: a document of its own format, which a JSON schema cannot describe.
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{model}"} if model else {}
    return {each: {"schema": schema} for each in media}


def _schemas() -> dict[str, Any]:
    models = [
        value
        for name, value in vars(schemas).items()
        if isinstance(value, type)
        and issubclass(value, BaseModel)
        and value is not BaseModel
        and not name.startswith("_")
    ]
    taken = (schemas.NewArticle, schemas.HookWish)
    _, definitions = models_json_schema(
        [(model, "validation" if model in taken else "serialization") for model in models],
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Any] = definitions["$defs"]
    for model in taken:
        found[model.__name__]["additionalProperties"] = False
    return found


def _parameters(ontology: Ontology) -> dict[str, dict[str, Any]]:
    """Return schema and meaning of every query parameter."""
    types = "|".join(sorted(ontology.types))
    statuses = "|".join(STATUSES)
    plovers = sorted({each.plover for each in ontology.types.values() if each.plover})
    month = {"type": "string", "pattern": f"^(?:{MONTH.pattern})$"}
    day = {"type": "string", "format": "date"}
    return {
        "source": _said("Who acts: an actor's id or code; a code means itself and all who act for it.", TEXT, "RUS"),
        "target": _said("Who is acted upon: an actor's id or code.", TEXT, "PRK"),
        "actor": _said("Either side: an actor's id or code.", TEXT, "UKR"),
        "pair": _said(
            "Two actors who did something to each other: ids or codes with a comma between them.",
            {"type": "string", "pattern": r"^[^,]*[^,\s][^,]*,[^,]*[^,\s][^,]*$", "maxLength": LONGEST_VALUE},
            "RUS,PRK",
        ),
        "first": {**_said("Where the ways begin: an actor's id.", TEXT, "RUS"), "required": True},
        "second": {**_said("Where the ways end: an actor's id.", TEXT, "PRK"), "required": True},
        "of": {**_said("What is ranked.", {"type": "string", "enum": list(TOPS)}, "pairs"), "required": True},
        "sort": _said("What comes first.", {"type": "string", "enum": list(SORTS)}, "last_seen"),
        "min_confidence": _said(
            "Only relations of which one sentence is at least so sure, 0 to 1. Lists of relations ask for 0.7 by "
            "themselves, unless they are of one article; 0 asks for all.",
            {"type": "string", "pattern": "^(?:0(?:\\.[0-9]{1,6})?|1(?:\\.0{1,6})?)$", "maxLength": 8},
            "0.7",
        ),
        "type": _said("Relation types, comma-separated.", _each_of(types), "visit"),
        "plover": _said("PLOVER event type.", {"type": "string", "enum": plovers}, "CONSULT"),
        "quad": _said("Class of the relation.", {"type": "string", "enum": list(QUADS)}, "verbal_cooperation"),
        "status": _said("Statuses, comma-separated.", _each_of(statuses), "occurred"),
        "article": _said("Only what this article says: its id.", TEXT),
        "since": _said("First day of the event.", day, "2024-06-01"),
        "until": _said("Last day of the event.", day, "2024-06-30"),
        "limit": _said("How many.", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}, 100),
        "evidence": _said("Sentences a relation brings.", {"type": "integer", "minimum": 0, "maximum": 50}, 3),
        "cursor": _said(
            "The `next` of the page before.",
            {"type": "string", "pattern": f"^(?:{CURSOR.pattern})$", "maxLength": LONGEST_CURSOR},
        ),
        "q": _said("Beginnings of words of the name.", TEXT, "kim"),
        "a": {**_said("Month to compare with.", month, "2024-05"), "required": True},
        "b": {**_said("Month that is compared.", month, "2024-06"), "required": True},
        "state": _said("State of the job.", {"type": "string", "enum": list(STATES)}, "done"),
        "kind": _said("Kind of the actor.", {"type": "string", "enum": list(KINDS)}, "person"),
        "format": {
            **_said("Format of the file.", {"type": "string", "enum": sorted(FORMATS)}, "csv"),
            "required": True,
        },
    }


def _each_of(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^(?:{pattern})(?:,(?:{pattern}))*$", "maxLength": LONGEST_VALUE}


def _said(description: str, schema: dict[str, Any], example: Any = None) -> dict[str, Any]:
    found = {"description": description, "schema": schema}
    return found if example is None else {**found, "example": example}
