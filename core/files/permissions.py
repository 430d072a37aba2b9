"""Who may open a private file: the app whose record it belongs to says so."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from core.files.models import StoredFile


def can_open(user: Any, file: StoredFile) -> bool:
    """What the check of the file's kind says; a kind nobody answers for is opened by nobody."""
    check = settings.FILE_KINDS.get(file.kind)
    return bool(check and import_string(check)(user, file))


def whose(file: StoredFile) -> str:
    """The employee number of whom a confidential file concerns; empty where nobody says."""
    path = settings.CONFIDENTIAL_FILE_KINDS.get(file.kind)
    return str(import_string(path)(file)) if path else ""
