"""From the rows of a table to a scheme in the making."""

import re
from dataclasses import replace
from decimal import Decimal

from schemes.tables.clauses import Clause, clauses
from schemes.tables.found import Line, Row, Table
from schemes.tables.grammar import Effect, Reading, Rule, Unread, read_method, read_rule
from schemes.tables.grammar.whole import exclude, vetoes
from schemes.tables.marks import required
from schemes.tables.notes import proposals
from schemes.tables.numbering import heading_points, numbered, unique
from schemes.tables.parts import Draft, Item, Section
from schemes.tables.sums import check_sums
from schemes.tables.weights import WORD, assigned, heading_weight, in_sentences

_TITLE_WORDS = re.compile(
    r"(?:的)?(?:考核评价|考评|考核|评分|检查|评价|评定|自评|检查评分|评审)(?:评分|标准)?(?:表|细则|标准)$"
)
_TABLE_NUMBER = re.compile(r"^(?:附?表|附录)\s*([A-Za-z]?(?:[.．-]?\d{1,3}){0,4})\s*(?=\S)")
_NO_METHOD = "（没有考评办法）"


def draft(table: Table, title: str) -> Draft:
    """Everything that the table says. title: the standard's, for a table without headings."""
    return _Builder(table, title).draft()


class _Builder:
    def __init__(self, table: Table, title: str) -> None:
        self.table = table
        self.title = title
        self.root = Section("", title)
        self.taken: set[str] = set()
        self.lost: list[tuple[Row, Item | None]] = []
        self.differences: list[str] = []
        self.made: list[list[Item]] = []
        titles = [t for t in dict.fromkeys(table.titles) if t]
        self.marks = required(table.notes)
        flat = max(len(row.headings) for row in table.rows) <= (0 if table.by_sheet else 1)
        self.by_title = len(titles) > 1 and (flat or _begins_anew(table))
        self.levels = self._levels(table.names or ("考评内容",))

    def draft(self) -> Draft:
        rule: Rule | None = None
        before: Row | None = None
        for place, row in enumerate(self.table.rows):
            if before is None or before.table != row.table:
                rule = None
            own = read_rule(row.method) if row.method else rule
            if own and _marks(own):
                rule = own
            after = self.table.rows[place + 1] if place + 1 < len(self.table.rows) else None
            alone = not any(
                other and other.headings == row.headings and other.table == row.table
                for other in (before, after)
            )
            self.made.append(self._row(row, own, alone))
            before = row
        self._lost()
        printed = check_sums(self.table, self.root, self.made, self.differences)
        elements = [child for child in self.root.children if isinstance(child, Section)]
        if not any(item.points for item in self.root.items):
            elements = []  # vetoes and bonuses alone are no standard
        self._weights(elements)
        self._bonuses(elements)
        return Draft(
            elements,
            self.levels,
            proposals(self.table.notes),
            printed,
            self.differences,
            self.table.remarks,
            self.marks,
        )

    def _levels(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What the levels are called, the rows' own last; more than the table has names for."""
        checked = self._checked()
        if checked and len(names) > 1:
            names = names[:-1]
        above = max(
            len(row.headings) - (0 if row.lines and not checked else 1) for row in self.table.rows
        )
        first = "考评表" if self.by_title else "类目"
        missing = above + self.by_title + 1 - len(names)
        names = (*[first] * max(missing, 0), *names)
        return names if len(names) > 1 else ("要素", *names)

    def _checked(self) -> bool:
        """Whether rows are check lists, whose item is the heading."""
        return any((rule := read_rule(row.method)) and _marks(rule) for row in self.table.rows)

    # One row ------------------------------------------------------------------

    def _row(self, row: Row, rule: Rule | None, alone: bool) -> list[Item]:
        headings = list(row.headings)
        if self.by_title:
            headings.insert(0, self.table.titles[row.table])
        content = "\n".join(line.text for line in row.lines)
        split = clauses(content, row.method, row.points)
        if split:
            return [self._add(headings, one, row) for one in split]
        listed = len(row.lines) > 1 or any(line.starred for line in row.lines)
        if rule and (listed or _marks(rule)) and (alone or not headings):
            return self._checks(row, rule, headings, content)
        if not content and headings:
            number, content = numbered(headings.pop())
            content = f"{number} {content}".strip()
        if not row.points:
            return self._without_points(row, headings, content)
        if not content and not row.method.strip():
            self.differences.append(
                f"{row.where} 只有分值 {row.points}，没有内容：没有写成一条内容"
            )
            return []
        number, _ = numbered(content)
        return [self._add(headings, Clause(number, content, row.points, row.method), row)]

    def _checks(self, row: Row, rule: Rule, headings: list[str], content: str) -> list[Item]:
        """A row whose content is a list of checks; its heading is its title."""
        if not row.points:
            self.lost.append((row, self._latest()))
            return []
        title = headings.pop() if headings else content
        number, name = numbered(title)
        item = self._add(headings, Clause(number, name, row.points, ""), row)
        item.title = name
        item.rule = rule
        taken: set[str] = set()
        for place, line in enumerate(row.lines):
            printed, text = numbered(line.text)
            name = unique(printed or str(place + 1), taken)
            item.checks.append((name, Line(text, line.starred)))
        item.requirement = name if not item.checks else item.title
        item.text = row.method or item.text
        unread: tuple[Unread, ...] = ()
        if rule.per_place is None and not all(line.starred for _, line in item.checks):
            unread = (Unread(row.method, "unknown"),)
            item.rule = None
            item.checks = []
        item.reading = Reading(unread=unread)
        return [item]

    def _without_points(self, row: Row, headings: list[str], content: str) -> list[Item]:
        """A row that carries vetoes or bonuses only; any other is lost."""
        reading = read_method(row.method, None, self.levels)
        effects = reading.effects
        if row.vetoes:
            if not row.method.strip() and content:
                when = content if _is_breach(content) else f"不符合：{content}"
                effects = (Effect(when, scope="scheme"),)
            elif named := vetoes(content, row.method):
                reading, effects = Reading(), named
            elif all(e.forfeit and not e.extra for e in effects):
                effects = tuple(
                    replace(e, scope="scheme") if e.scope == "item" else e for e in effects
                )
        sure = effects and not reading.unread and not reading.ranks and not reading.ratio
        fits = all((e.forfeit and e.scope != "item") or e.add is not None for e in effects)
        if not sure or not fits or row.loose or reading.exhausted_extra:
            if not row.vetoes:
                self.lost.append((row, self._latest()))
                return []
            words = row.method.strip() or content
            reading, effects = Reading(unread=(Unread(words, "veto"),)), ()
        clause = Clause(numbered(content)[0], content, Decimal(0), row.method)
        item = self._add(headings, clause, row)
        item.reading = replace(reading, effects=effects)
        return [item]

    def _add(
        self,
        headings: list[str],
        clause: Clause,
        row: Row,
    ) -> Item:
        content, points, method = clause.text, clause.points, clause.method
        parent = self.root
        headings = headings or [self.title]
        # Every item stands as deep as the table has levels; what has no heading there repeats one.
        missing = len(self.levels) - 1 - len(headings)
        for heading in [*headings, *[numbered(headings[-1])[1]] * missing]:
            parent = self._section(parent, heading)
        name = self._item_id(parent, clause.number)
        reading = read_method(method, points, self.levels)
        starred = row.starred or any(line.starred for line in row.lines)
        why = None
        if row.ranks:
            reading, why = self._ranked(row, reading, points)
        elif not method.strip():
            reading = Reading(unread=(Unread(_NO_METHOD, "unknown"),))
        elif row.loose or not (reading.scores or reading.unread):
            why = Unread(method, "unknown")
        elif points and _adds_alone(reading):
            why = Unread(method, "bonus")  # whether its points are part of the full marks
        reading = replace(reading, unread=(*reading.unread, *([why] if why else [])))
        if starred and not (row.stars and self.marks):
            mark = Unread(row.mark or f"★ {content}", "veto")
            reading = replace(reading, unread=(*reading.unread, mark))
        item = Item(name, "", content or method, points, row.where, method, reading)
        item.stars = row.stars if starred else 0
        parent.children.append(item)
        return item

    def _ranked(self, row: Row, reading: Reading, points: Decimal) -> tuple[Reading, Unread | None]:
        """Columns of levels beside a method: one of the two alone says how the row scores."""
        fits = exclude(row.ranks) and row.ranks[0].score == points
        if fits and not reading.scores and not reading.unread:
            return replace(reading, ranks=row.ranks), None
        words = "、".join(f"{rank.title} {rank.score}" for rank in row.ranks)
        return reading, Unread(f"{row.method}（{words}）", "levels")

    def _section(self, parent: Section, heading: str) -> Section:
        last = parent.children[-1] if parent.children else None
        if isinstance(last, Section) and last.printed == heading:
            return last
        words = re.sub(r"\s+", "" if _is_han(heading) else " ", heading)
        number, name = _table_title(words) if parent is self.root else ("", words)
        if not number:
            number, name = numbered(name)
        name, _ = heading_points(heading_weight(name)[0])
        section = Section(self._section_id(parent, number), name or words, printed=heading)
        parent.children.append(section)
        return section

    def _section_id(self, parent: Section, number: str) -> str:
        if not parent.id:
            place = len(parent.children) + 1
            return unique(_safe(number) or str(place), self.taken)
        return self._item_id(parent, number)

    def _item_id(self, parent: Section, number: str) -> str:
        """The printed number where it goes on its parent's, else the place below the parent."""
        number = _safe(number)
        if number.startswith((f"{parent.id}.", f"{parent.id}-")):
            return unique(number, self.taken)
        joint = "-" if re.match(r"[A-Za-z]", parent.id) else "."
        own = number if number and number.isdigit() else str(len(parent.children) + 1)
        return unique(f"{parent.id}{joint}{own}"[:36], self.taken)

    def _latest(self) -> Item | None:
        items = self.root.items
        return items[-1] if items else None

    # What the file prints beside its rows ----------------------------------------

    def _lost(self) -> None:
        """Rows without points, such as vetoes, are marked on the item before or after them."""
        items = self.root.items
        for row, before in self.lost:
            text = row.method or "\n".join(line.text for line in row.lines)
            words = " ".join(text.split())
            self.differences.append(f"{row.where} 没有分值，没有写成一条内容：{words[:60]}")
            item = before or (items[0] if items else None)
            if item is not None:
                unread = (*item.reading.unread, Unread(text, "veto"))
                item.reading = replace(item.reading, unread=unread)

    def _weights(self, elements: list[Section]) -> None:
        """What every element weighs; said as a difference where it is not clear."""
        headings = [(e.printed, w) for e in elements if (w := heading_weight(e.printed)[1])]
        found = [*headings, *self.table.weights, *in_sentences(self.table.notes)]
        weights = assigned([element.title for element in elements], found)
        for element in elements if weights else ():
            element.weight = (weights or {})[element.title]
        texts = [*self.table.notes, *self.table.names, *(e.printed for e in elements)]
        said = next((text for text in texts if WORD.search(text)), "")
        if not weights and (found or said):
            words = said or "、".join(f"{name} {value}" for name, value in found)
            self.differences.append(
                f"写着权重（“{words[:40]}”），与各要素对不上：总分按得分合计算，请核对"
            )

    def _bonuses(self, elements: list[Section]) -> None:
        """An element of bonuses alone: what they may come to beyond the full marks is not said."""
        for element in elements:
            for item in element.items if not any(i.points for i in element.items) else ():
                if any(e.add is not None for e in item.effects):
                    unread = (*item.reading.unread, Unread(item.text, "bonus"))
                    item.reading = replace(item.reading, unread=unread)


_KEPT = re.compile(
    r"(?:未|没有|没|无|不得|严禁|禁止)[^，。；]{0,6}(?:发生|出现|存在|使用)|(?:未有|没有|没|无)[^，。；]{0,12}(?:事故|行为|隐患|处罚)"
)
_BROKEN = re.compile(
    r"[未没违瞒谎]|^无|发生|存在|出现|弄虚|伪造|拒绝|擅自|不符合|不具备|被.{0,8}(?:处罚|查处)"
)


def _is_breach(content: str) -> bool:
    """Whether a veto's content says what went wrong (未取得许可证), not what is asked for."""
    return bool(_BROKEN.search(content)) and not _KEPT.search(content)


def _begins_anew(table: Table) -> bool:
    """Whether tables number their headings from the beginning, so that they are a level."""
    firsts = set()
    for row in table.rows:
        if row.headings and table.titles[row.table]:
            number, words = numbered("".join(row.headings[0].split()))
            firsts |= {words} if number == "1" else set()
    return len(firsts) > 1


def _adds_alone(reading: Reading) -> bool:
    """Whether it says of bonuses and nothing else."""
    adds = [effect.add is not None for effect in reading.effects]
    return bool(adds) and all(adds) and not (reading.ranks or reading.ratio)


def _marks(rule: Rule) -> bool:
    """Whether the rule speaks of marked rows, so that its table is one of checks."""
    return rule.starred or rule.missing_material


def _table_title(text: str) -> tuple[str, str]:
    """A table's number and name: 表 C.1 目标考核评价表 → C.1, 目标."""
    found = _TABLE_NUMBER.match(text)
    if not found:
        return "", text
    name = text[found.end() :].strip()
    return found[1].replace("．", ".").strip(".-"), _TITLE_WORDS.sub("", name) or name


def _safe(number: str) -> str:
    """A printed number as an id."""
    return re.sub(r"[^A-Za-z0-9_.-]", "", number)[:20].strip(".")


def _is_han(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))
