"""资料清单 in words, and two answers for one paper."""

import pytest

from ui.messages import clash_place, clash_value
from wording.records import count_words, doubt_words, group_words, open_words, title_words


def test_papers_are_counted_by_what_was_found() -> None:
    counts = {"have": 12, "missing": 3, None: 24}
    assert count_words(counts) == "共 39 份：有 12，没有 3，过期 0，未看 24"
    assert group_words("制度", counts) == "制度（39 份，没有 3）"
    assert group_words("制度", {None: 2}) == "制度（2 份）"


def test_what_is_in_doubt_says_for_lack_of_what() -> None:
    papers = [("花名册", "missing"), ("台账", "expired")]
    assert doubt_words(papers) == "没有花名册；台账过期"


def test_questions_without_an_answer_make_the_list_longer() -> None:
    assert open_words(0) is None
    assert open_words(2) == "适用范围还有 2 个问题没有回答，与之相关的资料都列在内。"


def test_the_list_of_a_reassessment_says_so() -> None:
    assert (title_words("自评"), title_words("复评")) == ("资料清单", "复评资料清单")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("work", "papers", "花名册"), "missing", ("资料“花名册”", "“没有”")),
        (("work", "papers", "花名册"), None, ("资料“花名册”", "（空）")),
        (("work", "departments", "2"), "安环科", ("2 准备资料的部门", "“安环科”")),
        (("work", "actions", "1" * 32, "start"), None, ("整改的开始日期", "（空）")),
        (("work", "actions", "1" * 32, "grade"), "major", ("整改的等级", "“重大”")),
        (("work", "actions", "1" * 32, "due"), "2026-12-01", ("整改的整改期限", "“2026-12-01”")),
        (("work", "remarks", "2.1.1"), "have", ("2.1.1 备注", "“have”")),
    ],
)
def test_two_answers_are_told_in_the_words_of_the_page(
    path: tuple[str, ...], value: str | None, words: tuple[str, str]
) -> None:
    assert (clash_place(path, None), clash_value(path, value)) == words
