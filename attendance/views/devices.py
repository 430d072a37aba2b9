"""Personnel's pages about attendance machines: list, new with its token, pushes, retired."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.forms.devices import DeviceForm, RetireForm
from attendance.lists.devices import DeviceList, PushList
from attendance.models import Device
from attendance.permissions.devices import can_keep_devices
from attendance.services.devices import DeviceRefused, device_add, device_retire
from core.lists import list_page
from core.permissions import require


@require_GET
def devices(request: HttpRequest) -> HttpResponseBase:
    """The machines, each with its last push."""
    require(can_keep_devices(request.user))
    return list_page(request, DeviceList)


@never_cache
@require_http_methods(["GET", "POST"])
def device_new(request: HttpRequest) -> HttpResponse:
    """Put a machine on file; its token is shown in the answer, and never again."""
    user: Any = request.user
    require(can_keep_devices(user))
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, token = device_add(**form.cleaned_data, actor=user)
        except DeviceRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            address = request.build_absolute_uri(reverse("api:punches_push"))
            context = {"device": made, "token": token, "address": address}
            return render(request, "attendance/device_token.html", context)
    status = 400 if form.errors else 200
    return render(request, "attendance/device_form.html", {"form": form}, status=status)


@require_GET
def device(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One machine: what it pushed, and what of it was new, known or wrong."""
    found = _found(request, pk)
    form = RetireForm(initial={"version": found.version})
    return list_page(request, PushList, device=found, retire_form=form)


@require_POST
def device_retirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Its token opens nothing any more."""
    found = _found(request, pk)
    form = RetireForm(request.POST)
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            device_retire(device=found, actor=request.user)
        except DeviceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The machine is retired: its token opens nothing."))
    else:
        messages.error(request, _("Open the form anew and send it again."))
    return redirect("device", pk=pk)


def _found(request: HttpRequest, pk: int) -> Device:
    require(can_keep_devices(request.user))
    found: Device = get_object_or_404(Device, pk=pk)
    return found
