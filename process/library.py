"""The processes that the app ships, read on first use and then kept."""

from functools import cache
from pathlib import Path

from process.loader import MAIN, load_process
from process.model import Process

HOME = Path(__file__).parent


class UnknownProcess(KeyError):
    """No process has this id."""

    def __str__(self) -> str:
        return f"没有流程 {self.args[0]}"


def available() -> list[str]:
    """Ids of the processes, in alphabetical order."""
    return sorted(path.parent.name for path in HOME.glob(f"*/{MAIN}"))


@cache
def load(process_id: str) -> Process:
    """A process. Raises: UnknownProcess; SchemeError for faulty files."""
    if process_id not in available():
        raise UnknownProcess(process_id)
    return load_process(HOME / process_id)
