"""What a reader gives in the place of an article that it cannot give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from dyadgraph.errors import ArticleError

Kind = Literal["quarantined", "skipped"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that gave no article: where it stands and why.

    `quarantined` is what could not be read and may be tried again once it is mended; `skipped` is what was
    read and is none of ours (another language). `place` is what to give to `read` again.
    """

    place: str
    reason: str
    kind: Kind = "quarantined"

    def to_dict(self) -> dict[str, Any]:
        """Return place, reason and kind for machines."""
        return {"place": self.place, "reason": self.reason, "kind": self.kind}


class SkippedError(ArticleError):
    """Raised for an article that was read and is none of ours."""


def reject(place: str, error: ArticleError) -> Rejected:
    """Return the error as an item of a job."""
    return Rejected(place, str(error), "skipped" if isinstance(error, SkippedError) else "quarantined")
