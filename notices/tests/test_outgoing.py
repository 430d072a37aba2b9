"""What leaves the house: once, however it is run, and nothing of what it is about."""

import json
from datetime import timedelta

import pytest
from django.core import mail

from core import clock
from notices import sending
from notices.models import GroupChannel, Outgoing
from notices.schedule import outgoing
from notices.services import channel_switch, notice_send, outgoing_send
from notices.services import outgoing as room
from notices.services.outgoing import LOST_AFTER, waiting_text
from tests.cast import SHE, STRANGER

pytestmark = pytest.mark.django_db
CANARY = "88,888.88 金敏 KH-SECRET"
PATHS = {
    "dingtalk": "/robot/send?access_token=" + "a" * 64,
    "wecom": "/cgi-bin/webhook/send?key=" + "b" * 36,
    "feishu": "/open-apis/bot/v2/hook/" + "c" * 36,
    "hook": "/hook",
}


def group(receiver, kind="hook", **extra):
    given = {"audience": "department", "name": f"g {kind}", **extra}
    return GroupChannel.objects.create(kind=kind, address=receiver.url + PATHS[kind], **given)


def tell(people, *keys):
    for key in keys:
        notice_send(
            people=people, key=key, text="%(what)s", values={"what": CANARY}, url="/notices/"
        )


def states():
    return sorted(Outgoing.objects.values_list("state", flat=True))


@pytest.mark.parametrize("kind", PATHS)
def test_all_that_waits_goes_out_as_one_message(people, receiver, kind):
    group(receiver, kind)
    tell(people.values(), "a", "b", "c")
    outgoing_send()
    outgoing_send()
    [(path, body)] = receiver.got
    assert path == PATHS[kind]
    said = body.get("content", body.get("text"))
    said = said if isinstance(said, str) else said.get("text", said.get("content"))
    assert said == ("3 things wait in the sales system.\nhttps://sales.example.com/notices/")
    assert states() == ["sent"] * 3
    assert GroupChannel.objects.get().last_outcome == "sent"


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu"])
def test_our_messages_are_those_of_apprise(people, receiver, kind, monkeypatch):
    """Another program's robots, led to the same receiver, say the same."""
    from apprise.plugins.dingtalk import NotifyDingTalk
    from apprise.plugins.feishu import NotifyFeishu
    from apprise.plugins.wecombot import NotifyWeComBot

    robots = {
        "dingtalk": (NotifyDingTalk, {"token": "a" * 64}, "/robot/send?access_token={token}"),
        "wecom": (NotifyWeComBot, {"key": "b" * 36}, "/cgi-bin/webhook/send?key={key}"),
        "feishu": (NotifyFeishu, {"token": "c" * 36}, "/open-apis/bot/v2/hook/{token}"),
    }
    robot, args, path = robots[kind]
    monkeypatch.setattr(robot, "notify_url", receiver.url + path)
    assert robot(**args).send(body="said")
    sending.channel_send(group(receiver, kind), "said")
    (their_path, theirs), (our_path, ours) = receiver.got
    assert our_path.rstrip("/") == their_path.rstrip("/")
    theirs.pop("at", None)  # DingTalk's list of whom to call by name: nobody
    assert ours == theirs


def test_signed_as_the_robots_ask():
    url, _body = sending.message_of("dingtalk", "https://x/?access_token=t", "SEC", "t", at=1)
    assert "timestamp=1000" in url
    assert "sign=" in url
    _url, body = sending.message_of("feishu", "https://x", "SEC", "t", at=1)
    assert body["timestamp"] == "1"
    assert body["sign"]


def test_nothing_of_the_notice_leaves_the_house(people, receiver, settings):
    settings.EMAIL_LEAVES = True
    people[SHE].user.email = "she@example.com"
    people[SHE].user.save()
    for kind in PATHS:
        group(receiver, kind)
    tell(people.values(), "loan/KH-SECRET")
    outgoing_send()
    left = [*receiver.texts, *(m.subject + m.body + str(m.message()) for m in mail.outbox)]
    assert len(left) == 5
    for part in ("88,888", "金敏", "SECRET"):
        assert not [it for it in left if part in it]


def test_a_team_hears_of_its_own_alone(people, receiver):
    group(receiver, audience="team", team="销售1组")
    tell([people[STRANGER]], "a")
    outgoing_send()
    assert receiver.got == []
    tell([people[SHE]], "b")
    outgoing_send()
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("dingtalk", (200, b'{"errcode": 310000, "errmsg": "keywords not in content"}')),
        ("wecom", (200, b'{"errcode": 93000}')),
        ("feishu", (200, b'{"code": 9499}')),
        ("feishu", (200, b"<html>")),
        ("hook", (500, b"")),
        ("hook", (302, b"")),
    ],
)
def test_what_is_refused_is_tried_again_later(people, receiver, kind, answer):
    group(receiver, kind)
    receiver.answers = [answer, (200, b'{"errcode": 0, "code": 0}')]
    tell(people.values(), "a")
    now = clock.now()
    assert outgoing_send().refused == 1
    assert outgoing_send().sent == 0  # not at once
    assert GroupChannel.objects.get().last_outcome == "refused"
    with clock.set_to(now + timedelta(minutes=6)):
        assert outgoing_send().sent == 1
    assert len(receiver.got) == 2
    assert states() == ["sent"]


def test_it_is_not_tried_for_ever(people, receiver):
    group(receiver)
    receiver.answers = [(500, b"")]
    tell(people.values(), "a")
    now = clock.now()
    for hours in range(12):
        with clock.set_to(now + timedelta(hours=2 * hours)):
            outgoing_send()
    assert len(receiver.got) == 6
    assert states() == ["failed"]


def test_who_hangs_up_may_have_taken_it(people, receiver):
    group(receiver)
    receiver.hang_up = True
    tell(people.values(), "a")
    assert outgoing_send().unsure == 1
    receiver.hang_up = False
    with clock.set_to(clock.now() + timedelta(days=1)):
        outgoing_send()
    assert len(receiver.got) == 1
    assert states() == ["unsure"]
    assert GroupChannel.objects.get().last_outcome == "unsure"


class Killed(BaseException):
    pass


def test_who_dies_between_sending_and_marking_leaves_no_second_message(
    people, receiver, monkeypatch
):
    group(receiver)
    tell(people.values(), "a")
    with monkeypatch.context() as patched:
        patched.setattr(room._Reserved, "finish", _dies)
        with pytest.raises(Killed):
            outgoing_send()
    assert states() == ["sending"]
    outgoing_send()
    assert states() == ["sending"]  # another may still be at it
    with clock.set_to(clock.now() + LOST_AFTER + timedelta(minutes=1)):
        assert list(outgoing(clock.now()))  # the schedule sees that something was left
        assert outgoing_send().unsure == 1
        outgoing_send()
    assert len(receiver.got) == 1
    assert states() == ["unsure"]
    # The next thing goes out as if nothing had been.
    tell(people.values(), "b")
    outgoing_send()
    assert len(receiver.got) == 2


def _dies(*_args):
    raise Killed


def test_a_group_that_is_off_hears_nothing(people, receiver):
    channel = group(receiver)
    tell(people.values(), "a")
    user = people["L001"].user
    assert channel_switch(actor=user, channel=channel, version=1, on=False)
    assert not channel_switch(actor=user, channel=channel, version=1, on=True)  # stale
    tell(people.values(), "b")
    outgoing_send()
    assert receiver.got == []
    assert states() == ["failed"]


def test_mail_says_how_many_things_wait(people, settings):
    settings.EMAIL_LEAVES = True
    settings.LANGUAGE_CODE = "en"
    people[SHE].user.email = "she@example.com"
    people[SHE].user.save()
    tell(people.values(), "a", "b")
    outgoing_send()
    outgoing_send()
    [message] = mail.outbox
    assert message.to == ["she@example.com"]
    assert message.body == waiting_text(2)


def test_without_a_mail_server_no_mail_waits(people, settings):
    settings.EMAIL_LEAVES = False
    people[SHE].user.email = "she@example.com"
    people[SHE].user.save()
    tell(people.values(), "a")
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://224.0.0.1/",
        "http://93.184.216.34/",
        "ftp://93.184.216.34/",
        "https://user:pw@93.184.216.34/",
        "https://93.184.216.34:99999/",
        "https://93.184.216.34/\r\nX: y",
        "https://93.184.216.34/ü",
        "https:///nowhere",
        "not an address",
    ],
)
def test_no_hook_leads_into_a_private_network(address, settings, monkeypatch):
    settings.HOOKS_ALLOW = []
    called = []
    monkeypatch.setattr(sending.socket, "create_connection", lambda *a, **k: called.append(a))
    assert sending.address_check("hook", address)
    if "user" not in address:
        with pytest.raises(sending.Refused):
            sending.post(address, b"{}")
    assert called == []


def test_a_name_that_means_a_private_address_is_refused_when_it_is_called(settings, monkeypatch):
    settings.HOOKS_ALLOW = []
    answers = iter(["93.184.216.34", "10.1.1.1"])

    def lookup(_host, port, **_kind):
        return [(2, 1, 6, "", (next(answers), port))]

    monkeypatch.setattr(sending.socket, "getaddrinfo", lookup)
    assert sending.address_check("hook", "https://changes.example/") == ""
    with pytest.raises(sending.Refused, match="private"):
        sending.post("https://changes.example/", b"{}")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("dingtalk", "https://oapi.dingtalk.com.evil.example/robot/send?access_token=" + "a" * 64),
        ("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + "b" * 36),
        ("feishu", "https://127.0.0.1/open-apis/bot/v2/hook/" + "c" * 36),
    ],
)
def test_a_robot_lives_where_its_maker_says(kind, address):
    assert "begins with" in sending.address_check(kind, address)


def test_messages_keep_no_secret(people, receiver, caplog):
    channel = group(receiver, "wecom")
    receiver.answers = [(200, b'{"errcode": 93000, "errmsg": "invalid key bbbb"}')]
    tell(people.values(), "a")
    outgoing_send()
    assert "b" * 8 not in caplog.text + channel.masked + str(channel)
    assert json.loads(json.dumps(channel.masked)) == "…bbbb"


def test_two_workers_reserve_one_thing_once(people, receiver, monkeypatch):
    """The second one takes its turn while the first holds what it has reserved."""
    group(receiver)
    tell(people.values(), "a")
    send = sending.channel_send

    def meanwhile(channel, text):
        monkeypatch.setattr(sending, "channel_send", send)
        assert outgoing_send().sent == 0
        send(channel, text)

    monkeypatch.setattr(sending, "channel_send", meanwhile)
    assert outgoing_send().sent == 1
    assert len(receiver.got) == 1
