"""Shapes of input that know nothing of salespeople."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables.folder import FILE_ENDINGS
from core.uploads import MAX_FILE_BYTES, MAX_REQUEST_BYTES


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or many; each is bounded."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]
        for file in cleaned:
            if file.size > MAX_FILE_BYTES:
                raise ValidationError(
                    _("%(file)s is larger than %(mb)s MB"),
                    code="large",
                    params={"file": file.name, "mb": MAX_FILE_BYTES // 2**20},
                )
        return cleaned


class UploadForm(forms.Form):
    """A form that takes files. `too_large`: the request was larger than is kept at all, and came
    without its files (`core.uploads.is_too_large`)."""

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any] | None:
        if self.too_large:
            for name, field in self.fields.items():
                if isinstance(field, forms.FileField):
                    self.errors.pop(name, None)
            raise ValidationError(
                _("The files are larger than %(mb)s MB together; send them one by one"),
                code="large",
                params={"mb": MAX_REQUEST_BYTES // 2**20},
            )
        return super().clean()


class FactsForm(UploadForm):
    """Files of the company's tables."""

    files = ManyFilesField(  # type: ignore[assignment]  # the field of the form, not its input
        label=_("Files"),
        max_length=200,
        # An empty file is refused by the table, which says so among the other reasons.
        allow_empty_file=True,
        error_messages={"required": _("Choose at least one file")},
        widget=ManyFilesInput(
            attrs={
                "accept": ",".join(FILE_ENDINGS),
                "class": "form-control",
                "data-max-bytes": MAX_REQUEST_BYTES,
                "data-too-large": _("These files are too large together"),
            }
        ),
    )
