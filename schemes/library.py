"""Every version of every standard: the newest from its YAML folder, older ones as frozen.

State: a `Library` keeps the trees it has read, as one takes up to half a second to build; whoever
changes files on the disk makes a new one. `installed` is this installation's; what scores, shows
or keeps assessments asks it through the functions below.
"""

import re
from dataclasses import replace
from pathlib import Path
from threading import Lock

from schemes.brought import PREFIX, Brought
from schemes.freezing import keep_frozen
from schemes.frozen import frozen_json, read_frozen
from schemes.loader import load_folder
from schemes.tree import Scheme

OLDER = "older"
"""Folder of the frozen versions, beside `scheme.yaml`."""

_PIECE = re.compile(r"\d+|\D+")


class UnknownScheme(KeyError):
    """No standard has this id, or none of its versions is this one.

    id, version: what was asked for; version is None where the id is unknown.
    """

    def __init__(self, scheme_id: str, version: str | None = None) -> None:
        super().__init__(scheme_id, version)
        self.id = scheme_id
        self.version = version

    def __str__(self) -> str:
        if self.version is None:
            return f"没有标准 {self.id}"
        return f"标准 {self.id} 没有 {self.version} 版"


class Library:
    """The standards below one folder, read on first use and then kept.

    only: id of the one standard to have; all of them if None.
    """

    def __init__(self, home: Path, only: str | None = None) -> None:
        self.home = home
        self._only = only
        self._read: dict[tuple[Path, str, str | None], Scheme] = {}
        self._reading = Lock()
        self._brought: Brought | None = None

    def bring(self, brought: Brought | None) -> None:
        """Have standards that users brought too; none any more if None."""
        self._brought = brought

    def ids(self) -> list[str]:
        """Ids of the standards, in alphabetical order, and of those brought for everybody."""
        return [*self._shipped(), *(self._brought.offered() if self._brought else ())]

    def knows(self, scheme_id: str | None) -> bool:
        """Whether there is such a standard, also one that somebody brought for themselves."""
        if scheme_id is not None and self._brings(scheme_id) is not None:
            return True
        return scheme_id in self._shipped()

    def _shipped(self) -> list[str]:
        names = [self._only] if self._only else sorted(f.name for f in self.home.iterdir())
        return [name for name in names if (self.home / name / "scheme.yaml").is_file()]

    def _brings(self, scheme_id: str) -> Brought | None:
        """Who brings a standard, where it is there and not in a folder."""
        if self._brought is None or not scheme_id.startswith(PREFIX):
            return None
        return self._brought if self._brought.versions(scheme_id) else None

    def get(self, scheme_id: str, version: str | None = None) -> Scheme:
        """A version of a standard; the newest where none is named.

        Raises: UnknownScheme; SchemeError for faulty files.
        """
        brought = self._brings(scheme_id)
        if brought:
            wanted = version if version is not None else brought.versions(scheme_id)[-1]
            scheme = brought.get(scheme_id, wanted)
            if scheme is None:
                raise UnknownScheme(scheme_id, wanted)
            return scheme
        newest = self._tree(scheme_id)
        if version is None or version == newest.version:
            return newest
        return self._tree(scheme_id, version)

    def versions(self, scheme_id: str) -> list[str]:
        """Versions of a standard, oldest to newest. Raises: as `get`."""
        brought = self._brings(scheme_id)
        if brought:
            return list(brought.versions(scheme_id))
        newest = self.get(scheme_id).version
        older = self._older(scheme_id).keys() - {newest}
        return [*sorted(older, key=_natural), newest]

    def history(self, scheme_id: str) -> list[Scheme]:
        """Every version of a standard, oldest to newest. Raises: as `get`."""
        return [self.get(scheme_id, version) for version in self.versions(scheme_id)]

    def suggest(self, text: str) -> list[str]:
        """Ids of the shipped standards whose keywords occur in a description of the business."""
        return [i for i in self._shipped() if any(word in text for word in self.get(i).keywords)]

    def freeze(self, scheme_id: str) -> tuple[Path, bool]:
        """Keep the newest version for ever. Returns: its file, and whether it is new.

        Raises: as `get`; SchemeError when the version is frozen already with other content.
        """
        scheme = self.get(scheme_id)
        path = self.home / scheme_id / OLDER / f"{scheme.version}.json"
        content = frozen_json(scheme)
        fault = f"{scheme.version} 版已冻结，内容与现在的标准文件不同"
        remedy = "在 scheme.yaml 中把 version 加大，再冻结"
        return path, keep_frozen(path, content, fault, remedy)

    def _older(self, scheme_id: str) -> dict[str, Path]:
        """The frozen versions' files. A version is looked up here, never made into a path."""
        return {path.stem: path for path in (self.home / scheme_id / OLDER).glob("*.json")}

    def _tree(self, scheme_id: str, version: str | None = None) -> Scheme:
        """The tree of the YAML files or of a frozen version; read by one thread only.

        A frozen one is asked for after the newest, by whose names its tables are shown.
        What is kept is found without a look at the disk, as every click asks for it.
        """
        key = (self.home, scheme_id, version)
        if key not in self._read:
            with self._reading:
                if key not in self._read:
                    self._read[key] = self._fresh(scheme_id, version)
        return self._read[key]

    def _fresh(self, scheme_id: str, version: str | None) -> Scheme:
        if scheme_id not in self._shipped():
            raise UnknownScheme(scheme_id)
        if version is None:
            return load_folder(self.home / scheme_id)
        older = self._older(scheme_id)
        if version not in older:
            raise UnknownScheme(scheme_id, version)
        newest = self._read[self.home, scheme_id, None]
        return replace(read_frozen(older[version]), table=newest.table)


def _natural(version: str) -> list[tuple[bool, int, str]]:
    """Order of dotted numbers: 1.9 before 1.10."""
    pieces = _PIECE.findall(version)
    return [(p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in pieces]


installed = Library(Path(__file__).parent)
"""The standards shipped with the app."""


def available() -> list[str]:
    """Ids of the standards that everybody may choose: the installed ones, then those brought."""
    return installed.ids()


def knows(scheme_id: str | None) -> bool:
    """Whether there is such a standard; see `Library.knows`."""
    return installed.knows(scheme_id)


def load(scheme_id: str, version: str | None = None) -> Scheme:
    """A version of an installed standard, the newest if none is named; see `Library.get`."""
    return installed.get(scheme_id, version)


def versions(scheme_id: str) -> list[str]:
    """Versions of an installed standard, oldest to newest; see `Library.versions`."""
    return installed.versions(scheme_id)


def history(scheme_id: str) -> list[Scheme]:
    """Every version of an installed standard, oldest to newest; see `Library.history`."""
    return installed.history(scheme_id)


def suggest(text: str) -> list[str]:
    """Ids of the installed standards that fit a description of the business."""
    return installed.suggest(text)
