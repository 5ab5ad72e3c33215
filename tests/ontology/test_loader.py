import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from dyadgraph.errors import OntologyError
from dyadgraph.ontology import load_ontology
from dyadgraph.ontology.loader import TYPE_FILES

VISIT = """plover = "CONSULT"
[classes]
leader = ["president", "premier"]
[[type]]
id = "visit"
label = "visit"
past = "visited"
cameo = "04"
goldstein = 1.0
quad = "verbal_cooperation"
symmetric = false
description = "Travel."
verbs = ["visit : A _ B", "host : B _ X{@leader} of A"]
[[type.example]]
text = "Putin visited North Korea."
relations = [["RUS", "visit", "PRK"]]
status = ["occurred"]
date = 2024-06-19
"""

MODES = """[contexts]
military = ["troop"]
[types]
[modes.CONSULT]
phone = ["telephone"]
"""


def write_vocabulary(folder: Path) -> Path:
    """Fill a folder with one type and the cues that ship, without their compositions."""
    for name in TYPE_FILES:
        (folder / name).write_text("", encoding="utf-8")
    (folder / "consult.toml").write_text(VISIT, encoding="utf-8")
    cues = files("dyadgraph.ontology").joinpath("cues.toml").read_text(encoding="utf-8")
    (folder / "cues.toml").write_text(cues.partition("\n[[composition]]")[0], encoding="utf-8")
    (folder / "modes.toml").write_text(MODES, encoding="utf-8")
    return folder


def rewrite(folder: Path, old: str, new: str, name: str = "consult.toml") -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_small_vocabulary_is_read(tmp_path):
    folder = write_vocabulary(tmp_path)
    visit = load_ontology(folder).get("visit")
    assert (visit.plover, visit.goldstein, visit.examples[0].relations) == ("CONSULT", 1.0, (("RUS", "visit", "PRK"),))


def test_class_of_nouns_is_written_out_in_the_frame(tmp_path):
    folder = write_vocabulary(tmp_path)
    trigger = load_ontology(folder).get("visit").triggers[1]
    assert trigger.frame == "B _ X{president,premier} of A"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('plover = "CONSULT"', 'plover = "consult"', "consult.toml: plover"),
        ('plover = "CONSULT"', 'plover = "CONSULT"\nplovr = 1', "consult.toml: unknown key 'plovr'"),
        ('id = "visit"\n', "", "consult.toml: type 1: 'id' is missing"),
        ('id = "visit"', 'id = "Visit"', "lower-case word"),
        ('label = "visit"', "label = 3", "consult.toml: visit: 'label' is 3"),
        ('label = "visit"', 'lable = "visit"', "consult.toml: visit: unknown key 'lable'"),
        ('cameo = "04"', 'cameo = "four"', "cameo is 'four'"),
        ("goldstein = 1.0", "goldstein = 11.0", "goldstein is 11.0"),
        ("goldstein = 1.0", "goldstein = 1", "'goldstein' is 1; write a float"),
        ("verbal_cooperation", "cooperation", "quad is 'cooperation'"),
        ("symmetric = false", 'symmetric = "no"', "'symmetric' is 'no'"),
        ('"visit : A _ B"', '"visit : A _"', "consult.toml: visit: frame 'A _'"),
        ('"visit : A _ B"', '"visit : A _ B", "visit : A _ B"', "twice"),
        ('"visit : A _ B"', '"visit : A _ B", "visit : A _ B | cameo=042"', "keep one"),
        ('"visit : A _ B"', "7", r"verbs\[0\] is 7"),
        ("X{@leader}", "X{@laeder}", "no frame names @leader"),
        ('leader = ["president", "premier"]', "", "@leader, which is not under"),
        ('["RUS", "visit", "PRK"]', '["RUS", "PRK"]', 'is not \\["CODE"'),
        ('["RUS", "visit", "PRK"]', '["RUS", "vist", "PRK"]', "example 1 names type 'vist'"),
        ('status = ["occurred"]', 'status = ["done"]', "status holds another word"),
        ('status = ["occurred"]', 'status = ["occurred", "planned"]', "2 statuses for 1 relations"),
        ("[[type]]", "[[type", "cannot be read as TOML"),
        ("[[type.example]]", 'example = ["x"]\n[[type]]\nid = "meet"', "example 1 is no table"),
    ],
)
def test_wrong_file_is_refused_with_place_and_mend(tmp_path, old, new, complaint):
    folder = write_vocabulary(tmp_path)
    rewrite(folder, old, new)
    with pytest.raises(OntologyError, match=complaint):
        load_ontology(folder)


def test_type_in_two_files_is_refused(tmp_path):
    folder = write_vocabulary(tmp_path)
    shutil.copy(folder / "consult.toml", folder / "agree.toml")
    with pytest.raises(OntologyError, match=r"agree\.toml: type 'visit' is defined a second time"):
        load_ontology(folder)


def test_trigger_of_two_types_is_refused(tmp_path):
    folder = write_vocabulary(tmp_path)
    twin = VISIT.replace('id = "visit"', 'id = "meet"')
    (folder / "agree.toml").write_text(twin, encoding="utf-8")
    with pytest.raises(OntologyError, match="'visit : A _ B' is in visit and in meet"):
        load_ontology(folder)


def test_missing_file_is_named(tmp_path):
    folder = write_vocabulary(tmp_path)
    (folder / "aid.toml").unlink()
    with pytest.raises(OntologyError, match=r"aid\.toml: no such file"):
        load_ontology(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[modes.CONSULT]", "[modes.CONSLT]", "modes: unknown key 'CONSLT'"),
        ("[types]", '[types]\nvist = "visit"', "types: unknown key 'vist'"),
        ("[contexts]", '[contexts]\nMilitary = ["army"]', "name 'Military' is no lower-case word"),
        ('"telephone"', '"Telephone"', "phone holds 'Telephone'"),
    ],
)
def test_wrong_modes_are_refused(tmp_path, old, new, complaint):
    folder = write_vocabulary(tmp_path)
    rewrite(folder, old, new, "modes.toml")
    with pytest.raises(OntologyError, match=complaint):
        load_ontology(folder)


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("mode=letter", "has mode 'letter'; its modes are phone"),
        ("context=art", "has context 'art'; use one of military"),
    ],
)
def test_trigger_with_an_unknown_mode_or_context_is_refused(tmp_path, option, complaint):
    folder = write_vocabulary(tmp_path)
    rewrite(folder, '"visit : A _ B"', f'"visit : A _ B | {option}"')
    with pytest.raises(OntologyError, match=complaint):
        load_ontology(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[negation]", "[negations]", "cues.toml: unknown key 'negations'"),
        ("[negation]\n", "[negation]\nparticles = []\n", "negation: unknown key 'particles'"),
        ('"hold"', '"Hold"', "light_verbs holds 'Hold'"),
        ("[past]", '[[composition]]\ncue = "hope"\nquads = []\n[past]', "cue is 'hope'"),
        ("[past]", '[[composition]]\ncue = "threat"\nquads = ["bad"]\n[past]', "quads holds 'bad'"),
        ("[past]", '[[composition]]\ncue = "threat"\nquads = []\ntype = "no"\n[past]', "type is 'no'"),
    ],
)
def test_wrong_cues_are_refused(tmp_path, old, new, complaint):
    folder = write_vocabulary(tmp_path)
    rewrite(folder, old, new, "cues.toml")
    with pytest.raises(OntologyError, match=complaint):
        load_ontology(folder)
