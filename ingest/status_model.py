"""A trigger, its relation type and what the rules say of its status in; occurred, planned, possible or denied out.

Rules know the auxiliaries and the verbs that govern an act; which words plan, offer, fear or call off beyond those, a
linear model has learned from labels (`tools/relations/status.py`). Figures: docs/accuracy.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dyadgraph.model import STATUSES, Status
from ingest.linear import MODELS, LinearModel, load_linear_model
from ingest.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

SHIPPED = "status.npz"
TELLING = frozenset(("aux", "neg", "advmod", "mark", "auxpass"))
NEAR = TELLING | {"det", "amod", "prt", "prep", "compound", "poss"}
UPWARDS = 3
BEFORE, AFTER = 5, 3


@dataclass(frozen=True, slots=True)
class StatusModel:
    """One logistic model for each status, in the order of `STATUSES`; the likeliest holds."""

    model: LinearModel

    def judge(self, scene: Scene, trigger: Token, type_id: str, said: Status) -> Status:
        """Return the status of an event, given the one that the rules say."""
        return STATUSES[int(self.model.probabilities(status_features(scene, trigger, type_id, said)).argmax())]


def status_features(scene: Scene, trigger: Token, type_id: str, said: Status) -> list[str]:
    """Return what the model looks at: the rules' answer, the trigger, its children, its governors, words around."""
    lemma = scene.lemma(trigger)
    found = [f"said={said}", f"type={type_id}", f"type={type_id},{said}", f"lemma={lemma}", f"tag={trigger.tag_}"]
    found += [f"tag={trigger.tag_},{said}", f"dep={trigger.dep_}", f"lemma={lemma},{trigger.tag_}"]
    for child in trigger.children:
        if child.i not in scene.links:
            found.append(f"child={child.dep_},{child.lower_}" if child.dep_ in NEAR else f"child={child.dep_}")
    found += _governors(scene, trigger)
    return list(dict.fromkeys([*found, *_words(scene, trigger)]))


def _governors(scene: Scene, trigger: Token) -> Iterator[str]:
    token = trigger
    for step in range(1, UPWARDS + 1):
        if token.head is token:
            yield f"root={step}"
            return
        dep, token = token.dep_, token.head
        lemma = scene.lemma(token)
        yield from (f"head{step}={lemma}", f"head{step}tag={token.tag_}", f"head{step}dep={dep}")
        yield f"head{step}={dep},{lemma}"
        yield from (f"head{step}child={c.dep_},{c.lower_}" for c in token.children if c.dep_ in TELLING)


def _words(scene: Scene, trigger: Token) -> Iterator[str]:
    doc = scene.doc
    yield from (f"before={t.lower_}" for t in doc[max(0, trigger.i - BEFORE) : trigger.i] if t.i not in scene.links)
    yield from (f"after={t.lower_}" for t in doc[trigger.i + 1 : trigger.i + 1 + AFTER] if t.i not in scene.links)
    yield from (f"any={t.lower_}" for t in doc if t.dep_ in {"aux", "neg", "mark"} or t.tag_ == "MD")


def load_status_model(folder: Path | None = None) -> StatusModel:
    """Load the shipped model, or the one in a folder; raises LanguageModelError where it is damaged."""
    return StatusModel(load_linear_model((folder or MODELS) / SHIPPED))
