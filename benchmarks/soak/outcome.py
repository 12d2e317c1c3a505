"""What a part of the soak has to say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """rows: a table, its header first. target: what is asked for, in words."""

    rows: list[list[str]]
    target: str
    met: bool
