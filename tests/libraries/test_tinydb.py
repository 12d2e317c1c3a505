"""What state/storage leans on in TinyDB: what a storage is handed, and how often."""

import json
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

FOLDER = "state/storage/folder.py leans on this"


class Noting(Storage):
    """Keeps tables in memory and notes what was asked of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked: list[str] = []
        self.kept: Any = None

    def read(self) -> Any:
        self.asked.append("read")
        return json.loads(json.dumps(self.kept))

    def write(self, data: Any) -> None:
        self.asked.append("write")
        self.kept = data


def test_a_storage_is_made_of_the_path_and_can_be_reached(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "a.json", storage=Noting) as file:
        assert isinstance(file.storage, Noting), FOLDER
        assert file.storage.path == tmp_path / "a.json", FOLDER
        assert file.storage.asked == [], f"opening a file reads it: {FOLDER}"
        assert file.tables() == set(), FOLDER


def test_a_row_is_merged_under_its_number_by_one_reading_and_one_writing() -> None:
    """Keys that the new row lacks stay: a document must say all of its keys, as ours do."""
    with TinyDB(Path("a"), storage=Noting) as file:
        storage = file.storage
        assert isinstance(storage, Noting)
        storage.kept = {"assessment": {"1": {"old": 1}}, "access": {"1": {"owner": ""}}}
        file.table("assessment").upsert(Document({"new": 2}, doc_id=1))
        assert storage.kept["access"] == {"1": {"owner": ""}}, FOLDER
        assert {str(k): v for k, v in storage.kept["assessment"].items()} == {
            "1": {"old": 1, "new": 2}
        }, FOLDER
        assert storage.asked == ["read", "write"], f"a click would cost more: {FOLDER}"
