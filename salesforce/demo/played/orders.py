"""Orders that are talked about: a contract on file, disputes, orders that pass on (ORD-1)."""

from datetime import time, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from core import clock
from core.files.reading import file_read
from orders.models import Order
from orders.services import (
    OrderFacts,
    dispute_open,
    dispute_settle,
    order_edit,
    scans_add,
    transfer_ask,
    transfer_decide,
    version_of,
)
from salesforce.demo.played.stage import ago, form, person, user

SHE, COLLEAGUE, LEAVER, SUCCESSOR = "Y001", "Y002", "Y010", "Y013"
SOLD_BEFORE = timedelta(days=12)
TERMS = "货到验收合格后十日内付清；质保一年，非人为损坏免费更换。"


def orders_play() -> None:
    _contract(_order_of(SHE, 0))
    _disputes(_order_of(SHE, 0), _order_of(SHE, 1))
    _passed_on(_order_of(LEAVER, 0))
    _to_be_passed_on(_order_of(SHE, 2))


def _order_of(no: str, n: int) -> Order:
    """The nth order somebody signed some time ago, the latest first."""
    signed = Order.objects.filter(
        person__employee_no=no, signed_on__lt=clock.today() - SOLD_BEFORE
    ).order_by("-signed_on", "-id")
    found: Order = signed[n]
    return found


def _contract(order: Order) -> None:
    """Terms and margin are said, and the signed contract is scanned."""
    with ago(9, time(10, 30)):
        order_edit(
            actor=user(SHE),
            order=order,
            seen=version_of(order),
            customer=order.customer,
            facts=OrderFacts(order.amount, order.amount * 18 // 100, order.signed_on, TERMS),
        )
        scan = file_read(_scan("合同扫描件.jpg"))
        scans_add(actor=user(SHE), order=order, files=[scan])


def _disputes(still_open: Order, settled: Order) -> None:
    with ago(6, time(15, 10)):
        ended = dispute_open(
            actor=user(SHE),
            order=settled,
            text="客户反映到货少两箱配件，要求补发后再付尾款。",
            amount=None,
            token=form("dispute-settled"),
        )
    with ago(3, time(11, 40)):
        dispute_settle(
            actor=user("Z001"),
            dispute=ended,
            outcome="仓库核对属实，配件已补发，客户签收无异议。",
            settled_on=clock.today(),
        )
    with ago(2, time(16, 25)):
        dispute_open(
            actor=user(SHE),
            order=still_open,
            text="客户认为其中一台设备外壳有划痕，要求换货或者减价。",
            amount=still_open.amount // 10,
            token=form("dispute-open"),
        )


def _passed_on(order: Order) -> None:
    """One who leaves hands an order to the successor."""
    with ago(4, time(9, 20)):
        asked = transfer_ask(
            actor=user(LEAVER),
            order=order,
            to_person=person(SUCCESSOR),
            reason="本人即将离职，后续回款和售后由接手同事负责。",
            token=form("transfer-leaver"),
        )
    with ago(3, time(14, 5)):
        transfer_decide(
            actor=user("M001"), transfer=asked, approve=True, reply="同意，请当面交接资料。"
        )


def _to_be_passed_on(order: Order) -> None:
    with ago(1, time(17, 30)):
        transfer_ask(
            actor=user(SHE),
            order=order,
            to_person=person(COLLEAGUE),
            reason="客户搬到镇海，由负责该片区的同事跟进更方便。",
            token=form("transfer-asked"),
        )


def _scan(name: str) -> SimpleUploadedFile:
    """A page of paper with lines of writing and a seal. The same bytes each time."""
    page = Image.new("RGB", (620, 877), (250, 249, 244))
    draw = ImageDraw.Draw(page)
    draw.rectangle((190, 60, 430, 84), fill=(40, 44, 52))
    for n in range(22):
        draw.rectangle((70, 130 + 28 * n, 540 - 37 * (n % 3), 138 + 28 * n), fill=(120, 124, 130))
    draw.ellipse((390, 690, 530, 830), outline=(190, 40, 50), width=7)
    written = BytesIO()
    page.save(written, "JPEG", quality=75)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")
