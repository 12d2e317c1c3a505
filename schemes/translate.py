"""Answers of one version of a standard, under the ids of a later one.

The answers are in the shape of `answers.json`, decoded and perhaps not checked yet: what is not
of that shape stays as it is, for whoever checks it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from schemes.heirs import Renames
from schemes.tree import Scheme

_T = TypeVar("_T")
Join = Callable[[str, _T, _T], _T | None]
"""Of a newer id and two values that come together under it: both in one, or None."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Ids that have another now; several where they became one."""

    older: tuple[str, ...]
    newer: str


@dataclass
class Translation:
    """Carries answers over to `scheme`, and remembers what it renamed.

    before: the version they were given for, if it is known.
    """

    renames: Renames
    scheme: Scheme
    before: Scheme | None = None
    _older: dict[str, list[str]] = field(default_factory=dict)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """What was renamed, in the order it was met."""
        changed = ((newer, older) for newer, older in self._older.items() if older != [newer])
        return tuple(Moved(tuple(older), newer) for newer, older in changed)

    def answers(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The answers under the newer ids.

        Where several ids became one, counts are added, or the higher one stays where a
        condition is charged once; an item is marked only if all that became it were. A question
        with more choices than the older ones had is not answered by a no to each of those.
        """
        done = dict(raw)
        if isinstance(raw.get("facets"), dict):
            options = {name: self._options(name, kept) for name, kept in raw["facets"].items()}
            said = {
                name: kept
                for name, kept in options.items()
                if kept or not raw["facets"][name] or self._says_all(name, raw["facets"])
            }
            done["facets"] = self.rekeyed(said, self.renames.facet, _union)
        for key, join in (("findings", self._counts), ("earlier", self._earlier)):
            if isinstance(raw.get(key), dict):
                done[key] = self.rekeyed(raw[key], self.renames.condition, join)
        if isinstance(raw.get("amounts"), dict):  # of a saved assessment
            done["amounts"] = self.rekeyed(raw["amounts"], self.renames.condition, _all_of)
        for key, both in (("levels", _same), ("ratios", _ratios)):
            if isinstance(raw.get(key), dict):
                done[key] = self.rekeyed(raw[key], self.renames.item, both)
        for key in ("not_applicable", "reviewed", "quick"):
            if isinstance(raw.get(key), list):
                done[key] = self._marks(raw[key])
        for key in ("effort", "pins"):
            if isinstance(raw.get(key), dict):
                done[key] = self._wishes(raw[key])
        if isinstance(raw.get("own_findings"), list):
            done["own_findings"] = [self._own(one) for one in raw["own_findings"]]
        return done

    def _wishes(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Effort and pins; of several ids that became one, what the first of them had."""
        done: dict[str, Any] = {}
        for key, value in kept.items():
            kind, colon, name = key.rpartition(":")
            rename = self.renames.item if kind in ("level", "ratio") else self.renames.condition
            newer = key if kind == "own" else f"{kind}{colon}{rename(name)}"
            done.setdefault(newer, value)
        return done

    def _own(self, finding: Any) -> Any:
        if not isinstance(finding, dict) or not isinstance(finding.get("item"), str):
            return finding
        return {**finding, "item": self.renames.item(finding["item"])}

    def rekeyed(
        self, kept: Mapping[str, _T], rename: Callable[[str], str], join: Join[_T]
    ) -> dict[str, _T]:
        """Values under their newer ids; what cannot be joined stays under an id of its own."""
        done: dict[str, _T] = {}
        for older, value in kept.items():
            newer = rename(older)
            together: _T | None = value
            if newer in done:
                together = join(newer, done[newer], value)
            if together is None:
                newer, together = older, value
                while newer in done:
                    newer += "'"
            done[newer] = together
            self._note(older, newer)
        return done

    def _options(self, facet: str, chosen: Any) -> Any:
        if not isinstance(chosen, list):
            return chosen
        heir = self.renames.facet(facet)
        strange = [option for option in chosen if not isinstance(option, str)]
        newer: dict[str, None] = {}
        for option in chosen:
            if isinstance(option, str):
                became = self.renames.option(facet, option)
                if option == "no" and self._is_left_blank(heir, became):
                    continue
                newer[became] = None
                self._note(f"{facet}={option}", f"{heir}={became}")
        return [*newer, *strange]

    def _says_all(self, facet: str, answered: Collection[str]) -> bool:
        """Whether questions that were answered had every choice of what this one became."""
        heir = self.scheme.facet.get(self.renames.facet(facet))
        return heir is not None and all(
            any(older.partition(".")[0] in answered for older in option.was)
            for option in heir.options
        )

    def _is_left_blank(self, facet: str, option: str) -> bool:
        """Whether a no is said by choosing nothing, as in a question with many answers."""
        known = self.scheme.facet.get(facet)
        return known is not None and known.many and option not in {o.id for o in known.options}

    def _marks(self, marked: list[Any]) -> list[Any]:
        """The marks that all had which became one; of what is no id, nothing is known."""
        ids = {mark: self._item(mark) for mark in marked if isinstance(mark, str)}
        known = self.before.items if self.before else {}
        lacking = {self.renames.item(older) for older in known if older not in ids}
        for older, newer in ids.items():
            self._note(older, newer)
        kept = dict.fromkeys(
            newer for older, newer in ids.items() if older not in known or newer not in lacking
        )
        return [*kept, *(mark for mark in marked if not isinstance(mark, str))]

    def _item(self, marked: str) -> str:
        """An item's newer id; what follows a slash is one of its groups."""
        item, slash, group = marked.partition("/")
        return f"{self.renames.item(item)}{slash}{group}"

    def _counts(self, newer: str, one: Any, other: Any) -> Any:
        if all(isinstance(c, dict) and isinstance(c.get("amounts"), list) for c in (one, other)):
            return {"amounts": [*one["amounts"], *other["amounts"]]}
        if not all(type(count) is int for count in (one, other)):
            return None
        return one + other if self._counted(newer) else max(one, other)

    def _earlier(self, newer: str, one: Any, other: Any) -> Any:
        states = ("count", "rectified", "planned", "open")
        try:
            if self._counted(newer):
                return {s: one.get(s, 0) + other.get(s, 0) for s in states}
            return max(one, other, key=_left)
        except (AttributeError, TypeError):
            return None

    def _counted(self, condition: str) -> bool:
        known = self.scheme.conditions.get(condition)
        return known is None or known[1].counted

    def _note(self, older: str, newer: str) -> None:
        sources = self._older.setdefault(newer, [])
        if older not in sources:
            sources.append(older)


def _left(earlier: Any) -> tuple[bool, bool, bool]:
    """Of an earlier finding charged once, how much of it is still there or not decided on."""
    open_ones = earlier["count"] - earlier.get("rectified", 0) - earlier.get("planned", 0)
    return open_ones > 0, earlier.get("planned", 0) > 0, earlier.get("open", 0) > 0


def _all_of(_: str, one: Any, other: Any) -> Any:
    return [*one, *other] if isinstance(one, list) and isinstance(other, list) else None


def _same(_: str, one: Any, other: Any) -> Any:
    return one if one == other else None


def _ratios(_: str, one: Any, other: Any) -> Any:
    """Both samples together."""
    try:
        return {name: one[name] + other[name] for name in ("inspected", "failed")}
    except (KeyError, TypeError):
        return None


def _union(_: str, one: Any, other: Any) -> Any:
    if not isinstance(one, list) or not isinstance(other, list):
        return None
    return [*one, *(option for option in other if option not in one)]
