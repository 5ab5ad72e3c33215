"""The vocabulary in, plain rows for people and machines out."""

from __future__ import annotations

from typing import Any

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
