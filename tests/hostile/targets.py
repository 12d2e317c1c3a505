"""What takes input from outside, each as a function of bytes that says how it answered.

A target returns None for input that is accepted and the refusal in the user's words
for input that is not. Anything else that happens is a bug: an exception passes through.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from pathlib import Path

import schemes
from reports import Subject
from reports.workbook.cells import Refused
from reports.workbook.reading import read_back
from schemes import SchemeError
from schemes.tables.command import summary
from schemes.tables.draft import draft
from schemes.tables.folder import write_folder
from schemes.tables.opening import open_table
from schemes.tables.problems import TableError
from schemes.tables.rows import read_rows
from scoring import score
from scoring.__main__ import main as score_main
from scoring.answers import Answers
from state.documents.access import holder_of_mail
from state.documents.addresses import Addresses, addresses_in
from state.documents.assessment import answers_of, known_answers, new_assessment
from state.documents.changes import set_profile, set_scheme
from state.documents.packing import export_file, import_file
from state.documents.transfer import TransferError
from state.storage.folder import TinyRepository
from state.storage.repository import RepositoryError, update
from wording.output import result_json, scheme_json
from wording.readback import difference_words, refusal_words, unread_words

Target = Callable[[bytes], str | None]

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SCHEME = ROOT / "tests" / "fixtures" / "schemes" / "mini-percent"
KEPT = "0" * 32
"""The id of the document in the data folder that is broken."""

_NEIGHBOUR = new_assessment()
_MANY = 40
"""Rows that are written and read back as well, which takes most of the time."""
_SCORED_BY = "hazchem", "2.0"
"""Standard and version of the workbooks in corpus/workbook, which stay readable for ever."""
_SCORED = set_scheme(schemes.load(*_SCORED_BY))(new_assessment()).having(id="1" * 32)
_LONGEST = 4000
"""Characters of a refusal that somebody may still read, times some hundred faults."""


def importing(content: bytes) -> str | None:
    """A file on the start page. What is accepted can be scored, and comes back from an export."""
    try:
        packed = import_file(content)
    except TransferError as error:
        return _readable(str(error))
    read = packed.assessment
    again = import_file(export_file(read, packed.photos.get))
    made_anew = {"id", "revision", "updated"}
    assert again.assessment.model_dump(exclude=made_anew) == read.model_dump(exclude=made_anew)
    assert again.photos == packed.photos
    if read.scheme is not None:
        scheme = schemes.load(read.scheme)
        score(scheme, known_answers(scheme, read.work.answers)[0])
    return None


def scheming(content: bytes) -> str | None:
    """A file of a standard, once as its `scheme.yaml` and once as an element."""
    refusals = [_load(content, file) for file in ("scheme.yaml", "elements/01-first.yaml")]
    return None if None in refusals else "\n".join(map(str, refusals))


def answering(content: bytes) -> str | None:
    """A file on the command line: as one object, and as lines of them."""
    refusals = [_command(content, suffix) for suffix in (".json", ".jsonl")]
    return None if None in refusals else "\n".join(map(str, refusals))


def keeping(content: bytes) -> str | None:
    """A file in the data folder. Its neighbour is listed and opens, and no byte of it goes."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        repository = TinyRepository(folder)
        repository.create(_NEIGHBOUR)
        (folder / f"{KEPT}.json").write_bytes(content)
        assert _NEIGHBOUR.id in {line.id for line in repository.list().lines}
        try:
            read = repository.load(KEPT)
            update(repository, KEPT, set_profile("name", "改过的名称"))
        except RepositoryError as error:
            beside = [path.read_bytes() for path in folder.glob(f"{KEPT}*")]
            assert content in beside
            assert repository.load(_NEIGHBOUR.id) == _NEIGHBOUR
            return _readable(str(error))
        assert repository.load(KEPT).work == read.work
        assert repository.load(_NEIGHBOUR.id) == _NEIGHBOUR
        return None


def typing(content: bytes) -> str | None:
    """What is typed into the field for addresses; each that is understood is one by itself."""
    found = addresses_in(content.decode("utf-8", "replace"))
    for address in found.understood:
        assert addresses_in(address) == Addresses((address,), ())
        assert holder_of_mail(address)
    return None if found.understood and not found.refused else "没有看懂"


def tabling(content: bytes) -> str | None:
    """A file that should be an official table. What is accepted is a standard that can be scored."""
    try:
        made = draft(read_rows(open_table(content)), "试读的表")
        if not made.items:
            return "没有一行有分值"
        if len(made.items) < _MANY:
            with tempfile.TemporaryDirectory() as home:
                result_json(
                    score(write_folder(made, Path(home) / "t", "试读的表", None, "表"), Answers())
                )
    except TableError as error:
        return _readable(str(error))
    summary(made)
    return None


def reading(content: bytes) -> str | None:
    """A workbook on the page of reports. What is read of it can be said, applied and scored."""
    scheme = schemes.load(*_SCORED_BY)
    result = score(scheme, answers_of(scheme, _SCORED.work))
    subject = Subject.of(scheme, _SCORED, date(2026, 11, 1))
    try:
        found = read_back(content, _SCORED, result, subject)
    except Refused as refused:
        return _readable(refusal_words(refused.reason, refused.details))
    for one in found.differences:
        _readable(difference_words(one.what, one.subject, one.before, one.after))
    for cell in found.unread:
        _readable(unread_words(cell.sheet, cell.cell, cell.why))
    score(scheme, answers_of(scheme, found.change(_SCORED).work))
    return None


FAMILIES: dict[str, Target] = {
    "import": importing,
    "scheme": scheming,
    "answers": answering,
    "kept": keeping,
    "typed": typing,
    "table": tabling,
    "workbook": reading,
}


def _load(content: bytes, file: str) -> str | None:
    folder = _folder() / SCHEME.name
    kept = (SCHEME / file).read_bytes()
    (folder / file).write_bytes(content)
    try:
        scheme = schemes.load_folder(folder)
    except SchemeError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.line >= 1
            assert problem.remedy
            _readable(str(problem))
        return str(error)
    finally:
        (folder / file).write_bytes(kept)
    scheme_json(scheme)
    result_json(score(scheme, Answers()))
    return None


def _command(content: bytes, suffix: str) -> str | None:
    path = _folder() / f"answers{suffix}"
    path.write_bytes(content)
    out, err = io.BytesIO(), io.BytesIO()
    before, sys.argv = sys.argv, ["python -m scoring", "score", str(path), "--json"]
    try:
        with (
            io.TextIOWrapper(out, "utf-8") as stdout,
            io.TextIOWrapper(err, "utf-8") as stderr,
            redirect_stdout(stdout),
            redirect_stderr(stderr),
        ):
            status = score_main()
            stdout.flush()
            stderr.flush()
            printed, said = out.getvalue(), err.getvalue()
    finally:
        sys.argv = before
    assert status in (0, 2)
    assert bool(said) == (status == 2)
    assert not (printed and said), "half a batch"
    lines = said.decode().splitlines()
    for line in lines:
        _readable(line)
    return "\n".join(lines) if status else None


def _readable(refusal: str) -> str:
    """A refusal that can be sent to a browser, is not endless, and speaks Chinese."""
    refusal.encode()
    assert len(refusal) < _LONGEST
    assert any("\u4e00" <= character <= "\u9fff" for character in refusal)
    return refusal


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="hostile-")


@cache
def _folder() -> Path:
    """A folder of this process, with a copy of a small standard to be broken."""
    folder = Path(_home().name)
    shutil.copytree(SCHEME, folder / SCHEME.name)
    return folder
