"""The vocabulary in, plain rows for people and machines out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dyadgraph.model import Relation, iso
from dyadgraph.ontology import Ontology


def type_rows(ontology: Ontology) -> list[dict[str, Any]]:
    """Return one row a relation type: id, label, plover, cameo, goldstein, quad, symmetric, description."""
    return [
        {
            "id": relation_type.id,
            "label": relation_type.label,
            "plover": relation_type.plover,
            "cameo": relation_type.cameo or None,
            "goldstein": relation_type.goldstein,
            "quad": relation_type.quad,
            "symmetric": relation_type.symmetric,
            "description": relation_type.description,
        }
        for relation_type in ontology.types.values()
    ]


def to_event(relation: Relation, ontology: Ontology) -> dict[str, Any]:
    """Return one relation with the codes of its type."""
    type_ = ontology.types[relation.type]
    evidence = replace(relation.evidence, relation=relation.id, confidence=relation.confidence)
    return {
        "id": relation.id,
        "source": relation.source.to_dict(),
        "target": relation.target.to_dict(),
        "type": type_.id,
        "plover": type_.plover,
        "cameo": type_.cameo or None,
        "goldstein": type_.goldstein,
        "quad": type_.quad,
        "status": relation.status,
        "date": iso(relation.date),
        "confidence": round(relation.confidence, 3),
        "rule": relation.rule,
        "mode": relation.mode,
        "context": relation.context,
        "evidence": evidence.to_dict(),
    }
