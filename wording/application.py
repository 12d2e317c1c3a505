"""The conditions of application (申请条件), beside the score and never in it."""

from collections.abc import Iterator, Mapping

from schemes import Scheme
from schemes.model import RequisiteShape

HEADING = "申请条件自查"
NOTE = "申请条件不影响得分；标“整理”的是本工具整理，未逐字核对，以受理单位的要求为准。"
_ANSWERS = {True: "符合", False: "不符合", None: "待答"}


def requisites(scheme: Scheme, target: str) -> list[RequisiteShape]:
    """The conditions for a target grade; all of them while none is chosen."""
    return [
        requisite
        for requisite in scheme.application
        if not requisite.grades or not target or target in requisite.grades
    ]


def requisite_words(requisite: RequisiteShape) -> str:
    """A condition with the grades that it is for."""
    whose = f"（{'、'.join(requisite.grades)}）" if requisite.grades else ""
    return f"{requisite.text}{whose}"


def requisite_source(requisite: RequisiteShape) -> str:
    """Where a condition comes from."""
    compiled = "，整理" if requisite.provenance == "compiled" else ""
    return f"{requisite.source or '本工具'}{compiled}"


def application_words(scheme: Scheme, target: str, answers: Mapping[str, bool]) -> str | None:
    """How many conditions are met, in one line; None for a standard without any."""
    given = [answers.get(requisite.id) for requisite in requisites(scheme, target)]
    if not given:
        return None
    met, failed, left = (given.count(answer) for answer in (True, False, None))
    return f"{HEADING}：符合 {met}，不符合 {failed}，待答 {left}"


def application_rows(
    scheme: Scheme, target: str, answers: Mapping[str, bool]
) -> Iterator[list[str]]:
    """Number, condition, answer and source of each condition, for documents."""
    for number, requisite in enumerate(requisites(scheme, target), 1):
        yield [
            str(number),
            requisite_words(requisite),
            _ANSWERS[answers.get(requisite.id)],
            requisite_source(requisite),
        ]


HEADS = ["序号", "条件", "自查", "出处"]
