"""The structure of a tagged PDF: what is a heading, a paragraph, a table, a figure."""

from fpdf.output import PDFPage
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFString


class _Element(StructElem):
    """An element with attributes, which fpdf2's has not."""

    __slots__ = ("a",)

    def __init__(self, kind: str, parent: StructElem, kids: list[int], page: int) -> None:
        super().__init__(f"/{kind}", parent, kids, page_number=page)
        self.a = "<</O /Table /Scope /Column>>" if kind == "TH" else None

    def spanning(self, columns: int) -> None:
        """Say that a cell takes several columns."""
        scope = "/Scope /Column " if self.s == "/TH" else ""
        self.a = f"<</O /Table {scope}/ColSpan {columns}>>"

    def serialize(self, *_: object, **__: object) -> str:
        """What fpdf2 writes of its slots, which takes longer than the text they are about."""
        kids = " ".join(str(kid) if isinstance(kid, int) else kid.ref for kid in self.k)
        entries = [
            self.a and f"/A {self.a}",
            self.alt and f"/Alt {self.alt.serialize()}",
            f"/K [{kids}]",
            f"/P {self.p.ref}",
            self.pg and f"/Pg {self.pg.ref}",
            f"/S {self.s}",
            f"/Type {self.type}",
        ]
        return f"{self.id} 0 obj\n<<\n{chr(10).join(filter(None, entries))}\n>>\nendobj"


class Structure(StructureTreeBuilder):
    """A structure tree with tables in it.

    fpdf2 2.8.9 tags figures only, all directly below the document. This adds the other kinds
    and nesting; the classes it builds on are internal to fpdf2, whose version is pinned.
    """

    def __init__(self) -> None:
        super().__init__()
        self._branch: list[StructElem] = [self.doc_struct_elem]
        self._all: list[StructElem] = []

    def open(self, kind: str, page: int) -> None:
        """Begin an element that holds others, such as Table or TR."""
        self._branch.append(self._grow(kind, [], page))

    def close(self) -> None:
        """End the element that was opened last."""
        self._branch.pop()

    def leaf(
        self, kind: str, page: int, canvas: PDFPage, alt: str | None = None, span: int = 1
    ) -> int:
        """Add an element with content on `page`. Returns: its number among the page's marks.

        span: columns that it takes, of a table's cell.
        """
        index = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        canvas.struct_parents = index
        marks = self.struct_tree_root.parent_tree.nums[index]
        element = self._grow(kind, [len(marks)], page)
        element.alt = PDFString(alt) if alt else None
        if span > 1:
            element.spanning(span)
        element.pg = canvas  # type: ignore[assignment]
        marks.append(element)
        return len(marks) - 1

    def _grow(self, kind: str, kids: list[int], page: int) -> _Element:
        parent = self._branch[-1]
        element = _Element(kind, parent, kids, page)
        parent.k.append(element)
        self._all.append(element)
        return element

    def __iter__(self):  # type: ignore[no-untyped-def]
        """Every object of the tree, for fpdf2 to number."""
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from self._all
