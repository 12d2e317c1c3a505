"""The processes that the app ships, read on first use and then kept; older versions as frozen."""

import json
from functools import cache
from pathlib import Path

from process.loader import MAIN, load_process
from process.model import Process
from schemes.freezing import keep_frozen

HOME = Path(__file__).parent

OLDER = "older"
"""Folder of the frozen versions, beside `process.yaml`."""


class UnknownProcess(KeyError):
    """No process has this id, or none of its versions is this one."""

    def __str__(self) -> str:
        name, *version = self.args
        return f"流程 {name} 没有 {version[0]} 版" if version else f"没有流程 {name}"


def available(home: Path = HOME) -> list[str]:
    """Ids of the processes, in alphabetical order."""
    return sorted(path.parent.name for path in home.glob(f"*/{MAIN}"))


@cache
def load(process_id: str, version: str | None = None, home: Path = HOME) -> Process:
    """A version of a process, the newest where none is named.

    Raises: UnknownProcess, also for a version; SchemeError for faulty files.
    """
    if process_id not in available(home):
        raise UnknownProcess(process_id)
    newest = load_process(home / process_id)
    if version in (None, newest.version):
        return newest
    older = {path.stem: path for path in (home / process_id / OLDER).glob("*.json")}
    if version not in older:  # looked up, never made into a path
        raise UnknownProcess(process_id, version)
    return Process.model_validate_json(older[version].read_bytes())


def freeze(process_id: str, home: Path = HOME) -> tuple[Path, bool]:
    """Keep the newest version for ever. Returns: its file, and whether it is new.

    Raises: as `load`; SchemeError when that version is frozen already with other content.
    """
    read = load(process_id, None, home)
    path = home / process_id / OLDER / f"{read.version}.json"
    content = json.dumps(read.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
    fault = f"{read.version} 版已冻结，内容与现在的文件不同"
    remedy = "在 process.yaml 中把 version 加大，再冻结"
    return path, keep_frozen(path, content, fault, remedy)
