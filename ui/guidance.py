"""Our hints beside an item: what is looked at, what to have ready, how it is put right."""

from collections.abc import Iterable, Iterator, Mapping

import streamlit as st

from schemes import Item, Scheme
from schemes.guidance import Guidance, guidance, has_guidance
from wording.guidance import LABEL, PARTS, basis_words, paper_words, remedy_lines
from wording.labels import plain

_SHELF = "guidance"


def item_guidance(scheme: Scheme, item: Item, group: str | None) -> Mapping[str, str]:
    """One line that opens; what it holds is read when it does. It stays open on the next item.

    group: the one whose checks are shown. A standard of one's own has no line until somebody
    writes guidance for it. Returns: the hints to stand beside the rows, by id of the check.
    """
    if not has_guidance(scheme):
        return {check.id: check.hint for check in item.checks if check.hint}
    shelf = st.expander(
        f"{LABEL}：{PARTS}", key=_SHELF, icon=":material/lightbulb:", on_change="rerun"
    )
    if not shelf.open:
        return {}
    found = guidance(scheme)[item.id]
    shelf.markdown("\n\n".join(_lines(item, found, group)), anchors=False)
    return found.checks


def _lines(item: Item, found: Guidance, group: str | None) -> Iterator[str]:
    rows = [
        f"{heading.title}：{found.checks[group]}"
        for heading in item.groups
        if heading.id == group and group in found.checks
    ]
    yield _block("看什么", [found.look, *rows])
    yield _block("备什么", map(paper_words, found.records))
    yield _block("怎么改", remedy_lines(found.remedy))
    if found.basis:
        yield f":gray[:small[依据：{plain('；'.join(map(basis_words, found.basis)))}]]"


def _block(name: str, lines: Iterable[str]) -> str:
    """A name, and its lines right below it: a phone shows little at once."""
    return "  \n".join([f"**{name}**", *(f":small[{plain(line)}]" for line in lines)])
