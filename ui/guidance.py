"""Our hints beside an item: what is looked at, what to have ready, how it is put right."""

from collections.abc import Iterator, Mapping

import streamlit as st

from schemes import Item, Scheme
from schemes.guidance import Guidance, guidance, has_guidance
from wording.guidance import BASIS, LABEL, LOOK, PARTS, parts
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
    shelf.markdown("\n\n".join(_blocks(item, found, group)), anchors=False)
    return found.checks


def _blocks(item: Item, found: Guidance, group: str | None) -> Iterator[str]:
    said = dict(parts(found))
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
