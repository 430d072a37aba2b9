"""The people of a customer: put to a file, changed (CUS-1)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import require
from customers.forms.files import ContactAddForm, ContactEditForm
from customers.models import Contact
from customers.permissions.files import can_keep
from customers.services import FileRefusal, contact_add, contact_edit
from customers.views.files import file_of, form_page, refuse
from customers.views.opening import opened_file


@require_http_methods(["GET", "POST"])
def contact_new(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Put somebody to a file."""
    file = file_of(request, customer_no)
    require(can_keep(request.user, file))
    form = ContactAddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contact_add(
                actor=request.user, file=file, token=form.cleaned_data["token"], said=form.said
            )
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("customer", customer_no=customer_no)
    return form_page(request, form, title=_("New contact"), save=_("Add"), file=file)


@require_http_methods(["GET", "POST"])
def contact_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what is known of a contact."""
    seen = Contact.objects.visible_to(request.user).select_related("customer__owner")
    contact: Contact = get_object_or_404(seen, pk=pk)
    file = contact.customer
    require(can_keep(request.user, file))
    form = ContactEditForm(contact, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contact_edit(
                actor=request.user,
                contact=contact,
                seen=form.cleaned_data["seen"],
                said=form.said,
            )
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("customer", customer_no=file.customer_no)
    answer = form_page(request, form, title=_("Contact"), save=_("Save"), file=file)
    return opened_file(request, answer, file, is_part=True)
