"""Which version of a standard some input is for, and what older ids are in the newest."""

from argparse import ArgumentParser
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from schemes import Library, Scheme
from schemes.heirs import Heirs, heirs, heirs_from_elsewhere
from schemes.library import installed
from scoring.problems import AnswersError, Problem, ProblemKind, quoted
from scoring.wishes import named_in


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
    if not isinstance(scheme_id, str) or not library.knows(scheme_id):
        details = (quoted(scheme_id), tuple(library.ids()))
        raise AnswersError([Problem("scheme", ProblemKind.UNKNOWN_SCHEME, details)])
    versions = library.versions(scheme_id)
    if version is not None and version not in versions:
        kept = (scheme_id, quoted(version), tuple(versions))
        raise AnswersError([Problem("version", ProblemKind.UNKNOWN_VERSION, kept)])
    return library.get(scheme_id, version)


_WITH_IDS = (
    "findings",
    "levels",
    "ratios",
    "earlier",
    "facets",
    "not_applicable",
    "reviewed",
    "quick",
    "effort",
    "pins",
    "own_findings",
)
"""Keys of `answers.json` that name something of the standard."""


def _has_item(finding: Any) -> bool:
    return isinstance(finding, dict) and isinstance(finding.get("item"), str)


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

    def concern(self, raw: Mapping[str, Any]) -> bool:
        """Whether decoded answers may have an id that this version has not and an older one had.

        Looked at all at once, as a file may have a hundred thousand ids that nobody knows.
        """
        for key in _WITH_IDS:
            named = raw.get(key)
            if not isinstance(named, dict | list):
                continue
            texts = {name.partition("/")[0] for name in named if isinstance(name, str)}
            if key in ("effort", "pins"):
                texts = {named_in(name) for name in texts}
            if key == "own_findings":
                texts = {one["item"] for one in named if _has_item(one)}
            if key == "facets" and isinstance(named, dict):
                for chosen in named.values():
                    if isinstance(chosen, list):
                        texts |= {option for option in chosen if isinstance(option, str)}
            if not self._former.isdisjoint(texts):
                return True
        return False

    @cached_property
    def _former(self) -> frozenset[str]:
        """Ids that older versions have, or are said to have had, and this one has not."""
        newest = self._newest
        former = set(self._elsewhere.former)
        for scheme, _ in self._paths:
            former |= scheme.items.keys() - newest.items.keys()
            former |= scheme.conditions.keys() - newest.conditions.keys()
            former |= scheme.facet.keys() - newest.facet.keys()
            for facet in scheme.facet:
                former |= set(_options(scheme, facet)) - set(_options(newest, facet))
        return frozenset(former)

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
