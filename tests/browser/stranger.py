"""The matrix's world with one of everything of hers: `python -m tests.browser.stranger`.

Prints, as JSON, the addresses by kind, and the words that a stranger may read nowhere.
"""

import json
import os
from datetime import timedelta
from io import BytesIO
from typing import Any

import django

BOARD_WORDS, VIEW_WORDS = "B-CANARY-7391", "V-CANARY-7391"
HER_TEAM = "销售1组"


def set_the_stage() -> dict[str, Any]:
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from tests.access.world import world_make
    from tests.browser.stage import PASSWORD
    from tests.cast import STRANGER

    world = world_make()
    User.objects.update(password=make_password(PASSWORD))
    words = [*world.secrets_from(STRANGER), BOARD_WORDS, VIEW_WORDS]
    return {"addresses": addresses(world), "words": words}


def addresses(world: Any) -> dict[str, dict[str, str]]:
    """One of each kind, all of which exist: what is looked at, and what is posted to."""
    from django.urls import reverse

    from core.models import JobRun, SavedView
    from payroll.models import Appeal, PayoutBatch
    from payroll.simulation.models import PolicySimulation
    from policy.models import PolicyDraft
    from tests.access.world import HER_ORDER, HER_SLIP

    her, login, month = world.her, world.her.user, world.month
    appeal: Appeal = world.her_appeal
    photo = photo_of(appeal, login)
    simulation = PolicySimulation.objects.get()
    view = SavedView.objects.create(
        owner=login, list_key="unpaid", name=VIEW_WORDS, query=f"q={VIEW_WORDS}"
    )
    batch, draft = PayoutBatch.objects.get(), PolicyDraft.objects.get()
    found = {
        "statement": reverse("statement", args=[month, her.employee_no]),
        "statement as a file": reverse("statement_export", args=[month, her.employee_no, "csv"]),
        "statements": reverse("statements", args=[month]),
        "month": reverse("month", args=[month]),
        "month as a file": reverse("month_export", args=[month, "statements", "csv"]),
        "so far": reverse("so_far", args=[month, her.employee_no]),
        "why so far": reverse("so_far_why", args=[month, her.employee_no])
        + f"?key=BASE/{her.employee_no}/{month}",
        "shadow": reverse("month_shadow", args=[month]),
        "objections": reverse("month_objections", args=[month]),
        "entry": reverse("entry_why", args=[world.her_entry.pk]),
        "waiver": reverse("waiver", args=[world.her_entry.pk]),
        "appeal": reverse("appeal", args=[appeal.pk]),
        "objecting": reverse("appeal_new", args=[world.her_entry.pk]),
        "file": reverse("file", args=[photo.pk]),
        "thumbnail": reverse("file_thumbnail", args=[photo.pk]),
        "notice": reverse("notice", args=[notice_of(her).pk]),
        "board notice": reverse("board_notice", args=[board_notice(her).pk]),
        "order": reverse("order", args=[HER_ORDER]),
        "customer": reverse("customer", args=[customer_of(her)]),
        "slip": reverse("slip", args=[HER_SLIP]),
        "person": reverse("person", args=[her.employee_no]),
        "person's statements": reverse("person_panel", args=[her.employee_no, "statements"]),
        "handover": reverse("person_handover", args=[her.employee_no]),
        "leaving": reverse("person_leaving", args=[her.employee_no]),
        "position": reverse("person_position", args=[her.employee_no]),
        "login": reverse("login_of", args=[her.employee_no]),
        "settlement": reverse("settlement", args=[her.employee_no]),
        "bank account": reverse("bank_account", args=[her.employee_no]),
        "payout": reverse("payout", args=[month]),
        "payout batch": reverse("payout_batch", args=[batch.pk]),
        "payout file": reverse("payout_file", args=[batch.pk, "csv"]),
        "simulation": reverse("simulation", args=[simulation.pk]),
        "simulation as a file": reverse("simulation_file", args=[simulation.pk, "csv"]),
        "simulation of her": reverse("simulation_person", args=[simulation.pk, her.employee_no]),
        "draft": reverse("policy_draft", args=[draft.pk]),
        "job": reverse("job", args=[JobRun.objects.get(state="failed").pk]),
        "import": reverse("import", args=[import_of(month).pk]),
        "import's wrong rows": reverse("import_wrong", args=[import_of(month).pk, 1, "csv"]),
        "trail": f"{reverse('audit')}?q={her.employee_no}",
        "openings": reverse("audit_openings"),
    }
    posted = {
        "saved view": reverse("list_view", args=[view.pk]),
        "device": reverse("device_sign_out", args=[device_of(login).pk]),
        "stand-in": reverse("stand_in_over", args=[stand_in_of(her).pk]),
        "handover tick": reverse("handover_tick_back", args=[tick_of(her).pk]),
        "decision": reverse("appeal_decision", args=[appeal.pk]),
        "withdrawal": reverse("appeal_take_back", args=[appeal.pk]),
        "acknowledgement": reverse("statement_acknowledge", args=[month, her.employee_no]),
        "account's number": reverse("bank_account_reveal", args=[world.her_account.pk]),
        "payment": reverse("payout_line_paid", args=[world.her_payment.pk]),
        "job again": reverse("job_run_again", args=[JobRun.objects.get(state="failed").pk]),
        "notice away": reverse("notice_away", args=[notice_of(her).pk]),
        "board notice read": reverse("board_read", args=[board_notice(her).pk]),
    }
    return {"get": found, "post": posted}


def photo_of(appeal: Any, login: Any) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from core.files.services import file_keep

    content = BytesIO()
    Image.effect_noise((320, 240), 60).save(content, "JPEG")
    upload = SimpleUploadedFile("证据.jpg", content.getvalue(), "image/jpeg")
    return file_keep(upload=upload, actor=login, kind="appeal", owner=str(appeal.pk))


def notice_of(her: Any) -> Any:
    from notices.models import Notice
    from notices.services import notice_send

    notice_send(people=[her], key="hers", text="%(what)s", values={"what": "x"}, url="/notices/")
    return Notice.objects.get(person=her, key="hers")


def board_notice(her: Any) -> Any:
    from uuid import UUID

    from notices.services import BoardText, board_post

    said = BoardText(BOARD_WORDS, BOARD_WORDS, teams=(HER_TEAM,))
    return board_post(actor=her.supervisor.supervisor.user, said=said, form_key=UUID(int=7391))


def customer_of(her: Any) -> str:
    from customers.models import Customer

    return Customer.objects.filter(owner=her).values_list("customer_no", flat=True)[0]


def import_of(month: str) -> Any:
    from accounts.models import User
    from core.models import FileImport

    found, _made = FileImport.objects.get_or_create(
        folder="7391",
        defaults={
            "owner": User.objects.get(username="M001"),
            "state": "read",
            "language": "zh-hans",
            "month": month,
        },
    )
    return found


def device_of(login: Any) -> Any:
    from core import clock

    return login.devices.create(device="d" * 64, browser="Firefox", last_at=clock.now())


def stand_in_of(her: Any) -> Any:
    from accounts.services import stand_in_make
    from core import clock

    supervisor, manager = her.supervisor, her.supervisor.supervisor
    today = clock.today()
    return stand_in_make(
        actor=supervisor.user,
        absent=supervisor,
        stand_in=manager,
        roles=frozenset({"supervisor"}),
        from_on=today,
        until_on=today + timedelta(days=3),
        reason="休假",
    )


def tick_of(her: Any) -> Any:
    from accounts.models import HandoverTick

    return HandoverTick.objects.create(
        person=her, item="customer/K1", label="K1", to=her.supervisor
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    django.setup()
    print(json.dumps(set_the_stage()))
