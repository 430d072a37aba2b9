"""Audit rows in words: actions, fields and values as the reader calls and writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext

from core import clock
from core.models import AuditRow
from core.money import MoneyField
from core.tables import exports
from core.tables.naming import table_name
from core.templatetags.house import day, moment, yuan_text

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a change. What was only said (a reason) has no `before`; `is_hidden`: the
    reader may know that it changed, but not from what to what."""

    label: str
    after: str
    before: str | None = None
    is_hidden: bool = False


def action_word(action: str) -> str:
    """What an action is called (`settings.AUDIT_WORDS`)."""
    word = settings.AUDIT_WORDS.get(action)
    return gettext(word) if word else action


def subject_words(subject: str) -> str:
    """“person Y001 吴伟” with its kind as the reader calls it."""
    kind, _space, name = subject.partition(" ")
    return f"{kind_word(kind)} {name}".strip()


def kind_word(kind: str) -> str:
    """What a kind of subjects is called: a table's own name, or `settings.AUDIT_SUBJECTS`."""
    if kind in settings.AUDIT_SUBJECTS:
        return gettext(settings.AUDIT_SUBJECTS[kind][0])
    model = _models().get(kind)
    if model is not None:
        return str(model._meta.verbose_name)
    return table_name(kind) if kind in exports() else kind


def kinds() -> list[tuple[str, str]]:
    """Every kind of subjects with what it is called, for choosing one."""
    ours = {name for name, model in _models().items() if not _is_djangos(model)}
    called = ((kind, kind_word(kind)) for kind in ours | set(settings.AUDIT_SUBJECTS))
    return sorted(called, key=itemgetter(1))


def _is_djangos(model: type[models.Model]) -> bool:
    # Ours live in the program's own folder.
    path = Path(apps.get_app_config(model._meta.app_label).path)
    return settings.BASE_DIR not in path.parents or ".venv" in path.parts


def changes_words(
    rows: Iterable[AuditRow], user: Any, shown: Collection[str] = ()
) -> dict[int, list[Change]]:
    """What each row changed, by its id; records named by number are read in one query a table."""
    rows = list(rows)
    names = _Names(rows)
    return {row.pk: _changes(row, names, user, shown) for row in rows}


def _changes(row: AuditRow, names: "_Names", user: Any, shown: Collection[str]) -> list[Change]:
    model = _model_of(row)
    told = []
    for key, values in row.changes.items():
        field = _field(model, key)
        label = capfirst(str(field.verbose_name)) if field else _word(key)
        if not _may_see(model, key, user, shown):
            told.append(Change(label, NOTHING, is_hidden=True))
        elif isinstance(values, list) and len(values) == 2:
            before, after = (_value(field, value, names, key) for value in values)
            told.append(Change(label, after, before))
        else:
            told.append(Change(label, _value(field, values, names, key)))
    return told


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.model_name or "": model for model in apps.get_models()}


def _model_of(row: AuditRow) -> type[models.Model] | None:
    kind = row.subject.partition(" ")[0]
    if kind in settings.AUDIT_SUBJECTS:
        label = settings.AUDIT_SUBJECTS[kind][1]
        return apps.get_model(label) if label else None
    return _models().get(kind)


def _field(model: type[models.Model] | None, key: str) -> "models.Field[Any, Any] | None":
    if model is None:
        return None
    for field in model._meta.concrete_fields:
        if key in (field.name, field.attname):
            return field
    return None


def _word(key: str) -> str:
    word = settings.AUDIT_WORDS.get(key)
    return capfirst(gettext(word) if word else key)


def _may_see(model: type[models.Model] | None, key: str, user: Any, shown: Collection[str]) -> bool:
    name = f"{model._meta.model_name}.{key}" if model else key
    path = settings.AUDIT_CONFIDENTIAL.get(name)
    return not path or name in shown or bool(import_string(path)(user))


def _value(
    field: "models.Field[Any, Any] | None", value: Any, names: "_Names", key: str = ""
) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, (list, dict)):
        return _many(value)
    if isinstance(value, bool) or (value in ("yes", "no") and _is_yes_or_no(field)):
        return gettext("yes") if value in (True, "yes") else gettext("no")
    text = str(value)
    if field is None:
        return text if key != "state" else action_word(text)
    if isinstance(field, models.ForeignKey):
        return names.of(field, text)
    if field.choices:
        return str(dict(field.flatchoices).get(value, text))
    return _plain(field, text)


def _plain(field: "models.Field[Any, Any]", text: str) -> str:
    """Money, days and instants as the house writes them; what does not read as one stays."""
    try:
        if isinstance(field, MoneyField):
            return yuan_text(Decimal(text))
        if isinstance(field, models.DateTimeField):
            instant = datetime.fromisoformat(text)
            return moment(instant if instant.tzinfo else clock.from_local(instant))
        if isinstance(field, models.DateField):
            return day(date.fromisoformat(text))
    except (ValueError, InvalidOperation):
        pass
    return text


def _is_yes_or_no(field: "models.Field[Any, Any] | None") -> bool:
    return isinstance(field, models.BooleanField)


def _many(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{_word(str(key))}: {each}" for key, each in value.items())
    return ", ".join(str(each) for each in value) or NOTHING


class _Names:
    """Records that changes name by their number, read in one query a table."""

    def __init__(self, rows: Sequence[AuditRow]) -> None:
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for row in rows:
            for key, values in row.changes.items():
                field = _field(_model_of(row), key)
                if isinstance(field, models.ForeignKey):
                    both = values if isinstance(values, list) else [values]
                    wanted[field.related_model] |= {str(v) for v in both if str(v).isdecimal()}
        self._known = {
            model: {str(pk): str(found) for pk, found in _in_bulk(model, ids).items()}
            for model, ids in wanted.items()
        }

    def of(self, field: "models.ForeignKey[Any, Any]", value: str) -> str:
        return self._known.get(field.related_model, {}).get(value, value)


def _in_bulk(model: type[models.Model], ids: set[str]) -> dict[Any, models.Model]:
    small = {int(value) for value in ids if len(value) < 19}
    try:
        model._meta.get_field("id")
    except FieldDoesNotExist:
        return {}
    return model._base_manager.in_bulk(small) if small else {}
