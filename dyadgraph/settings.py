"""The only place that reads the environment: names, defaults and checks of every setting."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from dyadgraph.errors import SettingsError

PREFIX = "DYADGRAPH_"
PAIR_MODELS = ("full", "fast")


def default_store() -> str:
    """Return the address of an SQLite file in the user's data folder."""
    return f"sqlite:///{Path(platformdirs.user_data_dir('dyadgraph', appauthor=False)) / 'graph.db'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set from outside; each field is read from DYADGRAPH_<NAME>."""

    store: str = ""
    """Address of the graph: `sqlite:///path`, `bolt://…`, `neo4j://…`. Default: a file in your data folder."""
    neo4j_user: str = "neo4j"
    """User name at a Neo4j store."""
    neo4j_password: str = ""
    """Password at a Neo4j store; empty means no authentication."""
    neo4j_database: str = "neo4j"
    """Database at a Neo4j store."""
    journal: str = ""
    """File of the journal of ingest jobs. Default: beside an SQLite graph, in your data folder for another one."""
    language_model: str = ""
    """Name or path of a spaCy pipeline with ClearNLP labels (`en_core_web_sm` …). Default: the one that ships."""
    pair_model: str = "full"
    """What judges pairs of actors: `full` (linear model and transformer) or `fast` (without the transformer)."""
    host: str = "127.0.0.1"
    """Address that `dyadgraph serve` listens on."""
    port: int = 8765
    """Port that `dyadgraph serve` listens on; 0 takes a free one."""
    max_body: int = 10_000_000
    """Largest request body, in bytes."""
    api_keys: str = ""
    """Hashes of the keys that may write over HTTP, comma-separated (`dyadgraph keys`); empty lets everybody write."""
    rate_limit: int = 0
    """Requests a minute that one client may make over HTTP; 0 means no limit."""
    cors_origin: str = ""
    """Origin whose pages may read the API (`https://example.org`, `*`); empty means none."""
    proxies: int = 0
    """How many proxies stand before the service, whose X-Forwarded headers are believed."""
    fetch_allow: str = ""
    """Hosts and networks that may be fetched though they are not public (`intranet.example, 10.1.0.0/16`)."""
    worker: int = 1
    """1 lets the service work off the jobs that are sent to it; 0 leaves them to another process of the same graph."""
    max_article: int = 2_000_000
    """Longest article that is read, in characters."""

    @property
    def journal_path(self) -> Path:
        """Where the journal of this graph lies; every graph has one of its own."""
        if self.journal:
            return Path(self.journal)
        if self.store.startswith("sqlite:///"):
            return Path(self.store.removeprefix("sqlite:///") + ".journal")
        folder = Path(platformdirs.user_data_dir("dyadgraph", appauthor=False))
        return folder / f"{hashlib.sha256(self.store.encode()).hexdigest()[:16]}.journal"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, *, store: str = "") -> Settings:
        """Read the settings; `store` stands in for an address that is not set.

        Raises SettingsError for a value that cannot be used.
        """
        env = os.environ if environment is None else environment
        given: dict[str, str | int] = {}
        for field in fields(cls):
            raw = env.get(PREFIX + field.name.upper(), "").strip()
            if not raw:
                continue
            given[field.name] = _whole_number(field.name, raw) if field.type == "int" else raw
        if given.get("pair_model", "full") not in PAIR_MODELS:
            raise SettingsError(f"{PREFIX}PAIR_MODEL={given['pair_model']!r} is unknown; give full or fast")
        given.setdefault("store", store or default_store())
        return cls(**given)  # type: ignore[arg-type]


def _whole_number(name: str, raw: str) -> int:
    if not raw.isdecimal():
        raise SettingsError(f"{PREFIX}{name.upper()}={raw!r} is not a whole number; give digits only")
    return int(raw)
