"""Grades with the reason for every gate, and what the user should know about a result."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from schemes import Grade, Scheme
from scoring.answers import Answers
from scoring.applicability import Status, unanswered
from scoring.numbers import text
from scoring.result import Gate, GradeResult, SectionResult


def grades(
    scheme: Scheme,
    answers: Answers,
    elements: Sequence[SectionResult],
    exact: Fraction,
    rounded: Decimal,
) -> tuple[GradeResult, ...]:
    """Every grade of the scheme, best first, with its gates."""
    compared = Fraction(rounded) if scheme.scoring.compare == "rounded" else exact
    if not any(element.applicable for element in elements):
        nothing = (Gate("没有适用的内容，无法评定", met=False),)
        return tuple(GradeResult(grade.title, nothing) for grade in scheme.grades)
    return tuple(
        GradeResult(
            grade.title,
            (
                *_score_gates(scheme, place, answers, compared, elements),
                *_performance_gates(scheme, grade, answers),
            ),
        )
        for place, grade in enumerate(scheme.grades)
    )


def _score_gates(
    scheme: Scheme,
    place: int,
    answers: Answers,
    compared: Fraction,
    elements: Sequence[SectionResult],
) -> Iterator[Gate]:
    """Total and elements; after a downgrade a grade asks for what the one above asks for."""
    grade = asked = scheme.grades[place]
    for question in scheme.performance:
        if question.id in scheme.downgrade and answers.performance.get(question.id, 0):
            if place == 0:
                yield Gate(f"{question.title}：下降一级，不能评{grade.title}", met=False)
                return
            asked = scheme.grades[place - 1]
            yield Gate(f"{question.title}：下降一级，须够{asked.title}才评{grade.title}", met=True)
            break
    yield _total_gate(asked, compared)
    yield from _element_gates(asked, elements)


def _total_gate(grade: Grade, compared: Fraction) -> Gate:
    met = compared >= Fraction(grade.total)
    sign = "不低于" if met else "低于"
    return Gate(f"总分 {shown(compared, grade.total)} {sign} {text(grade.total)}", met)


def _element_gates(grade: Grade, elements: Sequence[SectionResult]) -> Iterator[Gate]:
    if grade.element is None:
        return
    line = Fraction(grade.element)
    below = [e for e in elements if e.percent is not None and e.percent < line]
    if not below:
        yield Gate(f"每个适用要素不低于 {text(grade.element)}", met=True)
    for element in below:
        percent = shown(element.percent or Fraction(0), grade.element)
        name = f"{element.section.id} {element.section.title}"
        yield Gate(f"要素 {name} {percent} 低于 {text(grade.element)}", met=False)


def _performance_gates(scheme: Scheme, grade: Grade, answers: Answers) -> Iterator[Gate]:
    asked = {question.id: question for question in scheme.performance}
    for name, most in grade.performance:
        count = answers.performance.get(name, 0)
        if asked[name].yes_no:
            words = f"：{'是' if count else '否'}"
        else:
            words = f" {count}，{'不超过' if count <= most else '超过'} {most}"
        yield Gate(f"{asked[name].title}{words}", met=count <= most)


def shown(value: Fraction, line: Decimal) -> str:
    """`value` with enough decimals, at least 2, to see on which side of `line` it lies."""
    for places in range(2, 12):
        scale = 10**places
        floor = Fraction(value.numerator * scale // value.denominator, scale)
        rounded = floor + (Fraction(1, scale) if (value - floor) * scale * 2 >= 1 else 0)
        if (rounded >= line) == (value >= line):
            return text(rounded)
    return text(value)


def warnings(
    scheme: Scheme,
    answers: Answers,
    status: dict[str, Status],
    elements: Sequence[SectionResult],
) -> Iterator[str]:
    """What the numbers rest on that the user may not be aware of."""
    for facet in unanswered(scheme, answers):
        yield f"未回答“{facet.title}”，与之相关的内容没有计入"
    for question in scheme.performance:
        if question.id not in answers.performance:
            none = "否" if question.yes_no else "0"
            yield f"未填写“{question.title}”，按{none}计"
    made = answers.findings.keys() | answers.earlier.keys()
    idle = [c for c in made if status[scheme.conditions[c][0].id] != Status.APPLIES]
    if idle:
        yield f"{len(idle)} 项扣分记录所在内容不适用，已保留但不计分：{_few(idle)}"
    once = [
        c for c, count in answers.findings.items() if count > 1 and not scheme.conditions[c][1].per
    ]
    if once:
        yield f"{len(once)} 项扣分情形不按数量计，只按一次扣：{_few(once)}"
    unreviewed = sum(element.applicable_items - element.reviewed for element in elements)
    if unreviewed:
        yield f"还有 {unreviewed} 条内容未核查，暂按满分计"


def _few(ids: list[str]) -> str:
    return "、".join(sorted(ids)[:5]) + ("…" if len(ids) > 5 else "")
