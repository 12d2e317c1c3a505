"""One text of a 考评办法, read sentence by sentence."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from schemes.model import Scope
from schemes.tables.grammar.consequences import (
    ABSENT,
    BAD,
    FORMS,
    GOOD,
    IN_BRACKETS,
    LOOKING,
    NO_GRADE,
    PERCENT_BASE,
    RATIO,
    REPEATED,
    SUSPECT,
)
from schemes.tables.grammar.facts import Effect, Form, Reading, Unread
from schemes.tables.grammar.plain import number, plain, sentences, without_number
from schemes.tables.grammar.shares import amount_between, apart, part_of
from schemes.tables.grammar.units import counted, has_tiers, line_of
from schemes.tables.grammar.whole import formula, listed, ranked

_CAP = re.compile(r"^(?:最多|最高)|不超|不高于|不多于")
"""共扣 6 分 may also be a sum that somebody worked out."""
_LINKS = "，、；：。 "
_LEANS = re.compile(
    r"^(?:(?:并且|并|同时|且|还|再|以及|或者|或|及|则|而)$|情节|其中|(?:上述|前述)(?!(?:条件|要求|规定|内容)(?:均|都)?[不未无])|以上|该情|此类|同类|累计|超过(?!规定|标准|设计|允许|额定|限)|另外?$|否则|视[^，]{0,8}(?:程度|情况|情节|轻重)(?:$|，每))"
)
_LONGEST, _SHOWN = 6000, 200
"""Characters of a method; what is longer is no rule of one row."""
_NAMES_SCOPE = re.compile(r"(?:要素|类目|类别|大项|部分|模块|各项|所有项|全部|整体)$")
"""What ends so before 不得分 may forfeit more than the row, without 本 or 该 before it."""
_ANY = re.compile(r"(?:^|，)(?:有)?(?:任何?一|其中一)")
"""任何一项…扣 leaves open whether each is meant; 缺少…任一环节 is one circumstance."""
_OWN = ("项", "条", "款", "小项", "条款", "考评内容", "内容", "指标")
"""What a text calls the row that it stands in."""


def read_method(text: str, points: Decimal | None, levels: Sequence[str] = ()) -> Reading:
    """What the text says that its row costs.

    points: the row's, None where they are not known; levels: what the table calls its levels,
    outermost first, the row's own last, for 本项目不得分 and its kin.
    """
    if len(text) > _LONGEST:
        return Reading(unread=(Unread(text[:_SHOWN] + "……", "unknown"),))
    said = sentences(plain(text))
    ranks = ranked(said, points)
    if ranks is not None:
        return ranks
    reader = _Reader(points, tuple(levels))
    place = 0
    while place < len(said):
        found = listed(said[place:])
        if found:
            reader.effects += found.effects
            place += found.sentences
        else:
            reader.sentence(without_number(said[place]))
            place += 1
    return reader.reading()


@dataclass
class _Reader:
    points: Decimal | None
    levels: tuple[str, ...]
    effects: list[Effect] = field(default_factory=list)
    extra: Decimal = Decimal(0)
    notes: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    before: int = 0
    """Effects of the sentences before this one."""
    ratio: str | None = None
    lines: list[str] = field(default_factory=list)
    """Amounts through which lines were drawn, so that a second one is told from another."""

    def reading(self) -> Reading:
        said = Counter(effect.when for effect in self.effects)
        twice = [Unread(when, "bare") for when, count in said.items() if count > 1]
        return Reading(
            tuple(self.effects),
            self.extra,
            tuple(self.notes),
            (*self.unread, *twice),  # of which thing each of them speaks is not said
            ratio=self.ratio,
        )

    def sentence(self, text: str) -> None:
        """Read one sentence: circumstances and consequences by turns."""
        if REPEATED.search(text) and not FORMS.search(text):
            self.notes.append(text)
            return
        sampled = formula(text, self.points)
        if sampled and self.ratio is None:
            self.ratio = sampled
            self.notes.append(text)
            return
        text = IN_BRACKETS.sub(r"，\1", text)
        self.before = len(self.effects)
        start = 0
        for found in FORMS.finditer(text):
            circumstance = without_number(_bare(text[start : found.start()]))
            self._consequence(circumstance, found, text[start : found.end()].strip(_LINKS))
            start = found.end()
        self._rest(text[start:].strip(_LINKS), whole=start == 0)

    def _rest(self, rest: str, whole: bool) -> None:
        """What follows the last consequence, or a sentence that has none."""
        if not rest:
            return
        if REPEATED.search(rest) or (whole and LOOKING.match(rest) and not SUSPECT.search(rest)):
            self.notes.append(rest)
        else:
            self._leave(rest, "unknown")

    def _consequence(self, when: str, found: re.Match[str], words: str) -> None:
        """One consequence with the circumstance before it. words: both, as the text has them."""
        kind = found.lastgroup if found.lastgroup in _TOP else _kind(found)
        if kind == "until":
            self._until(when, words)
        elif kind == "exhausted":
            self._exhausted(when, found, words)
        elif kind == "at_most":
            self._at_most(when, found, words)
        elif kind == "only_extra":
            self._leave(words, "bare")
        elif kind == "levels":
            self._leave(words, "levels")
        elif kind in ("forfeit", "beyond"):
            self._forfeit(when, found, words)
        else:
            getattr(self, f"_{kind}")(when, found, words)

    def _until(self, when: str, words: str) -> None:
        if when:
            self._leave(words, "unknown")
        else:
            self.notes.append(words)

    def _free(self, when: str, _: re.Match[str], words: str) -> None:
        """That what there is not costs nothing is a note; any other exception changes a rule."""
        if ABSENT.fullmatch(when):
            self.notes.append(words)
        else:
            self._leave(words, "unknown")

    def _exhausted(self, when: str, found: re.Match[str], words: str) -> None:
        full = found["full"]
        misses = full is not None and self.points is not None and number(full) != self.points
        if when or self.extra or misses:
            self._leave(words, "amount" if misses else "unknown")
        if not when and not self.extra:
            self.extra = number(found["exhausted_n"])

    def _at_most(self, when: str, found: re.Match[str], words: str) -> None:
        most = number(found["most_n"] or found["most_m"])
        by = found["most_of"] or found["most_by"] or ""
        last = self.effects[-1] if len(self.effects) > self.before else None
        capped = None if when or last is None else self._capped(last, most, words)
        if last is not None and last.add is not None and "扣" not in by:
            if capped:
                self.effects[-1] = capped
            else:
                self._leave(f"{last.when}，{words}", "at_most")
        elif capped and "加" not in by:
            self.effects[-1] = capped
        elif when or most != self.points or "加" in by:
            before = self.effects[-1].when if self.effects else ""
            self._leave(words if when else f"{before}，{words}".strip("，"), "at_most")
        else:
            self.notes.append(words)

    def _capped(self, last: Effect, most: Decimal, words: str) -> Effect | None:
        """The last effect, where this can only cap what it alone costs or adds for each time."""
        here = [one for one in self.effects[self.before :] if not one.forfeit]
        if len(here) != 1 or not _CAP.search(words) or last.extra or here[0] is not last:
            return None
        each = last.amount.most if last.amount else last.deduct or last.add
        if each is None or most < each or (last.add is None and most == self.points):
            return None
        if last.add is not None and last.per is None:
            return replace(last, per="次", at_most=most) if most > each else last
        return replace(last, at_most=most) if last.per is not None else None

    def _forfeit(self, when: str, found: re.Match[str], words: str) -> None:
        extra = number(found["beyond_n"] or found["forfeit_n"] or "0")
        scope = self._scope(found["level"])
        if scope is None or (
            found["level"] is None and _NAMES_SCOPE.search(found.string[: found.start()])
        ):
            self._leave(words, "scope")
            return
        read = self._circumstance(when, words)
        if read is None:
            return
        if read.per and not read.lone:
            self._leave(words, "counting")
            return
        self.effects.append(Effect(when, scope=scope, extra=extra))

    def _veto(self, when: str, found: re.Match[str], words: str) -> None:
        level = found["veto_level"]
        scope: Scope | None = "scheme"
        if level:
            sure = level.startswith(("本", "该", "此", "A级", "B级"))
            scope = self._scope(level.lstrip("本该此")) if sure else None
        elif not NO_GRADE.search(found["veto"]):
            scope = None
        if scope is None or not when or re.search(r"(?:为|是|属于?|列入|作为)$", when):
            self._leave(words, "veto")
            return
        read = self._circumstance(when, words)
        if read is not None:
            self.effects.append(Effect(when, scope=scope))

    def _range(self, when: str, found: re.Match[str], words: str) -> None:
        if found["least"] is None:
            self._leave(words, "range")
            return
        amount = amount_between(
            number(found["least"]), number(found["most"]), only=found["range_to"] == "或"
        )
        read = self._circumstance(when, words)
        if read is None:
            return
        if amount is None or (found["range_post"] and read.per) or _ANY.search(when):
            self._leave(words, "range")
            return
        if self.points is not None and amount.most > self.points:
            self._leave(words, "amount")
        per = found["range_post"] or read.per
        most = None if per else amount.most
        self.effects.append(Effect(read.when, per=per, amount=amount, at_most=most))

    def _ratio(self, when: str, found: re.Match[str], words: str) -> None:
        said = RATIO.fullmatch(found["ratio"])
        unit = said and (said["all"] or said["unit"])
        if not said or not unit or self.ratio or said["unit"] != unit or SUSPECT.search(when):
            self._leave(words, "ratio")
            return
        self.ratio = unit
        self.notes.append(words)

    def _percent(self, when: str, found: re.Match[str], words: str) -> None:
        share = "50" if found["half"] else found["percent_n"]
        amount = part_of(self.points, share)
        if amount is None or not PERCENT_BASE.fullmatch(found["percent_of"]):
            self._leave(words, "ratio")
            return
        read = self._circumstance(when, words)
        if read is not None:
            self.effects.append(Effect(read.when, amount, read.per))

    def _each(self, when: str, found: re.Match[str], words: str) -> None:
        parts = apart(when) if not SUSPECT.search(when) else ()
        if not parts or any(counted(part) is None or has_tiers(part) for part in parts):
            self._leave(words, "each")
            return
        amount = number(found["each_n"])
        if self.points is not None and amount > self.points:
            self._leave(words, "amount")
        self.effects += [Effect(part, amount) for part in parts]

    def _bonus(self, when: str, found: re.Match[str], words: str) -> None:
        by = found["bonus_by"]
        sure = found["bonus_n"] and (by == "加" or (GOOD.search(when) and not BAD.search(when)))
        sure = sure and not SUSPECT.search(when) and "总分" not in when
        read = counted(when) if sure else None
        if not when or read is None or has_tiers(when) or _LEANS.match(when):
            self._leave(words, "bonus")
            return
        per = found["bonus_post"] or read.per
        # 每有一项创新内容的 counts and is all that is told
        self.effects.append(Effect(_bare(read.when) or when, per=per, add=number(found["bonus_n"])))

    def _deduct(self, when: str, found: re.Match[str], words: str) -> None:
        amount, after = number(found["deduct_n"]), found["post"]
        read = self._circumstance(when, words)
        if read is None:
            return
        if _ANY.search(when) or (after and read.per):
            self._leave(words, "counting")
            return
        if self.points is not None and amount > self.points:
            self._leave(words, "amount")
        per = after or read.per
        if read.lone and self.points is not None and amount >= self.points:
            per = None  # nothing is left to count
        self.effects.append(Effect(read.when, amount, per, extra=number(found["deduct_x"] or "0")))

    def _circumstance(self, when: str, words: str) -> "_Read | None":
        """The circumstance and what it counts by; None after leaving it unread."""
        if not when or (_LEANS.match(when) and "否则" not in when[1:]):
            self._leave(words, "bare")
        elif SUSPECT.search(when):
            self._leave(words, "unknown")
        elif has_tiers(when) or self._drawn_again(when):
            self._leave(words, "tiers")
        else:
            read = counted(when)
            if read is not None and read.when:
                return _Read(_bare(read.when), read.per, read.lone)
            self._leave(words, "counting" if read is None else "bare")
        return None

    def _drawn_again(self, when: str) -> bool:
        """Whether it is a further line through one amount (低于 95 %，低于 90 %): both may hold."""
        line = line_of(when)
        again = line is not None and any(one.endswith(line) for one in self.lines)
        self.lines += [] if line is None else [line]
        return again

    def _scope(self, level: str | None) -> Scope | None:
        """What 本…不得分 forfeits; None where the table has no such level."""
        if level is None or not self.levels:
            return "item" if level is None or level in _OWN else None
        named = [place for place, name in enumerate(self.levels) if _same(name, level)]
        if not named:
            return "item" if level in _OWN else None
        last = len(self.levels) - 1
        place = named[-1]
        scopes: dict[int, Scope] = {0: "element", last - 1: "section", last: "item"}
        if place == 0 and last == 1:
            return "element"
        return scopes.get(place)

    def _leave(self, words: str, form: Form) -> None:
        self.unread.append(Unread(words, form))


@dataclass(frozen=True, slots=True)
class _Read:
    when: str
    per: str | None
    lone: bool


_TOP = frozenset(
    {"beyond", "exhausted", "until", "at_most", "veto", "range", "ratio", "percent", "forfeit"}
    | {"each", "only_extra", "bonus", "levels", "deduct", "free"}
)


def _kind(found: re.Match[str]) -> Form | str:
    return next(name for name in FORMS.groupindex if name in _TOP and found[name] is not None)


def _bare(circumstance: str) -> str:
    """The circumstance without what links it to its consequence."""
    bare = circumstance.strip(_LINKS)
    return bare[:-1].rstrip(_LINKS) if bare.endswith("的") else bare


def _same(name: str, level: str) -> bool:
    """Whether a text's 本项目 means the column 考评项目."""
    return name == level or (name.endswith(level) and level not in ("项", "条", "款", "类"))
