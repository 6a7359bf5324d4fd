"""What may go wrong with a whole import. Faults of one row are `listing.Problem`s instead.

ImportFault           the family of all that an import lets out; `code` and a message with a remedy
├── FileFault         the file cannot be read: nothing was changed
├── MappingFault      no mapping fits, or the mapping itself is wrong: nothing was changed
└── PublishRefused    the batch can no longer be published
"""


class ImportFault(Exception):
    """Says what is wrong and what to do about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class FileFault(ImportFault):
    """The file cannot be read."""


class MappingFault(ImportFault):
    """No mapping fits the file, or the mapping itself is wrong."""


class PublishRefused(ImportFault):
    """The batch is not waiting or not whole, or a newer one of its source has been published."""
