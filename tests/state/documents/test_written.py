"""What somebody wrote, to be given back to them where it cannot be saved."""

import pytest

from state.documents import changes
from state.documents.assessment import Entry, new_assessment
from state.documents.written import newly_written


@pytest.mark.parametrize(
    "change",
    [
        changes.set_profile("members", "张三、李四"),
        changes.set_chapter("enterprise", "", "张三、李四"),
        changes.set_text("remarks", "1.1.1", "", "张三、李四"),
        changes.set_text("evidence", "1.1.1", "", "张三、李四"),
        changes.set_department("2", "张三、李四"),
        changes.add_entry("12.1", "12.1-a", Entry(text="张三、李四")),
    ],
)
def test_words_of_ones_own_are_found(change) -> None:
    before = new_assessment()
    assert newly_written(before, change(before)) == ["张三、李四"]
    assert newly_written(change(before), change(before)) == []


@pytest.mark.parametrize(
    "change",
    [
        changes.set_finding("1.1.1-a", 2),
        changes.set_profile("employees", 7),
        changes.set_paper("花名册", "missing"),
        changes.set_text("remarks", "1.1.1", "x", ""),
    ],
)
def test_what_was_chosen_or_emptied_is_no_text(change) -> None:
    before = changes.set_text("remarks", "1.1.1", "", "x")(new_assessment())
    assert newly_written(before, change(before)) == []
