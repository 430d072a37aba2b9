"""The embedded broker: kombu's messages in a folder, each of them there as a whole or not at all.

Kombu writes a message under the name by which others look for it. Whoever came in between, or after
a writer that died or found the disk full, read half of it, and its worker ended (kombu #1551).
"""

import json
import logging
import os
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

log = logging.getLogger(__name__)


def use() -> None:
    """From now on `filesystem://` means this broker."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"


class Channel(filesystem.Channel):
    """Writes beside and renames; passes over what cannot be read."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        try:
            _write_whole(Path(self.data_folder_out) / name, dumps(payload))
        except OSError as error:
            raise ChannelError(f"cannot add a message to the folder: {name}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:
            try:
                return super()._get(queue)
            except ValueError:  # it is out of the folder; what it was about is sent again
                log.warning("a message that cannot be read was passed over")

    def _queue_bind(self, exchange: str, *names: Any) -> None:
        table = self._exchange_file(exchange)
        if not table.exists():
            self.control_folder.mkdir(exist_ok=True)
            # Two that begin at once write the same.
            _write_whole(table, json.dumps([]))
        super()._queue_bind(exchange, *names)


class Transport(filesystem.Transport):
    Channel = Channel


def _write_whole(path: Path, text: str) -> None:
    """A file that is there with all that it says, or not at all."""
    # No reader takes it: a queue's messages begin with a number and end with its name.
    beside = path.with_name(f".{uuid4()}.part")
    try:
        beside.write_text(text)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
