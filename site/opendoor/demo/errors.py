"""What can be wrong with the demonstration's own data.

`DemoError` is the only error that reading and loading let out: it names the file and the entry.
"""


class DemoError(Exception):
    """The demonstration cannot be loaded; the text says where and what to do."""


class EntryError(DemoError):
    """One entry of a data file is wrong."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
