"""Our hints beside an item: what is looked at, what to have ready, how it is put right."""

from collections.abc import Sequence

import streamlit as st

from schemes import Item, Scheme
from schemes.guidance import guidance
from wording.guidance import EFFORTS, LABEL, PARTS, basis_words, paper_words, row_words
from wording.labels import plain


def item_guidance(scheme: Scheme, item: Item) -> None:
    """One line that opens; what it holds is read when it does. It stays open on the next item."""
    shelf = st.expander(
        f"{LABEL}：{PARTS}", key="guidance", icon=":material/lightbulb:", on_change="rerun"
    )
    if not shelf.open:
        return
    found = guidance(scheme).get(item.id)
    if found is None:
        shelf.text("本条还没有提示")
        return
    remedy = found.remedy
    lines = [
        f"**看什么**　{plain(found.look)}",
        *_list([f"{plain(name)}：{plain(words)}" for name, words in row_words(item, found)]),
        "**备什么**",
        *_list([plain(paper_words(paper)) for paper in found.records]),
        "**怎么改**",
        *_list(
            [
                f"今天先做：{plain(remedy.today)}",
                f"长期保持：{plain(remedy.lasting)}",
                f":gray[{EFFORTS[remedy.effort]}]",
            ]
        ),
    ]
    if found.basis:
        lines.append(f":gray[依据：{plain('；'.join(map(basis_words, found.basis)))}]")
    shelf.markdown("\n\n".join(lines))


def _list(entries: Sequence[str]) -> list[str]:
    return ["\n".join(f"- {entry}" for entry in entries)] if entries else []
