"""Changes that would overwrite somebody else's, kept in the session until the user decides."""

from collections.abc import Collection
from typing import Generic, TypeVar

import streamlit as st

from state.documents.clashes import Clash

C = TypeVar("C")
"""A change."""


class Undecided(Generic[C]):
    """The undecided changes of one document.

    name: where they stand in the session, with the document's id.
    """

    def __init__(self, name: str) -> None:
        self._kept: list[tuple[C, Collection[Clash]]] = st.session_state.setdefault(
            f"undecided:{name}", []
        )

    def add(self, change: C, clashes: Collection[Clash]) -> None:
        """Put a change aside that clashes with what others did."""
        self._kept.append((change, clashes))

    def clashes(self) -> list[Clash]:
        """What the user and somebody else changed at the same time, the latest of each place."""
        latest = {clash.path: clash for _, found in self._kept for clash in found}
        return list(latest.values())

    def taken(self) -> list[C]:
        """The changes in their order; none is undecided from then on."""
        changes = [change for change, _ in self._kept]
        self._kept.clear()
        return changes
