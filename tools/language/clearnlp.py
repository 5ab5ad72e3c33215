"""Universal Dependencies in, ClearNLP labels out: heads and labels as the `en_core_web_*` pipelines give them.

Universal Dependencies hang the preposition on its noun and the copula on its predicate; ClearNLP has them the
other way round (visit -prep-> to -pobj-> Pyongyang; was -attr-> president), and each conjunct on the one before.
"""

from __future__ import annotations

from itertools import pairwise

from tools.language.sentence import Word
from tools.language.treebanks import Token

RENAMED = {
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "obj": "dobj",
    "iobj": "dative",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "obl:agent": "npadvmod",
    "obl:unmarked": "npadvmod",
    "obl:tmod": "npadvmod",
    "obl:npmod": "npadvmod",
    "obl": "npadvmod",
    "nmod:unmarked": "npadvmod",
    "nmod:tmod": "npadvmod",
    "nmod:npmod": "npadvmod",
    "nmod:desc": "compound",
    "compound:prt": "prt",
    "det:predet": "predet",
    "cc:preconj": "preconj",
    "flat": "compound",
    "flat:foreign": "compound",
    "flat:name": "compound",
    "vocative": "npadvmod",
    "discourse": "intj",
    "fixed": "advmod",
    "cop": "aux",
    "root": "ROOT",
    "goeswith": "dep",
    "list": "dep",
    "orphan": "dep",
    "dislocated": "dep",
    "reparandum": "dep",
}
# What a preposition may lead; other words keep it as a plain child.
LED = {"obl", "nmod", "conj", "root", "xcomp", "advcl", "acl", "appos", "parataxis", "ccomp", "advmod", "dep"}
LED |= {"orphan", "list", "@attr", "nummod"}
KEPT_BY_PREPOSITION = {"appos", "parataxis"}
NAME_HEADS = {"PROPN", "NOUN", "X", "ADJ", "NUM", "PRON"}
MOVED_TO_COPULA = {"nsubj", "csubj", "aux", "expl", "discourse", "vocative", "parataxis", "dislocated", "advcl"}
CLAUSE_MARKS = {"as", "if", "while", "though", "although", "that", "because", "whether", "unless"}
NEGATIONS = {"not", "n't", "n’t", "nt"}
SEPARATORS = {",", ";", "-", "–", "—"}
TIMES = set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july".split()
)
TIMES |= set("august september october november december now then then end year day week month percent".split())


class _Tree:
    """The tree while it is turned: everything counts from 1; a label that begins with "@" is final."""

    def __init__(self, tokens: list[Token]) -> None:
        self.size = len(tokens)
        self.heads = [0, *(token.head for token in tokens)]
        self.labels = ["", *(token.deprel for token in tokens)]
        self.upos = ["", *(token.upos for token in tokens)]
        self.xpos = ["", *(token.xpos for token in tokens)]
        self.forms = ["", *(token.form.lower() for token in tokens)]
        self.led_by: dict[int, int] = {}

    def children(self, head: int) -> list[int]:
        return [index for index in range(1, self.size + 1) if self.heads[index] == head]

    def base(self, index: int) -> str:
        return self.labels[index].split(":")[0]

    def attach(self, index: int, head: int, label: str = "") -> None:
        self.heads[index] = head
        self.labels[index] = label or self.labels[index]


def to_clearnlp(tokens: list[Token]) -> tuple[Word, ...] | None:
    """Convert a sentence; None where the result is no tree with one root."""
    tree = _Tree(tokens)
    _mark_agents(tree)
    _promote_copulas(tree)
    _turn_names(tree)
    _chain_conjuncts(tree)
    _promote_prepositions(tree)
    _promote_gerund_marks(tree)
    if not _is_tree(tree):
        return None
    return tuple(
        Word(token.form, token.space, token.xpos, token.upos, token.lemma, (tree.heads[i] or i) - 1, _label(tree, i))
        for i, token in enumerate(tokens, start=1)
    )


def _mark_agents(tree: _Tree) -> None:
    """Name the doer of a passive ("imposed by the Union") where the treebank has a bare `obl`."""
    for index in range(1, tree.size + 1):
        verb = tree.heads[index]
        if tree.labels[index] != "obl" or not verb or tree.xpos[verb] != "VBN" or tree.upos[index] == "NUM":
            continue
        passive = tree.base(verb) == "acl" or any(tree.labels[child] == "aux:pass" for child in tree.children(verb))
        cases = [tree.forms[child] for child in tree.children(index) if tree.labels[child] == "case"]
        if passive and cases == ["by"] and tree.forms[index] not in TIMES:
            tree.labels[index] = "obl:agent"


def _promote_copulas(tree: _Tree) -> None:
    for copula in range(1, tree.size + 1):
        predicate = tree.heads[copula]
        if tree.labels[copula] != "cop" or not predicate:
            continue
        others = [child for child in tree.children(predicate) if child != copula]
        tree.attach(copula, tree.heads[predicate], tree.labels[predicate])
        led = any(tree.labels[child] == "case" and child < predicate for child in others)
        tree.attach(predicate, copula, "obl" if led else _predicate_label(tree, predicate))
        for child in others:
            if _goes_to_copula(tree, child, copula, predicate):
                tree.heads[child] = copula


def _predicate_label(tree: _Tree, predicate: int) -> str:
    if tree.upos[predicate] == "ADJ" or tree.xpos[predicate] in {"VBN", "JJ", "JJR", "JJS"}:
        return "@acomp"
    return {"ADV": "advmod", "VERB": "@ccomp"}.get(tree.upos[predicate], "@attr")


def _goes_to_copula(tree: _Tree, child: int, copula: int, predicate: int) -> bool:
    base = tree.base(child)
    if base in MOVED_TO_COPULA:
        return True
    if base == "mark":
        return child < copula
    if base == "cc":
        return tree.labels[copula] == "conj" and child < min(copula, predicate)
    if base == "punct":
        outside = child < min(copula, predicate) or child == tree.size or child > predicate
        return outside and '"' not in tree.forms[child]
    if base == "advmod":
        return child < copula or tree.forms[child] in {*NEGATIONS, "never"}
    if base == "conj":
        below = tree.children(child)
        clause = any(tree.labels[one] in {"cop", "aux"} or tree.base(one) == "nsubj" for one in below)
        return clause or tree.upos[child] in {"VERB", "AUX"}
    return base == "obl" and child < copula


def _turn_names(tree: _Tree) -> None:
    """Make the last word of a flat name its head: Kim <-compound- Jong <- Un becomes Kim -> Jong -> Un."""
    for head in range(1, tree.size + 1):
        parts = [child for child in tree.children(head) if tree.base(child) == "flat" and child > head]
        if not parts or tree.upos[head] not in NAME_HEADS or any(tree.upos[part] == "NUM" for part in parts):
            continue
        last = parts[-1]
        children = tree.children(head)
        tree.attach(last, tree.heads[head], tree.labels[head])
        for child in children:
            if child != last:
                tree.attach(child, last, "compound" if child in parts else "")
        tree.attach(head, last, "compound")


def _chain_conjuncts(tree: _Tree) -> None:
    for first in range(1, tree.size + 1):
        previous = first
        for conjunct in [child for child in tree.children(first) if tree.labels[child] == "conj" and child > first]:
            for child in tree.children(conjunct):
                between = previous < child < conjunct
                if between and (tree.labels[child] == "cc" or _separates(tree, child)):
                    tree.heads[child] = previous
            tree.heads[conjunct] = previous
            previous = conjunct


def _separates(tree: _Tree, index: int) -> bool:
    return tree.labels[index] == "punct" and tree.forms[index] in SEPARATORS


def _promote_prepositions(tree: _Tree) -> None:
    for noun in range(1, tree.size + 1):
        cases = [
            child
            for child in tree.children(noun)
            if tree.labels[child] == "case" and child < noun and tree.xpos[child] != "POS"
        ]
        if cases and tree.base(noun) not in LED:
            for case in cases:
                tree.labels[case] = "prep"
        elif cases:
            chain = [word for case in cases for word in (case, *_fixed(tree, case))]
            _lead(tree, noun, chain)


def _fixed(tree: _Tree, case: int) -> list[int]:
    return [child for child in tree.children(case) if tree.labels[child] == "fixed"]


def _lead(tree: _Tree, noun: int, chain: list[int]) -> None:
    """Hang the noun on its preposition (on the last of "because of") and the first one where the noun hung."""
    first, head, base = chain[0], tree.heads[noun], tree.base(noun)
    label = base if base in KEPT_BY_PREPOSITION else "prep"
    if tree.labels[noun] == "obl:agent":
        label = "agent"
    elif base == "conj":
        label = "conj"
        if head in tree.led_by:
            for child in tree.children(head):
                if tree.labels[child] == "cc" and head < child < first:
                    tree.heads[child] = tree.led_by[head]
            head = tree.led_by[head]
    tree.attach(first, head, "root" if base == "root" else f"@{label}")
    for upper, lower in pairwise(chain):
        tree.attach(lower, upper, "@prep")
    tree.attach(noun, chain[-1], "@pcomp" if tree.upos[noun] == "VERB" else "@pobj")
    tree.led_by[noun] = first
    for child in tree.children(noun):
        if child < first and tree.labels[child] in {"punct", "cc"}:
            tree.heads[child] = head or first
        elif child < first and tree.labels[child] == "advmod":
            tree.heads[child] = first


def _promote_gerund_marks(tree: _Tree) -> None:
    """Make "after meeting Putin" a preposition and its `pcomp`."""
    for verb in range(1, tree.size + 1):
        if tree.labels[verb] not in {"advcl", "acl"} or tree.xpos[verb] != "VBG":
            continue
        marks = [
            child
            for child in tree.children(verb)
            if tree.labels[child] == "mark" and tree.xpos[child] == "IN" and tree.forms[child] not in CLAUSE_MARKS
        ]
        if len(marks) == 1:
            tree.attach(marks[0], tree.heads[verb], "@prep")
            tree.attach(verb, marks[0], "@pcomp")


def _label(tree: _Tree, index: int) -> str:
    label = tree.labels[index]
    if not tree.heads[index]:
        return "ROOT"
    if label == "root":
        return "dep"
    if label.startswith("@"):
        return label[1:]
    if label == "mark" and tree.xpos[index] == "TO":
        return "aux"
    if label == "advmod" and tree.forms[index] in NEGATIONS:
        return "neg"
    if label == "xcomp" and tree.upos[index] == "ADJ":
        return "acomp"
    if label == "xcomp" and tree.upos[index] in {"NOUN", "PROPN"}:
        return "oprd"
    return RENAMED.get(label, label.split(":")[0])


def _is_tree(tree: _Tree) -> bool:
    if tree.heads[1:].count(0) != 1:
        return False
    for start in range(1, tree.size + 1):
        seen = set()
        index = start
        while index:
            if index in seen:
                return False
            seen.add(index)
            index = tree.heads[index]
    return True
