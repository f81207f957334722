"""What a file from others may cost, and why one is refused."""

from enum import StrEnum

#: Pixels of a picture; the largest cameras of telephones that people carry give 50 million.
MOST_PIXELS = 50_000_000
#: Bytes that a document's parts say they become when they are unpacked, and parts that it may have.
MOST_UNPACKED = 500 * 1024 * 1024
MOST_PARTS = 10_000
#: Bytes that are unpacked to read a list of a document's parts, and to read all its text.
MOST_LIST = 2 * 1024 * 1024
MOST_READ = 100 * 1024 * 1024
#: Characters of a text that is read out of a file.
MOST_CHARACTERS = 1_000_000


class Reason(StrEnum):
    """Why a file is not taken."""

    BROKEN = "broken"
    OTHER_KIND = "other_kind"
    OLD_FORMAT = "old_format"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"


class Unfit(Exception):
    """The file is not taken; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason
