"""Keeping a version for ever: written once, and never with other content."""

from pathlib import Path

from schemes.problems import Problem, SchemeError


def keep_frozen(path: Path, content: str, fault: str, remedy: str) -> bool:
    """Write a version's file. Returns: whether it is new.

    fault, remedy: what to say where it is there with other content. Raises: SchemeError then.
    """
    if path.exists():
        if path.read_text("utf-8") == content:
            return False
        raise SchemeError([Problem(path, 1, "（文件）", fault, remedy)])
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    return True
