"""Where the graph is kept: an address goes in, an open store comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dyadgraph.errors import StoreError
from dyadgraph.ontology import Ontology
from dyadgraph.settings import Settings
from dyadgraph.store.base import GraphStore

__all__ = ["SCHEMES", "open_store"]


def _open_sqlite(address: str, _settings: Settings, ontology: Ontology) -> GraphStore:
    from dyadgraph.store.sqlite import SqliteStore  # noqa: PLC0415  (only the store that is used is imported)

    return SqliteStore(address, ontology)


def _open_neo4j(address: str, settings: Settings, ontology: Ontology) -> GraphStore:
    from dyadgraph.store.neo4j import Neo4jStore  # noqa: PLC0415  (the driver takes 0.2 s to import)

    return Neo4jStore(address, settings, ontology)


SCHEMES: Mapping[str, Callable[[str, Settings, Ontology], GraphStore]] = MappingProxyType(
    {
        "sqlite": _open_sqlite,
        "bolt": _open_neo4j,
        "bolt+s": _open_neo4j,
        "bolt+ssc": _open_neo4j,
        "neo4j": _open_neo4j,
        "neo4j+s": _open_neo4j,
        "neo4j+ssc": _open_neo4j,
    }
)


def open_store(address: str, settings: Settings, ontology: Ontology) -> GraphStore:
    """Open the store at an address such as `sqlite:///path` or `bolt://host:7687`, and make its schema.

    Raises StoreError for an address that cannot be used, StoreUnavailableError where nothing answers.
    """
    scheme, separator, _ = address.partition("://")
    opener = SCHEMES.get(scheme.lower()) if separator else None
    if opener is None:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise StoreError(
            f"DYADGRAPH_STORE {address!r} names no store we know; write sqlite:///path, "
            f"or an address that starts with one of {known}"
        )
    return opener(address, settings, ontology)
