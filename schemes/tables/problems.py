"""Why a table cannot be read, in the words of those who hold it."""


class TableError(Exception):
    """Bad input: each line names the place and what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class NothingFound(TableError):
    """A readable file without a scoring table in it; says what is missing."""
