"""Keys and capitals."""

from __future__ import annotations

import pytest

from dyadgraph.gazetteer.names import fold, has_case_of, is_whole


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("U.S.", "US"),
        ("al-Qa'ida", "Al Qaida"),
        ("Türkiye", "Turkiye"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Đinđić", "Dindic"),
        ("İlham Əliyev", "Ilham Aliyev"),
    ],
)
def test_spellings_of_one_name_have_one_key(first, second):
    assert fold(first) == fold(second)


@pytest.mark.parametrize(("text", "written"), [("us", "US"), ("turkey", "Turkey"), ("Us", "US"), ("is", "IS")])
def test_common_word_has_not_the_capitals_of_a_name(text, written):
    assert not has_case_of(text, written)


@pytest.mark.parametrize(("text", "written"), [("RUSSIA", "Russia"), ("al-Qaida", "Al-Qaida"), ("UN", "UN")])
def test_headline_capitals_and_small_articles_fit(text, written):
    assert has_case_of(text, written)


def test_punctuation_behind_a_name_is_not_part_of_it():
    assert [is_whole(text) for text in ("U.S.", "Washington, D.C.", "Congo (Kinshasa)")] == [True] * 3
    assert [is_whole(text) for text in ("Israel.", "Georgia,", "St. Petersburg.", "LRA..")] == [False] * 4
