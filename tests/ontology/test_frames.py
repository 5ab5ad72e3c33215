import pytest

from dyadgraph.ontology import Frame, parse_frame, parse_trigger


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("A _ B", Frame()),
        ("B _ A", Frame(swap=True)),
        ("A&B _", Frame(reciprocal=True)),
        ("A _ on|against B", Frame(prepositions=("on", "against"))),
        ("A _ between B", Frame(prepositions=("between",))),
        ("A _ X to B", Frame(takes_noun=True, prepositions=("to",))),
        (
            "A _ X{raid,air strike} on B",
            Frame(takes_noun=True, nouns=frozenset({"raid", "air strike"}), prepositions=("on",)),
        ),
        ("B _ X{aid} from A", Frame(swap=True, takes_noun=True, nouns=frozenset({"aid"}), prepositions=("from",))),
    ],
)
def test_frame_is_taken_apart(text, frame):
    assert parse_frame(text) == frame


@pytest.mark.parametrize(
    "text", ["", "A _", "A _ A", "A B _", "A _ X B", "A _ X{} on B", "A&B _ X", "A _ On B", "A  _ B"]
)
def test_frame_outside_the_grammar_is_refused(text):
    with pytest.raises(ValueError, match="frame"):
        parse_frame(text)


def test_trigger_line_gives_lemmas_frame_and_options():
    trigger = parse_trigger(
        "verb", "pull out : A _ of|from B | status=planned | cameo=0874 | mode=withdraw | context=military"
    )
    assert (trigger.kind, trigger.lemmas, trigger.frame) == ("verb", ("pull", "out"), "A _ of|from B")
    assert (trigger.status, trigger.cameo, trigger.mode, trigger.swap) == ("planned", "0874", "withdraw", False)
    assert trigger.context == "military"


def test_trigger_with_target_as_subject_is_swapped():
    assert parse_trigger("verb", "host : B _ A").swap


def test_trigger_line_is_written_back_without_options():
    assert parse_trigger("noun", "visit : A _ to|in B | cameo=042").line == "visit : A _ to|in B"


@pytest.mark.parametrize(
    ("kind", "line", "complaint"),
    [
        ("verb", "visit A _ B", "lacks ' : '"),
        ("verb", "Visit : A _ B", "lower-case"),
        ("verb", "set fire to : A _ B", "3 words"),
        ("phrase", "visit : A _ to B", "1 words"),
        ("noun", "attack : A _ X{bomb} on B", "cannot take a noun object"),
        ("phrase", "be angry : A _ B", "needs a preposition"),
        ("verb", "visit : A _ B | status=done", "status 'done'"),
        ("verb", "visit : A _ B | cameo=4", "CAMEO code '4'"),
        ("verb", "visit : A _ B | colour=red", "cannot be read"),
        ("verb", "visit : A _ B | mode=phone | mode=video", "cannot be read"),
    ],
)
def test_wrong_trigger_line_is_refused_with_the_reason(kind, line, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_trigger(kind, line)
