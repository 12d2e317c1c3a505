"""`python -m reports KIND answers.json -o FILE`: documents without a browser.

KIND: pdf, the summary; onepage, the same on one page; xlsx, the scoring sheets; docx, the
self-assessment report; nonconformities, forms for what was found; zip, all of them.
The file may also be an exported assessment, which knows the enterprise.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import schemes
from reports.content.subject import Subject
from reports.documents import DOCUMENTS
from schemes.console import speak_utf8
from scoring import AnswersError, score
from scoring.problems import Problem, ProblemKind
from scoring.reading import decode, parse, read
from scoring.result import Result
from state.documents.assessment import known_answers
from state.documents.transfer import TransferError, import_json, is_export
from wording.problems import fail, problem_words


def main() -> int:
    """Write one report. Exit status 2 with one line per problem for bad input."""
    speak_utf8()
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument("kind", choices=list(DOCUMENTS))
    parser.add_argument("file", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        result, subject = _read(arguments.file)
        arguments.output.write_bytes(DOCUMENTS[arguments.kind].make(result, subject))
    except AnswersError as error:
        return fail(map(problem_words, error.problems))
    except TransferError as error:
        return fail([str(error)])
    except OSError as error:
        return fail([f"{arguments.output}: 无法写入（{error}）"])
    return 0


def _read(path: Path) -> tuple[Result, Subject]:
    raw: Any = decode(read(path))
    if not is_export(raw):
        return score(*parse(raw)), Subject(date.today())
    assessment = import_json(json.dumps(raw).encode())
    if assessment.scheme is None:
        raise AnswersError([Problem("scheme", ProblemKind.NO_SCHEME)])
    scheme = schemes.load(assessment.scheme)
    answers, _ = known_answers(scheme, assessment.work.answers)
    return score(scheme, answers), Subject.of(scheme, assessment, date.today())


if __name__ == "__main__":
    sys.exit(main())
