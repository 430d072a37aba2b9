"""A form's field for photos, scans and PDF of a record.

A form that has one is a `core.forms.UploadForm`. What it gives is read already: hand each to
`file_keep`.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.files.models import MAX_FILES
from core.files.reading import MAX_PDF_BYTES, MAX_PICTURE_BYTES, ReadFile, file_read
from core.files.refusals import FileRefused
from core.forms import ManyFilesInput

# Named one by one: a phone that is told JPEG sends its HEIC photos as JPEG.
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,application/pdf"


class FilesInput(ManyFilesInput):
    """Several files; a phone offers its camera. Sizes are checked in the browser too (forms.js)."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, max_files: int = MAX_FILES) -> None:
        self.max_files = max_files
        super().__init__({"accept": ACCEPT, "class": "form-control", **(attrs or {})})

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        # When it is shown and not before: the texts are in the reader's language.
        checks = {
            "data-list-chosen": "",
            "data-max-files": self.max_files,
            "data-max-picture-bytes": MAX_PICTURE_BYTES,
            "data-max-pdf-bytes": MAX_PDF_BYTES,
            "data-too-many": too_many(self.max_files),
            "data-too-large": _("A photo may have %(picture)s MB, a PDF %(pdf)s MB")
            % {"picture": MAX_PICTURE_BYTES // 2**20, "pdf": MAX_PDF_BYTES // 2**20},
        }
        return super().build_attrs({**base_attrs, **checks}, extra_attrs)

    def use_required_attribute(self, initial: Any) -> bool:
        return not initial


class FilesField(forms.FileField):
    """Gives a list of `ReadFile`, empty where nothing was sent and nothing had to be."""

    widget = FilesInput
    default_error_messages = {"required": gettext_lazy("Choose at least one file")}

    def __init__(self, *, max_files: int = MAX_FILES, **kwargs: Any) -> None:
        self.max_files = max_files
        kwargs.setdefault("widget", FilesInput(max_files=max_files))
        kwargs.setdefault("label", gettext_lazy("Photos, scans or PDF"))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[ReadFile]:
        sent = data if isinstance(data, (list, tuple)) else [data]
        sent = [upload for upload in sent if upload]
        if not sent and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > self.max_files:
            raise ValidationError(too_many(self.max_files), code="many")
        read, refused = [], []
        for upload in sent:
            try:
                read.append(file_read(upload))
            except FileRefused as refusal:
                refused.append(ValidationError(str(refusal), code="refused"))
        if refused:
            raise ValidationError(refused)
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


def too_many(most: int) -> str:
    return ngettext("No more than %(count)s file", "No more than %(count)s files", most) % {
        "count": most
    }
