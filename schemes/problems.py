"""What is wrong in a scheme file, said to the person who can mend it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands, what it is, and what to write instead.

    line: 1-based line in the file; key: dotted path of the YAML key.
    """

    file: Path
    line: int
    key: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.fault}；改法：{self.remedy}"


class SchemeError(Exception):
    """A scheme that cannot be used; `problems` holds every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def dotted(path: tuple[str | int, ...]) -> str:
    """Write a key path as people read it: ("children", 0, "id") → children[0].id."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "（文件）"
