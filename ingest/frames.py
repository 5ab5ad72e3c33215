"""The vocabulary's triggers in, an index of them by head lemma out; compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dyadgraph.ontology import Frame, Ontology, RelationType, Trigger, parse_frame


@dataclass(frozen=True, slots=True)
class Rule:
    """A trigger made ready to match: its type, its frame, its words with the head first."""

    type: RelationType
    trigger: Trigger
    frame: Frame
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name under which a relation says what made it: `verb:visit`."""
        return f"{self.trigger.kind}:{' '.join(self.trigger.lemmas)}"

    @property
    def weight(self) -> int:
        """How much the rule asks for; of two that match the same words the more demanding is right."""
        frame = self.frame
        return 4 * len(self.words) + 3 * bool(frame.nouns) + 2 * bool(frame.prepositions) + frame.takes_noun


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """All rules by the lemma of their head word, the most demanding first."""

    verbs: Mapping[str, tuple[Rule, ...]]
    nouns: Mapping[str, tuple[Rule, ...]]


def compile_rules(ontology: Ontology) -> RuleIndex:
    """Compile every trigger of the vocabulary."""
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for relation_type in ontology.types.values():
        for trigger in relation_type.triggers:
            is_noun = trigger.kind == "noun"
            # A compound's head is its last word ("air strike"), a verb's or phrase's its first ("pull out").
            words = trigger.lemmas[::-1] if is_noun else trigger.lemmas
            rule = Rule(relation_type, trigger, parse_frame(trigger.frame), words)
            (nouns if is_noun else verbs).setdefault(words[0], []).append(rule)
    return RuleIndex(_ordered(verbs), _ordered(nouns))


def _ordered(index: dict[str, list[Rule]]) -> dict[str, tuple[Rule, ...]]:
    return {lemma: tuple(sorted(rules, key=lambda rule: -rule.weight)) for lemma, rules in index.items()}
