"""Whose address it is: believed only as far as our own proxies wrote it."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from core.addresses import client_address

PROXIES = [ip_network("10.0.0.0/8"), ip_network("::1/128")]


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.9", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        ("10.0.0.1", "198.51.100.9, rubbish", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::1", "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::9", None, "2001:db8:1:2::"),
        ("::ffff:203.0.113.5", None, "203.0.113.5"),
        ("", "198.51.100.9", ""),
        ("unix:", None, ""),
    ],
)
def test_address(settings, remote, forwarded, address):
    settings.TRUSTED_PROXIES = PROXIES
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **more)) == address


def test_by_default_nobody_is_believed():
    from django.conf import settings

    assert settings.TRUSTED_PROXIES == []
