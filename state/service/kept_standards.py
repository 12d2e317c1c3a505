"""The standards that users brought, handed to the library of standards."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from time import monotonic

from schemes import Scheme, SchemeError
from schemes.held import read_held
from schemes.problems import Problem
from state.documents.installed import InstalledScheme
from state.storage.line import Line, Query
from state.storage.repository import Repository, RepositoryError

_LOOK = 3.0
"""Seconds for which the list of standards counts as known."""

_KEPT = 40
"""Standards read that are kept; one takes a few megabytes."""


class KeptStandards:
    """The standards that users brought, as the library asks for them.

    State: the lines of the index, looked at again every few seconds and whenever an id is
    unknown, as another server may just have installed it; trees that were read, as what is
    installed is never rewritten.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._lines: list[Line] = []
        self._looked: float | None = None
        self._read: OrderedDict[tuple[str, str], Scheme] = OrderedDict()
        self._lock = Lock()

    def offered(self) -> list[str]:
        """Ids of those installed for everybody and not withdrawn, the first installed first."""
        facts = ((_id(one), one.facts) for one in self._known())
        return list(
            dict.fromkeys(
                i for i, fact in facts if fact.get("everybody") and not fact.get("withdrawn")
            )
        )

    def versions(self, scheme_id: str) -> list[str]:
        """Versions, oldest to newest; none where there is no such standard."""
        found = _versions(self._known(), scheme_id)
        return found or _versions(self._known(anew=True), scheme_id)

    def get(self, scheme_id: str, version: str) -> Scheme | None:
        """A version that is there. Raises: SchemeError for one that cannot be read."""
        with self._lock:
            found = self._read.get((scheme_id, version))
            if found:
                self._read.move_to_end((scheme_id, version))
                return found
        document_id = self._document(scheme_id, version)
        if document_id is None:
            return None
        try:
            scheme = read_held(self._repository.load(document_id, InstalledScheme).content)
        except RepositoryError as error:
            fault, remedy = f"标准 {scheme_id} 读不出来（{error}）", "稍后再试，或重新导入"
            raise SchemeError([Problem(Path(scheme_id), 1, "（文件）", fault, remedy)]) from error
        with self._lock:
            self._read[scheme_id, version] = scheme
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return scheme

    def forget(self) -> None:
        """Look anew, as something was installed."""
        self._looked = None

    def _document(self, scheme_id: str, version: str) -> str | None:
        for anew in (False, True):
            for line in self._known(anew):
                if (line.standard, line.version) == (scheme_id, version):
                    return line.id
        return None

    def _known(self, anew: bool = False) -> list[Line]:
        """Lines of what is installed, the first first; as they were while the place is away."""
        if anew or self._looked is None or monotonic() - self._looked > _LOOK:
            try:
                lines = self._repository.list(Query(), InstalledScheme).lines
                self._lines = [one for one in reversed(lines) if one.version]
            except RepositoryError:
                return self._lines
            self._looked = monotonic()
        return self._lines


def _versions(lines: list[Line], scheme_id: str) -> list[str]:
    return sorted({one.version for one in lines if one.standard == scheme_id}, key=int)


def _id(line: Line) -> str:
    return line.standard or ""
