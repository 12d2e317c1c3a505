"""Standards that users bring: kept elsewhere, and handed to the library by whoever keeps them."""

from collections.abc import Sequence
from typing import Protocol

from schemes.tree import Scheme

PREFIX = "own-"
"""How the ids of standards that users bring begin; no shipped one does."""


class Brought(Protocol):
    """Where standards that users brought are kept; asked at every click, so quick."""

    def offered(self) -> Sequence[str]:
        """Ids of those that everybody may choose, in order."""

    def versions(self, scheme_id: str) -> Sequence[str]:
        """Versions, oldest to newest; none where there is no such standard."""

    def get(self, scheme_id: str, version: str) -> Scheme | None:
        """A version that is there. Raises: SchemeError for one that cannot be read."""
