"""The builder, the linter and the page of coverage."""

from __future__ import annotations

import json

from tools.gazetteer.countries import update_countries
from tools.gazetteer.coverage import PAGE, write_page
from tools.gazetteer.lint import find_faults


def test_page_of_coverage_is_fresh(gazetteer):
    assert PAGE.read_text(encoding="utf8") == write_page(gazetteer), "run `python -m tools.gazetteer coverage`"


def test_linter_sees_two_holders_of_one_office(with_people, folder):
    gazetteer = with_people(
        "Jane Roe,,FRA,head_of_state,President,2001,2005,Roe,", "Max Moe,,FRA,head_of_state,President,2004,2008,Moe,"
    )
    fault = find_faults(gazetteer, folder / "people")[0]
    assert fault.startswith("FRA head_of_state: Jane Roe (President 2001-01-01 to 2005-12-31) and Max Moe")


def test_linter_sees_persons_who_may_be_one(with_people, folder):
    gazetteer = with_people(
        "Roe Jane,,CHN,foreign_minister,Foreign Minister,2001,2005,Roe,", "Jane Roe,,CHN,other,Envoy,2006,2008,Roe,"
    )
    assert "may be one" in find_faults(gazetteer, folder / "people")[0]


def test_linter_sees_one_id_of_two_persons(with_people, folder):
    gazetteer = with_people(
        "Jane Roe,Q5,FRA,head_of_state,President,2001,2005,Roe,",
        "Max Moe,Q5,DEU,head_of_state,President,2004,2008,Moe,",
    )
    assert "qid Q5 is given to Jane Roe" in find_faults(gazetteer, folder / "people")[0]
    assert gazetteer.find("Jane Roe", None) != gazetteer.find("Max Moe", None)


def test_draft_adds_a_state_and_keeps_what_stands_by_hand(folder, tmp_path):
    territory = {
        "qid": "Q1",
        "name": "Utopia",
        "region": "Sea",
        "subregion": "",
        "is_country": True,
        "historical": False,
    }
    chad = territory | {"qid": "Q657", "name": "Other name"}
    (tmp_path / "draft.json").write_text(json.dumps({"UTO": territory, "TCD": chad}), encoding="utf8")
    update_countries(tmp_path / "draft.json", folder / "countries.csv")
    text = (folder / "countries.csv").read_text(encoding="utf8")
    assert "UTO,Q1,Utopia,Sea" in text
    assert "TCD,Q657,Chad,Sea" in text
