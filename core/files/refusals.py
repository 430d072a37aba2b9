"""Why a file is not taken."""

from typing import Any


class FileRefused(Exception):
    """A file that is not kept; the message says why, in the reader's language."""

    def __init__(self, reason: Any, **values: Any) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values

    def __str__(self) -> str:
        return str(self.reason) % self.values if self.values else str(self.reason)
