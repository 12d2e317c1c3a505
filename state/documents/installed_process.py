"""A process of one's own: the file that a consultancy brought, kept as it came.

Never changed: a newer version is a document of its own, so that a project goes on with the one it
began with.
"""

import tempfile
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from process import Process, load_process
from schemes.problems import SchemeError
from schemes.yaml_source import MAX_BYTES
from state.documents.assessment import Id, KeptDocument

_FILE = "流程.yaml"
"""What the file is called while it is read, and in what is said of it."""

MOST_PROBLEMS = 12
"""Problems that are named at once."""

_Word = Annotated[str, StringConstraints(strict=True, max_length=100)]


class ProcessFault(Exception):
    """Why a process is not taken, in the user's words."""


class InstalledProcess(KeptDocument):
    """One version of a process. process, version, called: as the file says.

    content: the file's text, one file with everything.
    """

    KIND: ClassVar[str] = "process"
    SCHEMA: ClassVar[int] = 1

    id: Id
    schema_version: Annotated[int, Field(strict=True, ge=1, le=1)] = 1
    process: _Word
    version: _Word
    called: _Word
    content: Annotated[str, StringConstraints(strict=True, max_length=MAX_BYTES)]

    @property
    def title(self) -> str:
        """What to call it in a list."""
        return self.called


def read_process(content: bytes) -> Process:
    """The process in a file. Raises: ProcessFault with every problem, as `validate` says them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _FILE
        path.write_bytes(content[: MAX_BYTES + 1])  # more is refused with its own sentence
        try:
            return load_process(path)
        except SchemeError as error:
            words = [str(one).replace(f"{folder}/", "") for one in error.problems]
    left = len(words) - MOST_PROBLEMS
    more = [f"另有 {left} 个问题"] if left > 0 else []
    raise ProcessFault("没有导入，请改好再传：\n" + "\n".join([*words[:MOST_PROBLEMS], *more]))
