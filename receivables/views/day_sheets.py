"""The cashier's day sheets: closed, signed off, printed (SLIP-3)."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.lists import list_page
from core.permissions import require
from receivables.lists.counter import SheetList
from receivables.models import DaySheet
from receivables.permissions.counter import can_close_sheet, can_see_sheets, can_sign
from receivables.querysets.day_sheets import sheet_lines
from receivables.services import CounterRefused, sheet_close, sheet_sign


@require_GET
def sheets(request: HttpRequest) -> HttpResponseBase:
    """All sheets, and what will stand on the next one."""
    require(can_see_sheets(request.user))
    return list_page(request, SheetList)


@require_POST
def sheet_make(request: HttpRequest) -> HttpResponse:
    """The cashier closes the day, with what the page showed."""
    require(can_close_sheet(request.user))
    through = request.POST.get("through", "")
    known = int(through) if re.fullmatch(r"[0-9]{1,18}", through) else 0
    try:
        sheet = sheet_close(actor=request.user, through=known)
    except CounterRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("sheets")
    messages.success(request, _("Sheet %(no)s is closed.") % {"no": sheet.sheet_no})
    return redirect("sheet", sheet_no=sheet.sheet_no)


def _found(sheet_no: str) -> DaySheet:
    rows = DaySheet.objects.select_related("closed_by__person", "signed_by__person")
    return get_object_or_404(rows, sheet_no=sheet_no)


@require_GET
def sheet(request: HttpRequest, sheet_no: str) -> HttpResponse:
    """One sheet: sums by person, cheques by number and bank, differences; to print and sign."""
    require(can_see_sheets(request.user))
    found = _found(sheet_no)
    context: dict[str, Any] = {
        "sheet": found,
        **sheet_lines(found),
        "signing": can_sign(request.user, found),
        "changed_as": [found],
    }
    return render(request, "receivables/sheet.html", context)


@require_POST
def sheet_sign_off(request: HttpRequest, sheet_no: str) -> HttpResponse:
    """Finance signs it off."""
    require(can_see_sheets(request.user))
    found = _found(sheet_no)
    require(can_sign(request.user, found))
    try:
        sheet_sign(actor=request.user, sheet=found)
    except CounterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The sheet is signed off."))
    return redirect("sheet", sheet_no=sheet_no)
