"""Scoring a full assessment by each standard with 150 findings by `scoring.score`.

Median of many runs in one process, of the processor's time, as the machine may be shared with
others. Beside it the same sheet as a workbook with live formulas,
recalculated by LibreOffice without a window: the wall time of one conversion, so its start-up and
its reading and writing of the file are part of it; the quickest of some.
Both must come to the same total.

Scored again is what one click costs: a finding more on one element after the other, from the
result before; beside it the same in full. The gains of all findings are what `planning` works out
for a list of what to fix, each finding scored again without it; beside it each scored in full.
"""

import statistics
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import schemes
from benchmarks.measure import AtMost, Row, reckoned, timed
from benchmarks.subject import full_assessment, scored
from benchmarks.workbook import read_total, write_workbook
from planning.gain import finding_gains
from schemes import Section
from scoring import Answers, Result, score
from state.documents.assessment import Assessment, answers_of

WARM_UP, RUNS = 20, 200
CONVERSIONS, GAINS = 2, 3


def run() -> list[Row]:
    """Score, and let LibreOffice score."""
    names = schemes.available()
    rows = [row for scheme_id in names for row in (_again(scheme_id), _gains(scheme_id))]
    return [*(_beside_libreoffice(scheme_id) for scheme_id in names), *rows]


def _again(scheme_id: str) -> Row:
    result = scored(full_assessment(scheme_id))
    scheme = result.scheme
    changed = [_one_more(result, element) for element in scheme.elements]
    turns = range(WARM_UP + RUNS)
    again, full = (
        [reckoned(work, changed[turn % len(changed)]) for turn in turns][WARM_UP:]
        for work in (lambda a: score(scheme, a, result), lambda a: score(scheme, a))
    )
    return Row(
        f"score {scheme_id} again after one answer",
        statistics.median(again),
        "in full",
        statistics.median(full),
        AtMost(0.0003),
    )


def _one_more(result: Result, element: Section) -> Answers:
    """The answers with another count of the first condition of an element that counts."""
    answers, applies = result.answers, result.applies
    found = (c for i in element.items for c in i.conditions if applies.counts(i, c))
    condition = next(found, None)
    if condition is None:
        return answers
    often = answers.findings.get(condition.id, 0) + 1
    return replace(answers, findings={**answers.findings, condition.id: often})


def _gains(scheme_id: str) -> Row:
    result = scored(full_assessment(scheme_id))
    found = list(result.answers.findings)

    def in_full() -> None:
        for name in found:
            kept = {c: often for c, often in result.answers.findings.items() if c != name}
            score(result.scheme, replace(result.answers, findings=kept))

    return Row(
        f"gains of {len(found)} findings, {scheme_id}",
        min(reckoned(finding_gains, result) for _ in range(GAINS)),
        "each scored in full",
        min(reckoned(in_full) for _ in range(GAINS)),
        None,
    )


def _beside_libreoffice(scheme_id: str) -> Row:
    assessment = full_assessment(scheme_id)
    scheme = schemes.load(scheme_id)
    answers = answers_of(scheme, assessment.work)
    times = [reckoned(score, scheme, answers) for _ in range(WARM_UP + RUNS)][WARM_UP:]
    return Row(
        f"score a full {scheme_id} sheet, {len(answers.findings)} findings",
        statistics.median(times),
        "LibreOffice, one conversion",
        min(_conversions(assessment)),
        AtMost(0.001),
    )


def _conversions(assessment: Assessment) -> list[float]:
    """Wall times of LibreOffice. Raises: ValueError when its total is not ours."""
    result = scored(assessment)
    with TemporaryDirectory() as scratch:
        workbook, done = Path(scratch, "sheet.xlsx"), Path(scratch, "done")
        write_workbook(result, assessment.work.answers, workbook)
        command = [
            "soffice",
            f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(done), str(workbook)),
        ]
        convert = partial(subprocess.run, command, check=True, capture_output=True)
        times = [timed(convert) for _ in range(CONVERSIONS)]
        total = read_total(done / workbook.name)
    if total != result.total:
        raise ValueError(f"the workbook comes to {total}, scoring to {result.total}")
    return times
