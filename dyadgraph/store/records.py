"""An extraction goes in as the graph's nouns, comes out as plain values, and back: what files and Spark rows carry.

A record is one article with its relations; days are text (YYYY-MM-DD), ids of relations are left out, for they follow
from the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dyadgraph.errors import StoreError
from dyadgraph.model import Actor, Article, Evidence, Extraction, Relation, iso

Record = dict[str, Any]
ARTICLE = ("id", "text", "title", "url", "publisher", "published", "story")
ACTOR = ("id", "name", "kind", "country", "qid")
PLACE = ("sentence", "start", "end", "trigger", "trigger_start", "trigger_end")
CODE = ("type", "status", "rule", "confidence", "mode", "context")


def to_record(extraction: Extraction) -> Record:
    """Return the article's fields and `relations`."""
    article = extraction.article
    record = {name: getattr(article, name) for name in ARTICLE}
    record["published"] = iso(article.published)
    record["relations"] = [_to_relation_record(relation) for relation in extraction.relations]
    return record


def from_record(record: Mapping[str, Any], place: str) -> Extraction:
    """Return the extraction that was written at a place of a file; raises StoreError that names it."""
    try:
        article = _read_article(record)
        return Extraction(article, tuple(_read_relation(each, article) for each in record["relations"]))
    except KeyError as exc:
        raise StoreError(
            f"{place} has no {exc.args[0]!r}; only what `dyadgraph store export` wrote can be read"
        ) from exc
    except (TypeError, ValueError, AttributeError) as exc:
        raise StoreError(f"{place} holds a value of the wrong kind ({exc}); export the graph again") from exc


def _to_relation_record(relation: Relation) -> Record:
    evidence = relation.evidence
    return {
        "source": {name: getattr(relation.source, name) for name in ACTOR},
        "target": {name: getattr(relation.target, name) for name in ACTOR},
        **{name: getattr(relation, name) for name in CODE},
        "date": iso(relation.date),
        **{name: getattr(evidence, name) for name in PLACE},
        "evidence_date": iso(evidence.date),
    }


def _read_article(record: Mapping[str, Any]) -> Article:
    # Files of an older dyadgraph know no stories.
    fields = {name: record[name] for name in ARTICLE if name != "story"} | {"story": record.get("story")}
    if not isinstance(fields["id"], str) or not isinstance(fields["text"], str):
        raise TypeError("id and text of an article are text")
    return Article(**fields | {"published": _read_day(fields["published"])})


def _read_relation(record: Mapping[str, Any], article: Article) -> Relation:
    place = {name: record[name] for name in PLACE}
    evidence = Evidence(article, **place, date=_read_day(record["evidence_date"]))
    source, target = (Actor(**{name: record[side][name] for name in ACTOR}) for side in ("source", "target"))
    code = {name: record[name] for name in CODE}
    return Relation(source=source, target=target, evidence=evidence, date=_read_day(record["date"]), **code)


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
