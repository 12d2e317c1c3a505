"""Scoring a full assessment by each standard with 150 findings by `scoring.score`.

Median of many runs in one process. Beside it the same sheet as a workbook with live formulas,
recalculated by LibreOffice without a window: the wall time of one conversion, so its start-up and
its reading and writing of the file are part of it; median of some, after one that is not counted.
Both must come to the same total.
"""

import statistics
import subprocess
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import schemes
from benchmarks.measure import AtMost, Row, timed
from benchmarks.subject import full_assessment, scored
from benchmarks.workbook import read_total, write_workbook
from scoring import score
from state.documents.assessment import Assessment, answers_of

WARM_UP, RUNS = 50, 1000
CONVERSIONS = 5


def run() -> list[Row]:
    """Score, and let LibreOffice score."""
    return [_beside_libreoffice(scheme_id) for scheme_id in schemes.available()]


def _beside_libreoffice(scheme_id: str) -> Row:
    assessment = full_assessment(scheme_id)
    scheme = schemes.load(scheme_id)
    answers = answers_of(scheme, assessment.work)
    times = [timed(score, scheme, answers) for _ in range(WARM_UP + RUNS)][WARM_UP:]
    return Row(
        f"score a full {scheme_id} sheet, {len(answers.findings)} findings",
        statistics.median(times),
        "LibreOffice, one conversion",
        statistics.median(_conversions(assessment)),
        AtMost(0.002),
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
        times = [timed(convert) for _ in range(1 + CONVERSIONS)][1:]
        total = read_total(done / workbook.name)
    if total != result.total:
        raise ValueError(f"the workbook comes to {total}, scoring to {result.total}")
    return times
