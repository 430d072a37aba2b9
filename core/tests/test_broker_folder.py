"""Messages in a folder: whole or not there, and one that cannot be read stops nobody."""

import os
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from core import broker_folder


@pytest.fixture
def channel(tmp_path: Path):
    folders = {"data_folder_in": "in", "data_folder_out": "in", "control_folder": "control"}
    for name in set(folders.values()):
        (tmp_path / name).mkdir()
    options = {option: str(tmp_path / name) for option, name in folders.items()}
    with Connection(transport=broker_folder.Transport, transport_options=options) as connection:
        yield connection.channel()


def test_messages_come_in_turn(channel):
    channel._put("celery", {"n": 1})
    channel._put("other", {"n": 2})
    assert channel._get("celery") == {"n": 1}
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_is_not_there_before_it_is_whole(channel, monkeypatch):
    found = []

    def replaced(beside: Path, path: Path) -> None:
        with pytest.raises(Empty):
            channel._get("celery")
        found.append(Path(beside).read_text())
        raise OSError

    monkeypatch.setattr(os, "replace", replaced)
    with pytest.raises(ChannelError):
        channel._put("celery", {"n": 1})
    assert found == ['{"n": 1}']
    assert os.listdir(channel.data_folder_in) == []


def test_a_message_that_was_cut_short_is_passed_over(channel):
    (Path(channel.data_folder_in) / "0_x.celery.msg").write_text('{"n": ')
    channel._put("celery", {"n": 1})
    assert channel._get("celery") == {"n": 1}


def test_queues_are_bound_one_beside_the_other(channel):
    for queue in ("celery", "other"):
        channel._queue_bind("work", queue, "", queue)
    assert {bound.queue for bound in channel.get_table("work")} == {"celery", "other"}


def test_the_program_uses_it():
    from salesforce.celery import app

    with app.connection_for_write("filesystem://") as connection:
        assert connection.get_transport_cls() is broker_folder.Transport
