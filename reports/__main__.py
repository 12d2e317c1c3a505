"""`python -m reports KIND answers.json -o FILE`: documents without a browser.

KIND: pdf, the summary; onepage, the same on one page; xlsx, the scoring sheets; docx, the
self-assessment report; tables, the standard's own tables; long, the summary with these tables;
nonconformities, forms for what was found; plan, the shortest way to the grade aimed at; checklist
and checklist-pdf, the standard as a paper form; records and records-xlsx, the papers to have ready
as Word and Excel; actions and actions-xlsx, what is done about findings, and calendar, its last
days; zip, all of them.
The file may also be an exported assessment, which knows the enterprise.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from reports.content.subject import Per, Subject
from reports.documents import DOCUMENTS
from schemes import Library, SchemeError
from schemes.console import speak_utf8
from scoring import AnswersError, score
from scoring.problems import Problem, ProblemKind
from scoring.reading import decode, parse, read
from scoring.result import Result
from scoring.versions import add_scheme, library_of
from state.documents.assessment import answers_of
from state.documents.transfer import TransferError, import_json, inconsistencies, is_export
from state.documents.versions import scheme_of
from wording.dates import today
from wording.problems import fail, problem_words, tell
from wording.versions import merged_words
from wording.warnings import unknown_words


def main() -> int:
    """Write one report. Exit status 2 with one line per problem for bad input."""
    speak_utf8()
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument("kind", choices=list(DOCUMENTS))
    parser.add_argument("file", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument(
        "--per", choices=[*Per], type=Per, default=Per.FINDING, help="what each form is about"
    )
    add_scheme(parser)
    arguments = parser.parse_args()
    try:
        result, subject = _read(arguments.file, library_of(arguments.scheme))
        subject = replace(subject, per=arguments.per)
        arguments.output.write_bytes(DOCUMENTS[arguments.kind].make(result, subject))
    except AnswersError as error:
        return fail(map(problem_words, error.problems))
    except SchemeError as error:
        return fail(map(str, error.problems))
    except TransferError as error:
        return fail([str(error)])
    except OSError as error:
        return fail([f"{arguments.output}: 无法写入（{error}）"])
    return 0


def _read(path: Path, library: Library) -> tuple[Result, Subject]:
    """The result and what the report is about; what it rests on is said on standard error."""
    raw: Any = decode(read(path))
    if not is_export(raw):
        parsed = parse(raw, library)
        tell(merged_words(parsed.moved))
        return score(parsed.scheme, parsed.answers), Subject(today(), library=library)
    assessment = import_json(json.dumps(raw).encode(), library)
    scheme = scheme_of(assessment, library)
    if scheme is None:
        raise AnswersError([Problem("scheme", ProblemKind.NO_SCHEME)])
    result = score(scheme, answers_of(scheme, assessment.work))
    tell((*unknown_words(result), *inconsistencies(assessment, library)))
    return result, Subject.of(scheme, assessment, today(), library)


if __name__ == "__main__":
    sys.exit(main())
