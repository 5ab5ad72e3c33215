"""The analyst's page: every curl line is asked again and answers as it is printed."""

from __future__ import annotations

import pytest

from tools.questions import BLOCK, PAGE, fill_page

TEXT = PAGE.read_text(encoding="utf8")


def test_page_has_twenty_questions():
    assert len(BLOCK.findall(TEXT)) == TEXT.count("\n## ") == 20


@pytest.mark.parametrize("block", [match[0] for match in BLOCK.finditer(TEXT)], ids=range(1, 21))
def test_question_is_answered_as_printed(client, block):
    assert fill_page(block, client) == block, "run `python -m tools.questions`"
