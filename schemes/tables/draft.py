"""From the rows of a table to a scheme in the making."""

import re
from collections.abc import Iterator
from decimal import Decimal

from schemes.tables.clauses import Clause, clauses
from schemes.tables.found import Line, Row, Table
from schemes.tables.grammar import Reading, Rule, Unread, read_method, read_rule
from schemes.tables.notes import proposals
from schemes.tables.numbering import heading_points, numbered, unique
from schemes.tables.parts import Draft, Item, Section

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
        self.made: list[tuple[int, list[Item]]] = []
        titles = [t for t in dict.fromkeys(table.titles) if t]
        self.by_title = len(titles) > 1 and max(len(row.headings) for row in table.rows) <= 1
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
            made = self._row(row, own, alone)
            self.made.append((place, made))
            before = row
        self._lost()
        self._sums()
        for section in _sections(self.root):
            self._heading_sum(section)
        printed = self._printed_total()
        return Draft(
            [child for child in self.root.children if isinstance(child, Section)],
            self.levels,
            proposals(self.table.notes),
            printed,
            self.differences,
            self.table.remarks,
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
            self.lost.append((row, self._latest()))
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
        if not method.strip():
            reading = Reading(unread=(Unread(_NO_METHOD, "unknown"),))
        elif row.loose or row.starred or any(line.starred for line in row.lines):
            why = Unread(method, "unknown") if row.loose else Unread(f"★ {content}", "veto")
            reading = Reading(
                reading.effects, reading.exhausted_extra, reading.notes, (*reading.unread, why)
            )
        elif not reading.effects and not reading.unread:
            reading = Reading(notes=reading.notes, unread=(Unread(method, "unknown"),))
        item = Item(name, "", content or method, points, row.where, method, reading)
        parent.children.append(item)
        return item

    def _section(self, parent: Section, heading: str) -> Section:
        last = parent.children[-1] if parent.children else None
        if isinstance(last, Section) and last.printed == heading:
            return last
        words = re.sub(r"\s+", "" if _is_han(heading) else " ", heading)
        number, name = _table_title(words) if parent is self.root else ("", words)
        if not number:
            number, name = numbered(name)
        name, _ = heading_points(name)
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
            self.differences.append(f"{row.where} 没有分值，没有写成一条内容：{text[:60]}")
            item = before or (items[0] if items else None)
            if item is not None:
                reading = item.reading
                item.reading = Reading(
                    reading.effects,
                    reading.exhausted_extra,
                    reading.notes,
                    (*reading.unread, Unread(text, "veto")),
                )

    def _sums(self) -> None:
        points = [sum((i.points for i in made), Decimal(0)) for _, made in self.made]
        since = 0
        for printed in self.table.sums:
            tables = [row.table for row in self.table.rows[: printed.after]]
            start = tables.index(printed.table) if printed.table in tables else 0
            part = sum(points[since : printed.after], Decimal(0))
            table = sum(points[start : printed.after], Decimal(0))
            whole = sum(points[: printed.after], Decimal(0))
            if printed.points not in (part, table, whole):
                found = (table if start else whole) if printed.whole else part
                self.differences.append(
                    f"{printed.where} 印的合计是 {printed.points}，上面各行加起来是 {found}"
                )
            since = printed.after

    def _heading_sum(self, section: Section) -> None:
        _, printed = heading_points(section.printed)
        if not printed:
            return
        points = sum((item.points for item in section.items), Decimal(0))
        if points == Decimal(printed):
            section.full = points
        else:
            self.differences.append(
                f"“{section.printed[:40]}”印的是 {printed} 分，下面各行加起来是 {points}"
            )

    def _printed_total(self) -> Decimal | None:
        """The full marks that the file prints: in a last sum, or in a sentence."""
        said = proposals(self.table.notes).full
        total = sum((item.points for item in self.root.items), Decimal(0))
        several = len({printed.table for printed in self.table.sums}) > 1
        last = self.table.sums[-1] if self.table.sums else None
        if said is not None:
            if said.value != total:
                self.differences.append(
                    f"说明写着 {said.value} 分（“{said.sentence[:40]}”），各行加起来是 {total}"
                )
            return said.value
        whole = last is not None and last.whole and last.after == len(self.table.rows)
        if last is not None and whole and (not several or last.points == total):
            return last.points
        return None


def _marks(rule: Rule) -> bool:
    """Whether the rule speaks of marked rows, so that its table is one of checks."""
    return rule.starred or rule.missing_material


def _sections(root: Section) -> Iterator[Section]:
    for child in root.children:
        if isinstance(child, Section):
            yield child
            yield from _sections(child)


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
