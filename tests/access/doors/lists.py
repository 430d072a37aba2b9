"""Doors of saved views and columns, and of files that are looked at before they are loaded."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from core.imports.services import import_receive
from core.lists.services import view_save
from core.models import FileImport, SavedView
from tests.access.door import BOOKS, Door, plain, those
from tests.access.world import EVERYBODY, NOBODY, World
from tests.cast import KEEPER, LEADER, MANAGER, SHE

# The keeper sends the register of goods, the leader targets.
SENDERS = BOOKS | those(KEEPER, LEADER)
NOT_SENDERS = (EVERYBODY | {NOBODY}) - SENDERS
CALENDAR = b"date,is_workday,note\n2026-10-10,yes,\n"
WRONG = b"date,is_workday,note\n2026-10-10,perhaps,\n"


def her_view() -> SavedView:
    found = SavedView.objects.filter(owner__username=SHE, name="door").first()
    owner = User.objects.get(username=SHE)
    return found or view_save(owner=owner, list_key="unpaid", name="door", query="q=x")


def sent(content: bytes) -> FileImport:
    """A file of the manager's, looked at."""
    owner = User.objects.get(username=MANAGER)
    found = FileImport.objects.filter(owner=owner).first()
    files = [SimpleUploadedFile("calendar.csv", content)]
    return found or import_receive(files=files, actor=owner)


def of_import(name: str, *more: object, content: bytes = CALENDAR):
    return lambda world: reverse(name, args=[sent(content).pk, *more])


def views(world: World) -> int:
    return SavedView.objects.count()


def imports(world: World) -> list[tuple[int, str]]:
    return list(FileImport.objects.order_by("id").values_list("id", "state"))


def in_a_list(world: World) -> dict[str, object]:
    return {"list": "unpaid", "name": "mine", "back": "/due/?q=x", "column": ["customer"]}


# Whose file it is gets it, who may load but did not send it finds nothing, the rest is told.
THE_SENDER = {"hidden": True, "sees": NOT_SENDERS}

DOORS = {
    "list_views": Door(
        plain("list_views"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=in_a_list,
        effect=views,
        nobody=200,
    ),
    "list_view": Door(
        lambda world: reverse("list_view", args=[her_view().pk]),
        post=those(SHE),
        hidden=True,
        data=lambda world: {"do": "delete", "back": "/due/"},
        effect=views,
    ),
    "list_columns": Door(
        plain("list_columns"), post=EVERYBODY, data=in_a_list, effect=views, nobody=302
    ),
    "imports": Door(
        plain("imports"),
        get=SENDERS,
        post=SENDERS,
        data=lambda world: {"files": SimpleUploadedFile("calendar.csv", CALENDAR)},
        effect=imports,
    ),
    "loads": Door(plain("loads"), get=BOOKS),
    "import_template": Door(
        lambda world: reverse("import_template", args=["calendar"]), get=BOOKS, is_page=False
    ),
    "import": Door(of_import("import"), get=those(MANAGER), **THE_SENDER),
    "import_load": Door(
        of_import("import_load"), post=those(MANAGER), effect=imports, **THE_SENDER
    ),
    "import_drop": Door(
        of_import("import_drop"), post=those(MANAGER), effect=imports, **THE_SENDER
    ),
    "import_wrong": Door(
        of_import("import_wrong", 0, "csv", content=WRONG),
        get=those(MANAGER),
        is_page=False,
        **THE_SENDER,
    ),
}
