"""In an assessment that follows another one: what was found on an item last time."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from schemes import Item, Scheme
from scoring.compare import found_before
from state.documents.assessment import Assessment
from state.documents.snapshot import Snapshot
from state.documents.versions import result_of
from state.storage.repository import NotFound, RepositoryError
from ui import session
from wording.findings import loss_text
from wording.history import last_time_words
from wording.labels import plain, typed


def last_time(scheme: Scheme, assessment: Assessment, item: Item) -> None:
    """Name what was found on the item; nothing without a last time or a finding."""
    if not assessment.previous:
        return
    found = session.settle_address()
    snapshot_id = assessment.previous[-1]
    service, visitor = session.service(), session.visitor()

    def load(wanted: str) -> Snapshot:
        if found is None:
            raise NotFound(wanted)
        return service.open_snapshot(found, visitor, wanted)

    try:
        moment, words = _found((snapshot_id, scheme.version), scheme, load)
    except (RepositoryError, LookupError):  # deleted since, or its version is not there
        return
    listed = words.get(item.id)
    if not listed:
        return
    day = session.local_time(moment)[:10]
    lines = "  \n".join(f"• {typed(one)}" for one in listed)
    with st.container(border=True, key="last-time"):
        st.markdown(f":gray[:small[{plain(last_time_words(day))}]]  \n{lines}")


@st.cache_data(max_entries=50, show_spinner=False)
def _found(
    which: tuple[str, str], _scheme: Scheme, _load: Callable[[str], Snapshot]
) -> tuple[datetime, dict[str, list[str]]]:
    """When it was, and the words by item of a version; read once, as no snapshot ever changes.

    which: the snapshot, and the version. What could not be read is asked for again.
    Raises: RepositoryError, LookupError.
    """
    snapshot = _load(which[0])
    before = result_of(_scheme.id, snapshot.work)
    by_item = found_before(before, _scheme)
    words = {item: [loss_text(one.loss) for one in found] for item, found in by_item.items()}
    return snapshot.updated, words
