"""The features of a pair in, what each says in plain words out: `topends=visit|nsubj|dobj` becomes readable."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SIDES: Mapping[str, str] = MappingProxyType({">": "the first actor", "<": "the second actor"})

# Name of a feature without its side -> what it says of its value; {side} is the actor it describes.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "len": "{value} steps from actor to actor in the parse",
        "actors": "{value} actors in the sentence",
        "kinds": "kinds of the actors: {value}",
        "via": "the actors are called by {value}",
        "path": "path between the actors: {value}",
        "top": "“{value}” joins the actors",
        "toptag": "the word that joins the actors is a {value}",
        "toppath": "joining word and path: {value}",
        "topends": "joining word and the roles under it: {value}",
        "toptype": "the joining word can carry {value}",
        "toptypepath": "what the joining word can carry, and the path: {value}",
        "on": "on the path from {side}: {value}",
        "onany": "“{value}” lies on the path",
        "ontype": "a word on the path can carry {value}",
        "ontypeends": "what a word on the path can carry, and the actors' roles: {value}",
        "far": "distance of the actors: {value} × 3 words",
        "others": "{value} other actors between them",
        "btw": "“{value}” stands between the actors",
        "btw2": "“{value}” stand side by side between the actors",
        "btwtype": "a word between the actors can carry {value}",
        "btwall": "between the actors stands just “{value}”",
        "bef": "“{value}” stands before the first actor",
        "beftype": "a word before the first actor can carry {value}",
        "aft": "“{value}” stands after the second actor",
        "afttype": "a word after the second actor can carry {value}",
        "any": "a word of the sentence can carry {value}",
        "dep": "role of {side}: {value}",
        "head": "role and governing word of {side}: {value}",
        "next-1": "“{value}” stands before {side}",
        "next1": "“{value}” stands after {side}",
        "role": "{side} is {value} of its clause",
        "verb": "verb of {side} and its role: {value}",
        "verbtype": "what the verb of {side} can carry, and its role: {value}",
        "verbprt": "verb of {side} with its particle: {value}",
        "verbprep": "verb of {side} with a preposition: {value}",
        "verbdobj": "verb of {side} with its object: {value}",
        "aux": "auxiliary of the verb of {side}: {value}",
        "auxpass": "the verb of {side} is passive: {value}",
        "neg": "the verb of {side} is negated: {value}",
        "prt": "particle of the verb of {side}: {value}",
        "rule": "a rule relates the actors: {value}",
        "rulename": "the rule {value} relates the actors",
        "ruleelse": "a rule relates other actors: {value}",
    }
)
BARE: Mapping[str, str] = MappingProxyType(
    {"rule": "a rule relates the actors", "ruleelse": "a rule relates other actors of the sentence"}
)


def in_words(feature: str) -> str:
    """Return what a feature says, as a person would; the feature itself where it is of no kind that we know."""
    name, given, value = feature.partition("=")
    if not given:
        return BARE.get(feature, feature)
    if name in {"rule", "rulename"} and value.startswith("="):  # `rule==meet`: neither actor is the source
        value = value[1:]
    side = SIDES.get(name[-1:], "")
    template = WORDS.get(name.rstrip("<>"))
    return feature if template is None else template.format(value=value.replace("_", " "), side=side)
