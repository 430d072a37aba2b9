"""One message to a group's robot or web hook, and what came of it.

The robots answer 200 also where they refuse: what counts is the code in their answer. A hook leads
where an address says, so the address is looked up once, checked, and that very one is called:
nobody can be sent into the company's own network by a name that changes its mind.
"""

import base64
import hashlib
import hmac
import http.client
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, quote_plus, urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from notices.models import GroupChannel

TIMEOUT = 8.0
ANSWER_AT_MOST = 64 * 1024
Kind = GroupChannel.Kind
Address = IPv4Address | IPv6Address
# Where the robots' own addresses begin, as their pages give them.
ROBOTS = {
    Kind.DINGTALK: ("https://oapi.dingtalk.com/robot/send?access_token=",),
    Kind.WECOM: ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",),
    Kind.FEISHU: (
        "https://open.feishu.cn/open-apis/bot/v2/hook/",
        "https://open.larksuite.com/open-apis/bot/v2/hook/",
    ),
}
# Addresses of the new kind that carry one of the old kind: what they carry is looked at.
NAT64 = ip_network("64:ff9b::/96")


class Refused(Exception):
    """It was not taken, for certain; the message says why and holds no secret."""


class Unsure(Exception):
    """It was sent, and nobody said whether it was taken."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


def channel_send(channel: GroupChannel, text: str) -> None:
    """Say something in a group. Raises `Refused` or `Unsure`."""
    url, payload = message_of(
        channel.kind, channel.address, channel.secret, text, at=int(clock.now().timestamp())
    )
    answer = post(url, json.dumps(payload, ensure_ascii=False).encode())
    if not 200 <= answer.status < 300:
        raise Refused(f"HTTP {answer.status}")
    if channel.kind != Kind.HOOK and (code := _code_of(answer.body)):
        raise Refused(f"{channel.kind} {code}")


def message_of(
    kind: str, address: str, secret: str, text: str, *, at: int
) -> tuple[str, dict[str, Any]]:
    """Where a kind of robot is called and what it wants to be told; `at` in seconds, signed."""
    if kind == Kind.FEISHU:
        payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            sign = _signature(f"{at}\n{secret}", b"")
            payload = {"timestamp": str(at), "sign": sign, **payload}
        return address, payload
    if kind == Kind.HOOK:
        return address, {"text": text}
    if kind == Kind.DINGTALK and secret:
        ms = at * 1000
        sign = _signature(secret, f"{ms}\n{secret}".encode())
        address += "&" + urlencode({"timestamp": ms, "sign": sign}, quote_via=quote_plus)
    return address, {"msgtype": "text", "text": {"content": text}}


def _signature(key: str, said: bytes) -> str:
    return base64.b64encode(hmac.digest(key.encode(), said, hashlib.sha256)).decode()


def _code_of(body: bytes) -> str:
    """What a robot says against a message; empty where it took it."""
    try:
        said = json.loads(body)
    except ValueError:
        return "?"
    if not isinstance(said, Mapping):
        return "?"
    code = next((said[name] for name in ("errcode", "code", "StatusCode") if name in said), "?")
    return "" if code == 0 else str(code)[:20]


def address_check(kind: str, address: str) -> str:
    """Why an address cannot be one of this kind, for the reader; empty where it can."""
    if kind in ROBOTS:
        if address.startswith(ROBOTS[Kind(kind)]) and len(address) > 60:
            return ""
        return _("The address begins with %(start)s.") % {"start": ROBOTS[Kind(kind)][0]}
    try:
        parts = urlsplit(address)
        _port_of(parts)
    except ValueError:
        return _("This is no web address.")
    if parts.username or parts.password:
        return _("An address carries no user name and no password.")
    try:
        _reach(address)
    except Refused as refused:
        return str(refused)
    return ""


def post(url: str, body: bytes) -> Answer:
    """Call an address that may be called. Raises `Refused` before anything was said, else
    `Unsure`. Nothing is followed: an answer that leads elsewhere is no 200."""
    parts, where, port = _reach(url)
    try:
        connection = _connection(parts, where, port)
    except (OSError, ValueError) as error:
        raise Refused(
            _("The address cannot be reached (%(why)s).") % {"why": _name(error)}
        ) from None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        response = connection.getresponse()
        return Answer(response.status, response.read(ANSWER_AT_MOST))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unsure(_name(error)) from None
    finally:
        connection.close()


def _name(error: Exception) -> str:
    return type(error).__name__


def _connection(parts: SplitResult, where: Address, port: int) -> http.client.HTTPConnection:
    host = str(parts.hostname)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((str(where), port), timeout=TIMEOUT)
    if parts.scheme == "http":
        connection.sock = plain
        return connection
    try:
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise
    return connection


def _port_of(parts: SplitResult) -> int:
    return parts.port or (80 if parts.scheme == "http" else 443)


def _reach(url: str) -> tuple[SplitResult, Address, int]:
    """The address behind a name, where every one behind it may be called."""
    try:
        parts = urlsplit(url)
        port = _port_of(parts)
    except ValueError:
        raise Refused(_("This is no web address.")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(_("The address begins with https://."))
    if any(not 32 < ord(c) < 127 for c in url):
        raise Refused(_("This is no web address."))
    found = list(_addresses(parts.hostname, port))
    allowed = [_is_allowed(each) for each in found]
    if not all(own or _is_public(each) for each, own in zip(found, allowed, strict=True)):
        raise Refused(_("This address lies in a private network, which the program does not call."))
    if parts.scheme == "http" and not all(allowed):
        raise Refused(_("The address begins with https://."))
    return parts, found[0], port


def _addresses(host: str, port: int) -> Iterator[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(_("Nobody knows this address.")) from None
    for *_rest, where in found:
        yield ip_address(str(where[0]).split("%")[0])


def _is_allowed(address: Address) -> bool:
    return any(address in network for network in settings.HOOKS_ALLOW)


def _is_public(address: Address) -> bool:
    return all(
        each.is_global and not each.is_multicast and not each.is_reserved
        for each in (address, *_carried(address))
    )


def _carried(address: Address) -> Iterator[IPv4Address]:
    """The addresses of the old kind inside one of the new kind."""
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
