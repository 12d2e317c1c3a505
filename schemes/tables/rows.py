"""The rows of all tables of a file: headings filled down, broken rows joined, sums put aside."""

import re
from collections.abc import Sequence
from decimal import Decimal

from schemes.tables.cells import cell, ends, line_of, may_be_points, ranks_of, texts_of, upright
from schemes.tables.columns import Columns, header
from schemes.tables.found import Row, Sum, Table
from schemes.tables.grid import Grid, Pages, Place
from schemes.tables.marks import stars_in
from schemes.tables.numbering import numbered
from schemes.tables.points import points_in
from schemes.tables.problems import NothingFound, TableError
from schemes.tables.weights import small_tables, weight_of

_SUM = re.compile(
    r"(?:本?(?:类目|项目|要素|页|表|部分|(?:检查|评定|考评|保证|一般)项目)?)?(?:小计|合计|总计|总评分|总得分|总分值?|共计|累计)(?:得分)?[：:]?(.*)"
)
_AMOUNT = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*分?")
_COSTS = re.compile(r"扣|不得分|得\d|否决|÷")
_ONLY_POINTS = re.compile(r"\d{1,3}(?:\.\d)?")
_NOTE = re.compile(r"^\s*(?:注|备注|说明|考评说明|评分说明)\s*[0-9一二三]?\s*[：:．.、]")
_GOES_ON = re.compile(r"[（(]续(?:表|上表)?[)）]|^续表\s*|\s*续表$")
_UNNAMED = re.compile(r"(?:sheet|工作表|表|第)?\s*\d*\s*页?", re.IGNORECASE)
_FORM_LINE = re.compile(
    r"(?:单位|名称|企业|时间|日期|月份|人|组长|成员|地点|得分|说明|备注|注)(?:[（(].{0,8}[)）])?\s*[：:]"
)
"""A line above a table that is to be filled in, or a note; no title."""
_MARK = re.compile(
    r"[\s\d★☆*▲√✓○●是否/—-]*(?:[一二三四1-4]级)?(?:一票)?(?:必备|必达|否决|重要|关键|一般|基本)?(?:项|条件|指标)?\s*"
)
"""What a column of marks says where it only marks the row."""
_MOST_PROBLEMS = 20


def read_rows(pages: Pages, columns: Columns | None = None) -> Table:
    """All scored rows. columns: told by hand, instead of those that headers name.

    Raises: TableError with every cell that is wrong; NothingFound saying what is missing.
    """
    reader = _Reader(columns)
    reader.table.notes += pages.notes
    reader.table.remarks = pages.remarks
    for grid in pages.grids:
        reader.table.weights += small_tables(grid)
        reader.grid(grid, grid.name if len(pages.grids) > 1 and _named(grid) else "")
    if reader.problems:
        more = len(reader.problems) - _MOST_PROBLEMS
        shown = reader.problems[:_MOST_PROBLEMS]
        raise TableError(*shown, *([f"……另有 {more} 处"] if more > 0 else []))
    if not reader.table.rows:
        raise NothingFound(_missing(pages, reader.headed))
    return reader.table


def _named(grid: Grid) -> bool:
    """Whether somebody gave the sheet a name."""
    return grid.sheet and not _UNNAMED.fullmatch(grid.name.strip())


def _missing(pages: Pages, headed: bool) -> str:
    if not pages.grids:
        return "没有找到表格：文件里只有文字"
    if headed:
        return "找到了表头，但下面没有一行有分值：请核对“分值”一列"
    return (
        "没有找到评分表的表头：要有一行写着“考评内容”“标准分值”“考评办法”或意思相近的词；"
        "表头是别的词时请用 --columns 指明各列"
    )


class _Reader:
    def __init__(self, columns: Columns | None) -> None:
        self.told = columns
        self.columns = columns
        self.table = Table(names=columns.names if columns else ())
        self.problems: list[str] = []
        self.headed = columns is not None
        self.sheets: dict[str, tuple[str, int]] = {}
        self.headings: list[str] = []
        self.banner = ""
        self.title = ""
        self.sheet = ""
        self.fresh = False
        self.width = 0
        self.started = False
        self.summed = False
        self.last_points: Place | None = None
        self.last: dict[str, Place] = {}

    def grid(self, grid: Grid, sheet: str) -> None:
        """Read one grid, which may hold several tables one below the other.

        sheet: what it is called, where it has a name among others.
        """
        self.title = grid.title
        self.sheet = sheet
        self.fresh = True
        self.last_points = None
        self.last = {}
        self.started = self.told is not None and not self.told.heads
        if self.told is not None and self.started:
            self._start(grid, self.told)
        for row, cells in enumerate(grid.rows):
            if self.told is not None and self.told.repeated_by(cells):
                self.started = self._start(grid, self.told)
                continue
            if self.told is None and (found := header(grid, row)):
                self.started = self._start(grid, found)
                continue
            texts = texts_of(grid, row)
            if not texts:
                continue
            if self.started or self._follows(grid):
                self._row(grid, row, cells, texts)
            elif len(texts) <= 2:
                self._beside(" ".join(text for _, text in texts))

    def _start(self, grid: Grid, columns: Columns) -> bool:
        """Begin a table, or go on with the one before under its repeated header."""
        title = self._title(_GOES_ON.sub("", self.title).strip())
        new = not self.table.titles or (title and title != self.table.titles[-1])
        if new and not (self.table.titles and not title):
            self.table.titles.append(title)
            self.headings = []
            self.banner = ""
        self.columns = columns
        self.width = len(grid.rows[0])
        self.headed = True
        self.fresh = True
        self.table.names = self.table.names or columns.names
        return True

    def _title(self, title: str) -> str:
        """What a table is called: its own title or, of sheets without or with the same, theirs."""
        sheet, self.sheet = self.sheet, ""
        if not sheet:
            return title
        before = self.sheets.get(title)
        self.sheets.setdefault(title, (sheet, len(self.table.titles)))
        if title and before is None:
            return title
        if before and before[1] < len(self.table.titles):
            self.table.titles[before[1]] = before[0]
        self.table.by_sheet = True
        return sheet

    def _follows(self, grid: Grid) -> bool:
        """Whether a table without a header goes on with the one before it."""
        if not self.columns or not self.table.rows or grid.sheet or not grid.knows_merges:
            return False
        points = self.columns.points
        if points is None or len(grid.rows[0]) != self.width:
            return False
        return all(may_be_points(row[points]) or _SUM.match(row[0]) for row in grid.rows)

    def _beside(self, text: str) -> None:
        self.table.notes.append(text)
        if not _FORM_LINE.search(text):
            self.title = text

    def _row(
        self, grid: Grid, row: int, cells: Sequence[str], texts: list[tuple[int, str]]
    ) -> None:
        columns = self.columns
        assert columns is not None
        if self._sum(grid, row, texts):
            self.summed = True
            return
        if len(texts) == 1 and self._alone(grid, row, columns, *texts[0]):
            return
        self.summed = False
        points = self._points(grid, row, columns)
        headings = self._headings(grid, row, columns)
        content = cell(cells, columns.content)
        method = self._method(cells, columns)
        if points is None and not grid.knows_merges and _ONLY_POINTS.fullmatch(method):
            points, method = Decimal(method), ""  # a blank cell before the points was lost
        own = columns.content is None or bool(content)
        if points is None and not content and not method:
            return
        origin = grid.origin(row, columns.points) if columns.points is not None else None
        same_block = origin is not None and origin == self.last_points
        rest = (
            points is None and columns.points is not None and not self._vetoes(grid, row, headings)
        )
        if self.table.rows and (same_block or rest):
            self._add(grid, row, columns, (content, method), same_block)
            return
        self.last_points = origin
        self._remember(grid, row, columns)
        starred = bool(columns.star is not None and cell(cells, columns.star).strip("-— /"))
        lines = [line_of(content, starred)] if own and content else []
        where = grid.where(row, columns.points if columns.points is not None else columns.content)
        said = cell(cells, columns.points)
        mark = cell(cells, columns.star)
        self.table.rows.append(
            Row(
                headings,
                lines,
                points,
                method,
                where,
                len(self.table.titles) - 1,
                starred or bool(stars_in(said)),
                stars=stars_in(said, mark, content if own else ""),
                vetoes=points is None and "否决" in f"{said}{mark}",
                mark="" if _MARK.fullmatch(mark) else mark,
                ranks=ranks_of(cells, columns, points),
            )
        )
        weight = weight_of(cell(cells, columns.weight))
        if weight is not None and headings:
            self.table.weights.append((headings[0], weight))
        self.fresh = False

    def _vetoes(self, grid: Grid, row: int, headings: tuple[str, ...]) -> bool:
        """Whether a row without points is one of its own: it says so, or its heading is new."""
        assert self.columns is not None
        said = cell(grid.rows[row], self.columns.points)
        return bool(said) or (bool(self.table.rows) and headings != self.table.rows[-1].headings)

    def _points(self, grid: Grid, row: int, columns: Columns) -> Decimal | None:
        if columns.points is None:
            return None
        text = cell(grid.rows[row], columns.points)
        where = grid.where(row, columns.points)
        top = grid.origin(row, columns.points)
        if top in grid.formulas:
            self.problems.append(
                f"{where} 是公式，没有保存算出的结果：请在 Excel 中打开并保存一次，或改成数字"
            )
            return None
        try:
            points = points_in(text)
        except ValueError:
            hint = "分值不能是负数" if re.match(r"\s*[-－]\s*\d", text) else "分值应是数字"
            self.problems.append(f"{where} 写着“{text[:20]}”：{hint}")
            return None
        return points

    def _headings(self, grid: Grid, row: int, columns: Columns) -> tuple[str, ...]:
        """The headings of a row; a blank one is that of the row above, below the same heading."""
        found = [_GOES_ON.sub("", upright(cell(grid.rows[row], c))).strip() for c in columns.levels]
        before = self.headings
        if len(before) != len(found):
            before = [""] * len(found)
        changed = False
        filled = []
        for now, above in zip(found, before, strict=True):
            if now and now != above:
                changed = True
            filled.append(now or ("" if changed else above))
        self.headings = filled
        above_all = [self.banner] if self.banner else []
        return (*above_all, *(text for text in filled if text))

    def _method(self, cells: Sequence[str], columns: Columns) -> str:
        method = cell(cells, columns.method)
        if not columns.also or _COSTS.search(method):
            return method
        others = [cell(cells, column) for column in columns.also]
        return next((text for text in others if _COSTS.search(text)), method)

    def _add(
        self,
        grid: Grid,
        row: int,
        columns: Columns,
        words: tuple[str, str],
        same_block: bool,
    ) -> None:
        """Words that belong to the row above: a merged block, a check, or the rest of a page."""
        content, method = words
        above = self.table.rows[-1]
        starts = self._starts(grid, row, columns)
        if content and starts["content"]:
            starred = columns.star is not None and bool(cell(grid.rows[row], columns.star))
            if self.fresh and above.lines and not ends(above.lines[-1].text):
                above.lines[-1].text += content
            else:
                above.lines.append(line_of(content, starred))
        if method and starts["method"] and not (same_block and method == above.method):
            if not same_block and not self.fresh and above.method:
                above.loose = True
            joint = "" if self.fresh and not ends(above.method) else "\n"
            above.method = f"{above.method}{joint}{method}".strip("\n")
        self._remember(grid, row, columns)
        self.fresh = False

    def _starts(self, grid: Grid, row: int, columns: Columns) -> dict[str, bool]:
        """Whether the row's cells are new ones, not the merged ones of the row above."""
        found = {}
        for name, column in (("content", columns.content), ("method", columns.method)):
            origin = None if column is None else grid.origin(row, column)
            found[name] = origin is not None and origin != self.last.get(name)
        return found

    def _remember(self, grid: Grid, row: int, columns: Columns) -> None:
        for name, column in (("content", columns.content), ("method", columns.method)):
            if column is not None:
                self.last[name] = grid.origin(row, column)

    def _sum(self, grid: Grid, row: int, texts: list[tuple[int, str]]) -> bool:
        """Whether the row is a sum; kept when it has a number."""
        for place, (column, text) in enumerate(texts[:3]):
            found = _SUM.fullmatch(re.sub(r"\s", "", text))
            if not found or len(text) > 24:
                continue
            after = [found[1], *(other for _, other in texts[place + 1 :])]
            amounts = [
                Decimal(amount[1])
                for one in after
                if (amount := _AMOUNT.fullmatch(one.strip("为（）() ")))
            ]
            if amounts:
                whole = "小计" not in text
                where = grid.where(row, column)
                number = len(self.table.titles) - 1
                self.table.sums.append(Sum(amounts[0], len(self.table.rows), number, whole, where))
            return True
        return False

    def _alone(self, grid: Grid, row: int, columns: Columns, column: int, text: str) -> bool:
        """A row of one text: a note, the title of the next table, or a heading across the table."""
        if column in (columns.content, columns.method) and column > 0:
            return False  # a check, or the rest of the row above
        if _NOTE.match(text) or len(text) > 60:
            self.table.notes.append(text)
            return True
        spans = grid.origin(row, columns.used[-1]) == (row, column) or (
            not grid.knows_merges and column == 0
        )
        following = any(
            header(grid, below) for below in range(row + 1, min(row + 4, len(grid.rows)))
        )
        if self.told is None and (following or (self.summed and not grid.sheet)):
            self._beside(text)
            self.started = following  # words after the last sum end the table
            return True
        named = column in (0, columns.number) and column not in columns.levels
        spans |= named and bool(numbered(text)[0])
        if spans and column not in (columns.content, columns.method):
            if columns.levels and column == columns.levels[0] and not grid.knows_merges:
                self.headings = [text, *[""] * (len(columns.levels) - 1)]
            else:
                self.banner = text
                self.headings = []
            return True
        if column not in (columns.content, columns.method, columns.points, *columns.levels):
            self.table.notes.append(text)
            return True
        return False
