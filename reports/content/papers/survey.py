"""What an enterprise is and has: its basic facts, papers, rules and laws."""

from collections.abc import Iterable, Iterator, Sequence

from process import Deliverable
from reports.content.blocks import Block, Document, Form, Heading, Text
from reports.content.papers.ground import Assessed, Ground
from reports.content.papers.pieces import (
    blanks,
    columns,
    guide,
    pairs,
    paper,
    signed,
    spaces,
    taken_from,
)
from reports.content.record_list import KINDS, ListedPaper, by_kind, record_list
from schemes.guidance import guidance, laws
from scoring.applicability import Status
from state.documents.project import Record
from wording.papers import NO_STANDARD, owner_words
from wording.projects import STANDINGS
from wording.records import NOTES, STATES

_WRITTEN = ("制度", "记录", "台账")
"""Kinds of papers that the enterprise writes itself."""


def enterprise_sheet(ground: Ground, one: Deliverable) -> Document:
    """创建安全标准化企业基本信息: what a snapshot knows of the enterprise; the rest are blanks."""
    return paper(ground, one, _sheet(ground, one))


def _sheet(ground: Ground, one: Deliverable) -> Iterator[Block]:
    profile = ground.profile
    yield guide("名称、地址、信用代码与营业执照一字不差；没有的写“无”，不要空着交。")
    yield pairs(
        ("企业名称", ground.enterprise),
        ("统一社会信用代码", ""),
        ("地址", profile.address),
        ("法定代表人", profile.legal_representative),
        ("企业性质", profile.ownership),
        ("成立日期", ""),
        ("行业和主要产品", profile.industry),
        ("年营业收入", profile.revenue),
        ("联系人", profile.contact),
        ("联系电话", profile.phone),
        ("从业人数", _people(profile.employees)),
        ("班次", profile.shifts),
        ("专职安全管理人员", _people(profile.safety_staff)),
        ("特种作业人员", _people(profile.special_operators)),
        ("已有等级", profile.previous_grade),
        ("目标等级", ground.project.target_grade or profile.target_grade),
    )
    yield spaces(
        ("主要原料和产品、年产能", ""),
        ("工艺流程和主要设备", ""),
        ("重大危险源、有限空间、涉爆粉尘、涉氨制冷", ""),
        ("近三年事故", ""),
        ("厂区周边和外来单位", ""),
        height=15,
    )
    yield signed(ground, "填表人", one.by, seal=True)


def _people(count: int | None) -> str:
    return "" if count is None else f"{count} 人"


def papers_wanted(ground: Ground, one: Deliverable) -> Document:
    """需要企业提供资料: what the source asks for, then what the standard chosen asks for."""
    return paper(ground, one, _wanted(ground, one), title="需要企业提供的资料清单", wide=True)


def _wanted(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield _whose(ground)
    yield guide("先要原样，再谈补充：有什么交什么，没有的直接写没有，不临时编写。")
    heads = ("序号", "资料", "有 / 没有", "份数", "在哪个部门", "哪一年的", "备注")
    rows = [(part, "", "", "", "", "") for part in one.parts]
    yield blanks(columns(heads, (12, 90, 22, 16, 40, 30, 47), "CLCCLLL"), rows, len(rows) + 3)
    yield Heading("按标准整理的资料", new_page=True)
    yield from _listed(ground.first, KINDS)


def rule_list(ground: Ground, one: Deliverable) -> Document:
    """制度与记录清单: rules, records and ledgers of the standard, beside what is there."""
    return paper(ground, one, _rules(ground), title="制度与记录清单", wide=True)


def _rules(ground: Ground) -> Iterator[Block]:
    yield _whose(ground)
    yield guide("制度写的就是平常做的；每份有编号、批准人和生效日期，旧版收回。")
    one = ground.latest
    yield taken_from(one)
    papers = _papers(one)
    if papers is None:
        yield Text(NO_STANDARD)
        papers = []
    heads = ("序号", "标准要有的", "用于条款", "情况", "现有文件名称", "编号", "批准人", "生效日期")
    widths = (12, 66, 40, 16, 58, 22, 20, 23)
    for kind, found in by_kind(p for p in papers if p.paper.kind in _WRITTEN):
        yield Heading(kind)
        rows = [(*_cells(p), "", "", "", "") for p in found]
        yield blanks(columns(heads, widths, "CLLCLLLL"), rows, 1)
    if not papers:
        yield blanks(columns(heads, widths, "CLLCLLLL"), (), 20)
    yield from (Text(note) for note in NOTES)


def _cells(one: ListedPaper) -> tuple[str, str, str]:
    name = f"{one.paper.name}（{one.paper.period}）" if one.paper.period else one.paper.name
    clauses = " ".join(item.id for item in one.items)
    return name, clauses, STATES[one.state] if one.state else ""


def _papers(one: Assessed | None) -> list[ListedPaper] | None:
    return record_list(one.result, one.subject) if one else None


def _listed(one: Assessed | None, kinds: Sequence[str]) -> Iterator[Block]:
    yield taken_from(one)
    papers = _papers(one)
    if papers is None:
        yield Text(NO_STANDARD)
        return
    yield from (Text(note) for note in NOTES)
    heads = ("序号", "种类", "资料", "周期", "用于条款", "有 / 没有", "在哪个部门", "备注")
    rows = []
    for kind, found in by_kind(p for p in papers if p.paper.kind in kinds):
        for p in found:
            clauses = " ".join(item.id for item in p.items)
            state = STATES[p.state] if p.state else ""
            rows.append((kind, p.paper.name, p.paper.period or "", clauses, state, p.place, ""))
    yield blanks(columns(heads, (12, 16, 70, 34, 46, 18, 56, 20), "CCLLLCLL"), rows, 1)


def law_list(ground: Ground, one: Deliverable) -> Document:
    """法律法规和标准清单: what the guidance of the standard rests on; whom it binds is a blank."""
    return paper(ground, one, _laws(ground), title="适用的安全生产法律法规和标准清单", wide=True)


def _laws(ground: Ground) -> Iterator[Block]:
    yield _whose(ground)
    yield guide(
        "清单由本工具从提示里引用的法规整理，不齐全：地方法规、行业标准自己补；"
        "每份查证是否现行，写到条款、部门和岗位，每年至少重查一遍。"
    )
    yield taken_from(ground.latest)
    heads = (
        "序号", "名称", "文号或编号", "实施日期", "适用条款", "用于标准条款",
        "落实到部门、岗位", "查证日期", "是否现行",
    )  # fmt: skip
    table = columns(heads, (12, 52, 44, 22, 62, 62, 34, 18, 14), "CLLCLLLCC")
    rows = [(*row, "", "", "") for row in _cited(ground.latest)]
    yield blanks(table, rows, len(rows) + 10)


def _cited(one: Assessed | None) -> Iterable[tuple[str, str, str, str, str]]:
    """Laws cited for items that apply, in the order of the standard, with articles and items."""
    if one is None:
        return
    found = guidance(one.result.scheme, one.subject.library)
    cited: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for item in one.result.items.values():
        if item.status is not Status.APPLIES or item.item.id not in found:
            continue
        for basis in found[item.item.id].basis:
            articles, items = cited.setdefault(basis.law, ({}, {}))
            if basis.article:
                articles[basis.article] = None
            items[item.item.id] = None
    known = laws()
    for name, (articles, items) in cited.items():
        law = known[name]
        number = law.number or law.law
        yield law.title, number, law.since or "", "、".join(articles), " ".join(items)


def _whose(ground: Ground) -> Form:
    return pairs(("企业名称", ground.enterprise), ("整理日期", ground.made_on.isoformat()))


def application_list(ground: Ground, one: Deliverable) -> Document:
    """申报资料清单: every paper that goes into it, with its state and what is attached."""
    return paper(ground, one, _application(ground, one), title="申报资料清单", wide=True)


def _application(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield _whose(ground)
    if one.note:
        yield guide(f"{one.note}。")
    heads = ("序号", "资料", "状态", "附件", "由谁准备", "核对人", "核对日期", "备注")
    rows = []
    for name in one.collects:
        other = ground.process.deliverable[name]
        record = ground.project.records.get(name, Record())
        files = "、".join(file.name for file in ground.project.attachments.get(name, ()))
        owner = owner_words(ground.process, ground.project, other)
        rows.append((other.title, STANDINGS[record.standing], files, owner, "", "", record.reason))
    yield blanks(columns(heads, (12, 74, 20, 60, 45, 16, 16, 14), "CLCLLLLL"), rows, len(rows) + 3)
