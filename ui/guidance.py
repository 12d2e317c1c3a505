"""Our hints beside an item: what is looked at, what to have ready, how it is put right."""

from collections.abc import Iterator, Mapping

import streamlit as st

from schemes import Item, Scheme
from schemes.guidance import Guidance, guidance, has_guidance
from state.documents.assessment import Assessment, PaperState
from ui.frame import step_link
from wording.guidance import BASIS, LABEL, LOOK, PARTS, RECORDS, parts
from wording.labels import plain
from wording.records import STATES, TITLE

_SHELF = "guidance"


def item_guidance(
    assessment: Assessment, scheme: Scheme, item: Item, group: str | None
) -> Mapping[str, str]:
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
    blocks = _blocks(item, found, group, assessment.work.papers)
    with shelf:
        st.markdown("\n\n".join(blocks), anchors=False)
        step_link("records", assessment, TITLE, ":material/folder_open:")
    return found.checks


def _blocks(
    item: Item, found: Guidance, group: str | None, papers: Mapping[str, PaperState]
) -> Iterator[str]:
    """papers: what was found of some of them, by name."""
    said = dict(parts(found))
    said[RECORDS] = [
        f"{words}：{STATES[papers[paper.name]]}" if paper.name in papers else words
        for paper, words in zip(found.records, said[RECORDS], strict=True)
    ]
    said[LOOK] += [
        f"{heading.title}：{found.checks[group]}"
        for heading in item.groups
        if heading.id == group and group in found.checks
    ]
    basis = said.pop(BASIS, [])
    for name, lines in said.items():  # a name right above its lines: a phone shows little at once
        yield "  \n".join([f"**{name}**", *(f":small[{plain(line)}]" for line in lines)])
    if basis:
        yield f":gray[:small[{BASIS}：{plain('；'.join(basis))}]]"
