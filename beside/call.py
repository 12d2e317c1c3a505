"""What a worker is asked to do, and what it may ask back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its inputs, for a worker.

    make: has a name by which it can be imported. inputs, and what it returns, can be pickled.
    answers: what the server answers when the work calls an `Asked` of that name.
    """

    make: Callable[..., Any]
    inputs: tuple[object, ...] = ()
    answers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """In a worker, stands for a function that only the server can call: of what it keeps."""

    name: str

    def __call__(self, *inputs: object) -> Any:
        """What the server answers. Raises: Refused, where it raises anything itself."""
        return _asking(self.name, inputs)


class Refused(BaseException):
    """The server could not answer, and knows why; nothing in the work is to handle that."""


def _nobody(name: str, _: tuple[object, ...]) -> Any:
    raise LookupError(f"nobody here answers {name}")


_asking: Callable[[str, tuple[object, ...]], Any] = _nobody


def ask_by(asking: Callable[[str, tuple[object, ...]], Any]) -> None:
    """Have every `Asked` of this process ask by that, for good: it is a worker."""
    global _asking
    _asking = asking
