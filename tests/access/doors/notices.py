"""Doors of notices: one's own inbox, groups, the notice board."""

import uuid

from django.urls import reverse

from notices.models import BoardNotice, BoardReading, GroupChannel, Notice, Preference
from notices.services import BoardText, board_post, notice_send
from tests.access.door import Door, plain, those
from tests.access.world import EVERYBODY, World
from tests.cast import LEADER, MANAGER, PERSONNEL, SHE

HEADS = those(LEADER, MANAGER, PERSONNEL)
FORM_KEY = uuid.UUID(int=7391)
IN_THIS_MACHINE = "https://127.0.0.1/"
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + "k" * 36


def her_notice(world: World) -> Notice:
    notice_send(
        people=[world.her], key="door", text="%(what)s", values={"what": "x"}, url="/notices/"
    )
    return Notice.objects.get(person=world.her, key="door")


def group(world: World) -> GroupChannel:
    found, _made = GroupChannel.objects.get_or_create(
        name="door", defaults={"audience": "department", "kind": "hook", "address": IN_THIS_MACHINE}
    )
    return found


def board_notice(world: World) -> BoardNotice:
    """One for everybody, from the manager."""
    author = world.her.supervisor.supervisor.user
    return BoardNotice.objects.filter(form_key=FORM_KEY).first() or board_post(
        actor=author, said=BoardText("T", "x"), form_key=FORM_KEY
    )


def of_hers(name: str):
    return lambda world: reverse(name, args=[her_notice(world).pk])


def of_group(name: str):
    return lambda world: reverse(name, args=[group(world).pk])


def of_board(name: str):
    return lambda world: reverse(name, args=[board_notice(world).pk])


DOORS = {
    # Several are read, or put away, at once: one's own.
    "notices": Door(
        plain("notices"),
        get=EVERYBODY,
        post=EVERYBODY,
        nobody=200,
        data=lambda world: {"do": "read", "row": her_notice(world).pk},
    ),
    "notices_read": Door(
        plain("notices_read"),
        post=EVERYBODY,
    ),
    "notice": Door(of_hers("notice"), get=those(SHE), hidden=True, lands=302),
    "notice_read": Door(
        of_hers("notice_read"),
        post=those(SHE),
        hidden=True,
        effect=lambda world: her_notice(world).read_at,
    ),
    "notice_away": Door(
        of_hers("notice_away"),
        post=those(SHE),
        hidden=True,
        effect=lambda world: her_notice(world).archived_at,
    ),
    "notice_settings": Door(
        plain("notice_settings"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=lambda world: {"rhythm": "daily"},
        effect=lambda world: Preference.objects.count(),
    ),
    "channels": Door(
        plain("channels"),
        get=HEADS,
        post=HEADS,
        data=lambda world: {
            "name": "new",
            "kind": "wecom",
            "whom": "department/",
            "address": ADDRESS,
        },
        effect=lambda world: GroupChannel.objects.count(),
    ),
    # The address leads into this machine: it is refused before anything is called.
    "channel_test": Door(
        of_group("channel_test"), post=HEADS, effect=lambda world: group(world).last_outcome
    ),
    "channel_switch": Door(
        of_group("channel_switch"),
        post=HEADS,
        data=lambda world: {"version": group(world).version, "on": "0"},
        effect=lambda world: group(world).on,
    ),
    "board": Door(plain("board"), get=EVERYBODY, nobody=200),
    "board_new": Door(
        plain("board_new"),
        get=HEADS,
        post=HEADS,
        data=lambda world: {"title": "T", "text": "x"},
        effect=lambda world: BoardNotice.objects.count(),
    ),
    "board_notice": Door(of_board("board_notice"), get=EVERYBODY, hidden=True),
    "board_edit": Door(
        of_board("board_edit"),
        get=HEADS,
        post=HEADS,
        data=lambda world: {"title": "T2", "text": "y", "version": board_notice(world).version},
        effect=lambda world: board_notice(world).title,
    ),
    "board_withdraw": Door(
        of_board("board_withdraw"),
        post=HEADS,
        data=lambda world: {"why": "z", "version": board_notice(world).version},
        effect=lambda world: board_notice(world).withdrawn_at,
    ),
    "board_read": Door(
        of_board("board_read"),
        post=EVERYBODY,
        hidden=True,
        data=lambda world: {"version": board_notice(world).version},
        effect=lambda world: BoardReading.objects.exclude(confirmed_at=None).count(),
    ),
}
