"""The nine chapters of a self-assessment report (自评报告). Source: 000, （三）3.

They are the same for every standard. What a standard says to one of them is found by
words in the titles of its elements.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from reports.content.subject import Subject
from schemes import Item, Scheme
from scoring.findings import Finding, findings_of
from scoring.numbers import text
from scoring.result import Result, SectionResult
from wording.conclusion import conclusion_words, rectification_words
from wording.grades import grade_words, progress_words, range_words
from wording.numbers import percent_words
from wording.summary import scale_words

Facts = list[tuple[str, str]]
"""Names and values; an empty value is one the enterprise has yet to fill in."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter.

    hint: what belongs in it, for whoever writes it.
    known: heading of what the assessment already knows for it.
    facts: what that is.
    titles: pattern of the elements that it is about; None when it is about none.
    """

    id: str
    title: str
    hint: str
    known: str
    facts: Callable[[Result, Subject], Facts]
    titles: re.Pattern[str] | None = None

    def is_about(self, title: str) -> bool:
        """Whether an element or section with this title belongs to the chapter."""
        return bool(self.titles and self.titles.search(title))

    def elements(self, result: Result) -> list[SectionResult]:
        """The elements it is about, as far as they apply."""
        applicable = (element for part in result.parts for element in part.applicable)
        return [element for element in applicable if self.is_about(element.section.title)]

    def findings(self, result: Result) -> list[Finding]:
        """The findings it is about, in the order of the standard."""
        return [one for one in findings_of(result) if self in _chapters(result.scheme, one.item)]


def named(words: str, kind: str) -> str:
    """Words on a self-assessment, for what the assessment is: 自评 or 复评."""
    return words.replace("自评", kind)


def _chapters(scheme: Scheme, item: Item) -> list[Chapter]:
    """The chapters an item belongs to by its element's title.

    Of an element that several are about, such as 机构和职责, the titles below decide
    where they can.
    """
    path = scheme.path(item.id)
    below = [*(section.title for section in path.sections[1:]), item.title]
    by_element = [c for c in CHAPTERS if c.is_about(path.element.title)]
    return [c for c in by_element if any(map(c.is_about, below))] or by_element


def _none(_result: Result, _subject: Subject) -> Facts:
    return []


def _enterprise(_result: Result, subject: Subject) -> Facts:
    profile = subject.profile
    return [
        ("企业名称", profile.name),
        ("地址", profile.address),
        ("法定代表人", profile.legal_representative),
        ("企业性质", profile.ownership),
        ("行业和主要产品", profile.industry),
        ("联系人", profile.contact),
        ("联系电话", profile.phone),
        ("从业人数", _people(profile.employees)),
        ("专职安全管理人员", _people(profile.safety_staff)),
        ("特种作业人员", _people(profile.special_operators)),
        ("年营业收入", profile.revenue),
        ("班次", profile.shifts),
        ("已有等级", profile.previous_grade),
    ]


def _people(count: int | None) -> str:
    return "" if count is None else f"{count} 人"


def _record(result: Result, _: Subject) -> Facts:
    facts = []
    for question in result.scheme.performance:
        count = result.answers.performance.get(question.id)
        if count is None:
            words = ""
        elif question.yes_no:
            words = "是" if count else "否"
        else:
            words = str(count)
        facts.append((question.title, words))
    return facts


def _conclusion(result: Result, subject: Subject) -> Facts:
    scheme = result.scheme
    total = range_words(result)
    if result.total is not None:
        total += f" 分（{scale_words(scheme)}）"
    if result.range_open:
        total += f"（{progress_words(result)}，查完以前总分在此范围内）"
    facts = [("总分", total), (f"{subject.kind}等级", grade_words(result))]
    if scheme.grades:
        facts.append(("申请考评等级", subject.profile.target_grade))
    return facts


def _titles(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


CHAPTERS = (
    Chapter(
        "enterprise",
        "企业简介",
        "企业性质，厂址和交通，产品、产能和规模，人员构成，工艺流程，生产方式和主要设备设施",
        "企业基本情况",
        _enterprise,
    ),
    Chapter(
        "organization",
        "安全管理机构和人员",
        "安全生产委员会或领导小组、安全管理部门、专职和兼职安全管理人员及其资格",
        "机构和人员的自评结果",
        _none,
        _titles("机构"),
    ),
    Chapter(
        "rules",
        "责任制和管理制度",
        "各级各岗位的安全生产责任制，管理制度和操作规程有哪些，怎样发布、执行和修订",
        "责任和制度的自评结果",
        _none,
        _titles("职责|责任|制度|规程|文件"),
    ),
    Chapter(
        "training",
        "安全教育培训",
        "培训计划和内容，各类人员的培训与持证，培训档案，考期内实际培训的人次",
        "教育培训的自评结果",
        _none,
        _titles("培训|教育"),
    ),
    Chapter(
        "risk",
        "风险管理",
        "怎样辨识和评价风险，主要风险有哪些，控制措施是什么，隐患排查治理的情况",
        "风险和隐患的自评结果",
        _none,
        _titles("风险|隐患|危险源"),
    ),
    Chapter(
        "emergency",
        "应急管理",
        "应急机构和队伍，预案及其备案，应急物资，演练的次数和发现的不足",
        "应急管理的自评结果",
        _none,
        _titles("应急"),
    ),
    Chapter(
        "health",
        "职业卫生管理",
        "有哪些职业病危害因素，检测结果，防护设施和用品，职业健康检查，危害告知",
        "职业卫生的自评结果",
        _none,
        _titles("职业健康(?!安全)|职业卫生|职业病|职业危害"),
    ),
    Chapter(
        "record",
        "安全生产绩效",
        "近三年每年的生产安全事故：起数、伤亡、直接经济损失和处理情况；没有也请写明",
        "安全绩效的自评结果",
        _record,
        _titles("事故(?!隐患)|绩效"),
    ),
    Chapter(
        "conclusion",
        "自评结论和申请等级",
        "自评怎样进行，总体评价，主要问题和整改情况，自评结论，申请考评的等级",
        "得分和等级",
        _conclusion,
    ),
)


RECTIFICATION = Chapter(
    "rectification",
    "整改情况",
    "查出的问题已整改多少、怎样整改，没有改完的有什么计划",
    "",
    _none,
)
"""Of the last chapter, which stands beside the conclusion; written like a chapter."""

TEXTS = (*CHAPTERS, RECTIFICATION)
"""All that somebody may write."""


DRAFTED = (CHAPTERS[-1], RECTIFICATION)
"""Those of which a result can say something."""


def draft_of(chapter: Chapter, result: Result, subject: Subject) -> str:
    """What a chapter says as long as nobody wrote it; empty where a result knows nothing of it."""
    if chapter is RECTIFICATION:
        return rectification_words(result, subject.kind)
    if chapter is CHAPTERS[-1]:
        return conclusion_words(result, subject.profile, subject.kind)
    return ""


def element_facts(scheme: Scheme, elements: list[SectionResult]) -> Facts:
    """Score and review state of elements."""
    return [
        (
            f"{element.section.id} {element.section.title}",
            f"得分 {text(element.score)} / {text(element.full)}，"
            f"得分率 {percent_words(scheme, element.percent)}，"
            f"已核查 {element.reviewed}/{element.applicable_items} 条",
        )
        for element in elements
    ]
