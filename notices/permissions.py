"""Who may write on the board and who sets up groups. Who sees what is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from notices.models import BoardNotice
from notices.querysets.board import WRITE_ON_BOARD
from notices.querysets.channels import WORK_ON_CHANNELS


def can_work_on_channels(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*WORK_ON_CHANNELS):
        return ALLOWED
    return Decision(False, _("Groups are set up by the company leader, the manager and personnel."))


def can_write_on_board(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*WRITE_ON_BOARD):
        return ALLOWED
    return Decision(
        False, _("The board is written by the company leader, the manager and personnel.")
    )


def can_change_board(user: Any, notice: BoardNotice) -> Decision:
    """Change or withdraw a notice: whoever writes on the board, as long as it hangs there."""
    decision = can_write_on_board(user)
    if decision and notice.withdrawn_at:
        return Decision(False, _("The notice has been withdrawn."))
    return decision


def can_see_receipts(user: Any) -> Decision:
    """By name who has read a notice; all others see how many."""
    return can_write_on_board(user)


def can_open_attachment(user: Any, file: StoredFile) -> bool:
    """What hangs with a notice is opened by whoever may read the notice now."""
    if not file.owner.isdecimal():
        return False
    return BoardNotice.objects.visible_to(user).filter(pk=int(file.owner)).exists()


def can_have_inbox(user: Any) -> Decision:
    if user.person is not None:
        return ALLOWED
    return Decision(False, _("This login belongs to nobody on file: it has no inbox."))
