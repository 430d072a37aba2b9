"""The lists of attendance machines, and of what one of them pushed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attendance.filters.devices import DeviceFilter
from attendance.models import Device, DevicePush
from attendance.navigation.boards import attendance_tabs
from attendance.tables.devices import DeviceTable, PushTable
from core.lists import Empty, List


class DeviceList(List):
    """The machines, those in use and those retired."""

    key = "attendance_machines"
    title = _("Attendance machines")
    table = DeviceTable
    filterset = DeviceFilter
    fixed = ("name",)
    page_template = "attendance/devices.html"
    nothing = Empty(
        _("No machine is on file"),
        _("Put one on file: it gets a token, with which it or a script beside it pushes punches."),
        "tablet-smartphone",
        "",
        "",
    )

    def rows(self) -> QuerySet[Device]:
        return Device.objects.annotate(last_push=Max("pushes__at"))

    def empty(self) -> Empty:
        return Empty(
            self.nothing.title,
            self.nothing.why,
            self.nothing.icon,
            reverse("device_new"),
            _("New machine"),
        )

    def context(self) -> Mapping[str, Any]:
        return {"tabs": attendance_tabs(self.request)}


class PushList(List):
    """What one machine pushed, the latest first."""

    key = "attendance_pushes"
    title = _("Pushes")
    table = PushTable
    fixed = ("at",)
    page_template = "attendance/device.html"
    nothing = Empty(
        _("Nothing was pushed yet"),
        _("Once the machine knows its token and the address, what it sends is listed here."),
        "inbox",
    )

    def rows(self) -> QuerySet[DevicePush]:
        return DevicePush.objects.filter(device=self.about["device"])

    def context(self) -> Mapping[str, Any]:
        return {"device": self.about["device"], "retire_form": self.about["retire_form"]}
