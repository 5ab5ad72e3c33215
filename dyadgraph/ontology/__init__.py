"""The vocabulary: which relation types there are and which words carry them."""

from dyadgraph.ontology.frames import Frame, Trigger, TriggerKind, parse_frame, parse_trigger
from dyadgraph.ontology.loader import load_ontology
from dyadgraph.ontology.modes import Modes
from dyadgraph.ontology.vocabulary import QUADS, Composition, Cue, Cues, Example, Ontology, Quad, RelationType

__all__ = [
    "QUADS",
    "Composition",
    "Cue",
    "Cues",
    "Example",
    "Frame",
    "Modes",
    "Ontology",
    "Quad",
    "RelationType",
    "Trigger",
    "TriggerKind",
    "load_ontology",
    "parse_frame",
    "parse_trigger",
]
