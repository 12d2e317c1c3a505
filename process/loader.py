"""Read and check a process: a folder with a file for each phase, or one file with everything."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from process.check import Place, check
from process.model import Phase, Process
from schemes.loader import read_shape
from schemes.problems import Problem, SchemeError
from schemes.yaml_source import Source

_S = TypeVar("_S", bound=BaseModel)

MAIN = "process.yaml"
PHASES = "phases"

GUIDE = "docs/add-a-process.md"


def load_process(path: Path) -> Process:
    """Read and check the process in a folder or a file.

    Raises: SchemeError with every problem found.
    """
    problems: list[Problem] = []
    folder = path.is_dir()
    main = _read(path / MAIN if folder else path, Process, problems)
    files = sorted((path / PHASES).glob("*.yaml")) if folder else []
    read = [_read(file, Phase, problems) for file in files]
    if main is None or None in read:
        raise SchemeError(problems)
    source, process = main
    places = [Place(source, ("phases", i)) for i in range(len(process.phases))]
    places += [Place(one[0], ()) for one in read if one]
    phases = (*process.phases, *(one[1] for one in read if one))
    whole = process.model_copy(update={"phases": phases})
    problems += _named(path, source, process) if folder else ()
    problems += check(source, whole, places)
    if problems:
        raise SchemeError(problems)
    return whole


def _named(folder: Path, source: Source, process: Process) -> list[Problem]:
    """A folder is found by its name, so that is the process's id."""
    name = folder.resolve().name
    if name == process.id:
        return []
    return [source.problem(("id",), f"编号 {process.id} 与文件夹名 {name} 不同", "改成一样")]


def _read(path: Path, shape: type[_S], problems: list[Problem]) -> tuple[Source, _S] | None:
    return read_shape(path, shape, problems, GUIDE)
