"""Which version of a standard some input is for, and what older ids are in the newest."""

from argparse import ArgumentParser
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from schemes import Library, Scheme
from schemes.heirs import Heirs, heirs, heirs_from_elsewhere
from schemes.library import installed
from scoring.problems import AnswersError, Problem, ProblemKind, quoted


def add_scheme(parser: ArgumentParser) -> None:
    """The option that every command has which reads answers."""
    parser.add_argument(
        "--scheme", type=Path, metavar="FOLDER", help="the folder of a standard not installed"
    )


def library_of(folder: Path | None) -> Library:
    """The standards in reach: of `--scheme FOLDER` that one only. Raises: AnswersError."""
    if folder is None:
        return installed
    if not (folder / "scheme.yaml").is_file():
        raise AnswersError([Problem("--scheme", ProblemKind.NO_FOLDER, (str(folder),))])
    folder = folder.resolve()  # whose name, even of ".", is the id
    return Library(folder.parent, only=folder.name)


def version_named(library: Library, scheme_id: Any, version: Any = None) -> Scheme:
    """The version of a standard that some input names; the newest if none.

    Raises: AnswersError for what there is not; SchemeError for a faulty standard.
    """
    known = library.ids()
    if not isinstance(scheme_id, str) or scheme_id not in known:
        details = (quoted(scheme_id), tuple(known))
        raise AnswersError([Problem("scheme", ProblemKind.UNKNOWN_SCHEME, details)])
    versions = library.versions(scheme_id)
    if version is not None and version not in versions:
        kept = (scheme_id, quoted(version), tuple(versions))
        raise AnswersError([Problem("version", ProblemKind.UNKNOWN_VERSION, kept)])
    return library.get(scheme_id, version)


class OlderIds:
    """Ids that the newest version does not know, by what the latest that does says of them.

    former: those without an heir, with that version.
    """

    def __init__(self, library: Library, newest: Scheme) -> None:
        self._library = library
        self._newest = newest
        self.former: dict[str, str] = {}

    def item(self, item_id: str) -> str:
        """An item of the newest version."""
        return self._heir(
            item_id, self._newest.items, lambda s: s.items, lambda found: found.item(item_id)
        )

    def condition(self, condition_id: str) -> str:
        """A condition of the newest version."""
        if condition_id not in self._former_conditions:  # a file may have a hundred thousand
            return condition_id
        return self._heir(
            condition_id,
            self._newest.conditions,
            lambda s: s.conditions,
            lambda found: found.condition(condition_id),
        )

    def facet(self, facet_id: str) -> str:
        """A facet of the newest version."""
        return self._heir(
            facet_id, self._newest.facet, lambda s: s.facet, lambda found: found.facet(facet_id)
        )

    def option(self, facet_id: str, option_id: str) -> str:
        """An option of what the facet became in the newest version."""
        return self._heir(
            option_id,
            _options(self._newest, self.facet(facet_id)),
            lambda s: _options(s, facet_id),
            lambda found: found.option(facet_id, option_id),
        )

    def _heir(
        self,
        older_id: str,
        known: Collection[str],
        known_to: Callable[[Scheme], Collection[str]],
        became: Callable[[Heirs], str],
    ) -> str:
        if older_id in known:
            return older_id
        for scheme, found in self._paths:
            if older_id in known_to(scheme):
                if became(found) in known:
                    return became(found)
                self.former[older_id] = scheme.version
                return older_id
        return became(self._elsewhere)

    @cached_property
    def _former_conditions(self) -> frozenset[str]:
        """Conditions that older versions have, or are said to have had, and this one has not."""
        former = {c for scheme, _ in self._paths for c in scheme.conditions}
        former |= self._elsewhere.former_conditions
        return frozenset(former - self._newest.conditions.keys())

    @cached_property
    def _elsewhere(self) -> Heirs:
        """The way from versions that nobody has kept."""
        return heirs_from_elsewhere(self._newest)

    @cached_property
    def _paths(self) -> list[tuple[Scheme, Heirs]]:
        """The older versions, latest first, each with the way to the newest."""
        history = self._library.history(self._newest.id)
        return [(history[i], heirs(history[i:])) for i in range(len(history) - 2, -1, -1)]


def _options(scheme: Scheme, facet_id: str) -> list[str]:
    facet = scheme.facet.get(facet_id)
    return [option.id for option in facet.options] if facet else []
