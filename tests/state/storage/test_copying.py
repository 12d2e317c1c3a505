"""`python -m state`: assessments move between folders and databases, and it is proved."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from state.documents.access import Access, new_token
from state.documents.assessment import SCHEMA_VERSION, new_id
from state.documents.changes import set_finding
from state.storage.repository import NotFound, Repository, update
from tests.commands import Finished, in_a_process, run_command
from tests.state.conftest import STRANGE, filled, read_document, write_document

Opening = Callable[[str], Repository]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "data").mkdir()
    return str(tmp_path / "data")


def _run(*arguments: str, address: str | None = None) -> Finished:
    return run_command("state", *arguments, environ={"ANBIAO_DATABASE_URL": address or ""})


def _sides(output: str) -> tuple[str, str]:
    """What is said of the source and of the target: how many, and their hash."""
    source, target = output.splitlines()[:2]
    return source.removeprefix("来源："), target.removeprefix("目标：")


def _fill(repository: Repository) -> list[str]:
    """Some of every kind; their ids."""
    kept = [filled(name=text, text=text) for text in STRANGE.values()]
    for assessment in kept:
        repository.create(assessment)
    shared = Access(
        owner="person:me",
        shared=["mail:you@example.com"],
        links=[new_token()],
        deleted=datetime(2026, 11, 2, tzinfo=UTC),
    )
    binned = filled("已删除的")
    repository.create(binned, shared)
    update(repository, binned.id, set_finding("2.1.1-a", 3))
    return [assessment.id for assessment in (*kept, binned)]


@pytest.mark.parametrize("there_and_back", [True, False])
def test_everything_arrives_as_it_was(
    folder: str, database: str, opening: Opening, there_and_back: bool
) -> None:
    source, target = (folder, database) if there_and_back else (database, folder)
    ids = _fill(opening(source))
    done = in_a_process("state", "copy", source, target)
    assert (done.returncode, done.stderr) == (0, "")
    said, arrived = _sides(done.stdout)
    assert said == arrived
    assert said.startswith(f"{len(ids)} 份，SHA-256 ")
    before, after = opening(source), opening(target)
    for assessment_id in ids:
        assert after.load(assessment_id) == before.load(assessment_id)
        assert after.access(assessment_id) == before.access(assessment_id)
    assert after.list().lines == before.list().lines
    assert len(after.list().lines) == len(ids)


def test_going_on_after_an_interruption_copies_the_rest(
    folder: str, database: str, opening: Opening
) -> None:
    ids = _fill(opening(folder))
    first = _run("copy", folder, database)
    opening(database).delete(ids[0])
    second = _run("copy", folder, database)
    assert second.returncode == 0
    assert _sides(second.stdout) == _sides(first.stdout)
    assert f"新复制 1 份，原已相同 {len(ids) - 1} 份" in second.stdout


def test_two_databases_say_the_same_hash_as_a_folder(
    folder: str, database: str, tmp_path: Path, opening: Opening
) -> None:
    _fill(opening(folder))
    there = _run("copy", folder, database)
    back = _run("copy", database, str(tmp_path / "again"))
    assert _sides(back.stdout) == _sides(there.stdout)


@pytest.mark.parametrize("change", ["answers", "access"])
def test_another_assessment_under_the_same_id_is_named_and_kept(
    folder: str, database: str, opening: Opening, change: str
) -> None:
    source, target = opening(folder), opening(database)
    assessment, other = filled(), filled()
    source.create(assessment)
    source.create(other)
    if change == "answers":
        target.create(set_finding("1.1.1-a", 1)(assessment))
    else:
        target.create(assessment, Access(owner="person:you"))
    before = target.load(assessment.id), target.access(assessment.id)
    done = _run("copy", folder, database)
    assert done.returncode == 1
    assert f"没有复制 {assessment.id}：目标中同一编号的自评与它不同，没有覆盖" in done.stderr
    assert _sides(done.stdout)[0] != _sides(done.stdout)[1]
    assert (target.load(assessment.id), target.access(assessment.id)) == before
    assert target.load(other.id) == other


def test_what_is_only_in_the_target_is_left_alone(
    folder: str, database: str, opening: Opening
) -> None:
    ids = _fill(opening(folder))
    own = filled()
    opening(database).create(own)
    done = _run("copy", folder, database)
    assert done.returncode == 0
    assert _sides(done.stdout)[1].startswith(f"{len(ids)} 份")
    assert opening(database).load(own.id) == own


@pytest.mark.alters_database
def test_a_target_that_changes_what_it_is_given_is_found_out(
    folder: str, database: str, opening: Opening
) -> None:
    """A trigger stands for every fault between what was written and what is there."""
    ids = _fill(opening(folder))
    with psycopg.connect(database) as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " NEW.document = jsonb_set(NEW.document, '{profile,employees}', '39');"
            " RETURN NEW; END $$"
        )
        connection.execute(
            "CREATE TRIGGER spoil BEFORE INSERT ON documents FOR EACH ROW"
            f" WHEN (NEW.id = '{ids[3]}') EXECUTE FUNCTION spoil()"
        )
    done = _run("copy", folder, database)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"两边不一致 {ids[3]}"]
    source, target = _sides(done.stdout)
    assert source.split("，")[0] == target.split("，")[0]
    assert source != target


@pytest.mark.parametrize("kind", ["damaged", "too new"])
def test_what_cannot_be_read_is_listed_and_the_rest_is_copied(
    storage: str, tmp_path: Path, opening: Opening, kind: str
) -> None:
    ids = _fill(opening(storage))
    document = filled().model_dump(mode="json")
    document |= {"work": 5} if kind == "damaged" else {"schema_version": SCHEMA_VERSION + 1}
    write_document(storage, document)
    target = str(tmp_path / "target")
    for said in ("新复制", "原已相同"):
        done = _run("copy", storage, target)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"没有复制 {document['id']}：")
        assert f"{said} {len(ids)} 份" in done.stdout
        assert _sides(done.stdout)[0] == _sides(done.stdout)[1]
    with pytest.raises(NotFound):
        opening(target).load(document["id"])


def test_a_later_version_in_the_target_is_not_replaced(
    folder: str, database: str, opening: Opening
) -> None:
    assessment = filled()
    opening(folder).create(assessment)
    later = assessment.model_dump(mode="json") | {"schema_version": SCHEMA_VERSION + 1}
    write_document(database, later)
    done = _run("copy", folder, database)
    assert done.returncode == 1
    assert assessment.id in done.stderr
    assert read_document(database, assessment.id) == later


def test_progress_of_many_is_told(folder: str, tmp_path: Path, opening: Opening) -> None:
    repository = opening(folder)
    for _ in range(205):
        repository.create(filled())
    done = _run("copy", folder, str(tmp_path / "target"))
    assert done.stderr.splitlines() == ["100/205", "200/205"]
    assert _sides(done.stdout)[1].startswith("205 份")


def test_other_files_in_the_folder_are_no_assessments(
    folder: str, tmp_path: Path, opening: Opening
) -> None:
    _fill(opening(folder))
    for name in ("notes.json", "readme.txt", f"{new_id()}.99.tmp"):
        (Path(folder) / name).write_text("{")
    assert _run("copy", folder, str(tmp_path / "target")).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["copy", "no/such/folder", "target"],
        ["copy", "FOLDER", "FOLDER"],
        ["copy", "FOLDER", "mysql://user:s3cret@host/name"],
        ["copy", "postgresql://user:s3cret@host:port/name", "target"],
        ["migrate"],
    ],
    ids=" ".join,
)
def test_bad_arguments_are_said_in_one_line(arguments: list[str], folder: str) -> None:
    done = _run(*(folder if word == "FOLDER" else word for word in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "s3cret" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["copy"], ["copy", "data"], ["move", "a", "b"]])
def test_missing_arguments_are_bad_arguments(arguments: list[str]) -> None:
    done = _run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_database_that_is_not_ready_is_said(
    folder: str, empty_database: str, opening: Opening
) -> None:
    _fill(opening(folder))
    done = _run("copy", folder, empty_database)
    assert (done.returncode, done.stdout) == (1, "")
    assert "python -m state migrate" in done.stderr
    migrated = _run("migrate", address=empty_database)
    assert (migrated.returncode, migrated.stderr) == (0, "")
    assert _run("copy", folder, empty_database).returncode == 0


def test_a_database_address_that_is_none_is_a_bad_argument() -> None:
    done = _run("migrate", address="anbiao")
    assert done.returncode == 2
    assert "地址的写法不对" in done.stderr
