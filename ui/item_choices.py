"""What is more than a tick: the level of an item, what a sample showed, an amount for each time."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from schemes import Item
from schemes.tree import Amount
from scoring.numbers import text
from state.documents import changes
from state.documents.assessment import Assessment
from ui.widgets import on_change, show
from wording.findings import scale_words
from wording.labels import plain

_MOST = 9999
_NOT_CHOSEN = ""


def choices(assessment: Assessment, item: Item, disabled: bool) -> None:
    """The levels of an item, or the numbers of its sample; nothing of one that has neither."""
    for words in scale_words(item):
        st.markdown(f":gray[{plain(words)}]")
    if item.levels:
        _levels(assessment, item, disabled)
    if item.ratio:
        _sample(assessment, item, item.ratio, disabled)


def _levels(assessment: Assessment, item: Item, disabled: bool) -> None:
    labels = {_NOT_CHOSEN: "未选"}
    labels |= {level.id: f"{plain(level.title)}（{text(level.score)} 分）" for level in item.levels}
    chosen = assessment.work.answers.levels.get(item.id, _NOT_CHOSEN)
    key = show(f"level:{item.id}", chosen if chosen in labels else _NOT_CHOSEN)
    st.radio(
        "评定",
        list(labels),
        key=key,
        format_func=labels.__getitem__,
        horizontal=True,
        disabled=disabled,
        on_change=on_change(key, lambda level: changes.set_level(item.id, level or None)),
    )


def _sample(assessment: Assessment, item: Item, per: str, disabled: bool) -> None:
    kept = assessment.work.answers.ratios.get(item.id)
    inspected, failed = (kept.inspected, kept.failed) if kept else (0, 0)
    with st.container(horizontal=True):
        key = show(f"inspected:{item.id}", inspected)
        st.number_input(
            f"抽查（{plain(per)}）",
            min_value=0,
            max_value=max(_MOST, inspected),
            step=1,
            key=key,
            width=180,
            disabled=disabled,
            on_change=on_change(key, lambda n: changes.set_ratio(item.id, n or 0, failed)),
        )
        key = show(f"failed:{item.id}", failed)
        st.number_input(
            f"不合格（{plain(per)}）",
            min_value=0,
            max_value=inspected,
            step=1,
            key=key,
            width=180,
            disabled=disabled or not inspected,
            on_change=on_change(key, lambda n: changes.set_ratio(item.id, inspected, n or 0)),
        )


def amounts(
    label: str, condition_id: str, asked: Amount, given: Sequence[str], disabled: bool
) -> None:
    """A tick for a finding, and below it how many times, and what each of them costs.

    What is below stands there at all times: it must not push the next row under the finger.
    """
    least = text(asked.least)
    key = show(f"finding:{condition_id}", bool(given))
    st.checkbox(
        label,
        key=key,
        disabled=disabled,
        wrap=True,
        on_change=on_change(
            key, lambda ticked: changes.set_amounts(condition_id, [least] if ticked else [])
        ),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = show(f"times:{condition_id}", len(given))
        st.number_input(
            "共几次",
            min_value=0,
            max_value=max(50, len(given)),
            step=1,
            key=key,
            width=130,
            disabled=disabled,
            on_change=on_change(
                key,
                lambda n: changes.set_amounts(
                    condition_id, [*given, *[least] * max(0, n - len(given))][:n]
                ),
            ),
        )
        for place, amount in enumerate(given or [least]):
            _amount(condition_id, asked, given, place, amount, disabled or not given)


def _amount(  # noqa: PLR0913, PLR0917 - what one number is about
    condition_id: str,
    asked: Amount,
    given: Sequence[str],
    place: int,
    amount: str,
    disabled: bool,
) -> None:
    """One time's amount, one of those that may be chosen."""
    count = int((asked.most - asked.least) / asked.step) + 1
    options = [text(asked.least + n * asked.step) for n in range(count)]
    shown = text(Decimal(amount))
    key = show(f"amount:{condition_id}:{place}", shown if shown in options else options[0])
    st.selectbox(
        f"第 {place + 1} 次扣分",
        options,
        key=key,
        width=130,
        disabled=disabled,
        on_change=on_change(
            key,
            lambda value: changes.set_amounts(
                condition_id, [*given[:place], value, *given[place + 1 :]]
            ),
        ),
    )
