"""Entries, audit rows, kept terms and policies in force refuse every change, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from core import append_only, clock
from core.models import AuditRow
from payroll.models import EmploymentTerms, Entry
from policy.models import PolicyParameter
from tests.books import october_final_november_draft

pytestmark = pytest.mark.django_db
MODELS = (Entry, AuditRow, EmploymentTerms, PolicyParameter)


@pytest.fixture
def books(tmp_path):
    october_final_november_draft(tmp_path)
    AuditRow.objects.create(action="test", subject="test")
    PolicyParameter.objects.create(effective_on=date(2020, 1, 1), parameter="late_fine", value="6")


def refused(attack: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=r"append-only|refused by"), transaction.atomic():
        attack()


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def rows() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in MODELS]


def field_of(model) -> str:
    return {Entry: "job", AuditRow: "action", EmploymentTerms: "channel"}.get(model, "value")


def test_every_way_to_change_a_row_is_refused(books):
    before = rows()
    for model in MODELS:
        table, column, row = model._meta.db_table, field_of(model), model.objects.first()
        refused(lambda t=table, c=column: run(f"UPDATE {t} SET {c} = 'x'"))
        refused(lambda t=table, r=row: run(f"DELETE FROM {t} WHERE id = %s", r.pk))
        refused(lambda m=model, c=column, r=row: m.objects.filter(pk=r.pk).update(**{c: "x"}))
        refused(lambda m=model: m.objects.all()._raw_delete("default"))
        setattr(row, column, "x")
        refused(lambda r=row: r.save())
        refused(lambda m=model, c=column, r=row: m.objects.bulk_update([r], [c]))
        refused(
            lambda m=model, c=column, r=row: m.objects.bulk_create(
                [r], update_conflicts=True, unique_fields=["id"], update_fields=[c]
            )
        )
    assert rows() == before


@pytest.mark.parametrize("model", MODELS)
def test_a_row_cannot_be_replaced_or_the_table_emptied(books, model):
    before = rows()
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        copy = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        refused(lambda: run(copy))
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")  # nothing of the setting up may wait
        refused(lambda: run(f"TRUNCATE {table} CASCADE"))
    assert rows() == before


def test_a_policy_not_yet_in_force_may_still_be_corrected():
    later = clock.today() + timedelta(days=2)
    row = PolicyParameter.objects.create(effective_on=later, parameter="late_fine", value="7")
    PolicyParameter.objects.filter(pk=row.pk).update(value="8")
    row.refresh_from_db()
    assert row.value == "8"
    row.delete()


def test_a_final_month_takes_no_entry_however_it_comes(books):
    entry = Entry.objects.filter(pay_month="2026-10").first()
    count = Entry.objects.count()
    for month in ("2026-10", "2026-09"):
        entry.pk, entry.sequence, entry.pay_month, entry.for_month = None, 99, month, "2026-09"
        refused(lambda: entry.save(force_insert=True))
    assert Entry.objects.count() == count


def drop(name: str, table: str) -> None:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER {name}{on}")


def test_a_trigger_that_fell_is_missed_and_made_again_by_migrate():
    append_only.assert_standing()
    drop("payroll_entry_no_delete", "payroll_entry")
    drop("core_auditrow_no_update", "core_auditrow")
    assert sorted(append_only.missing()) == ["core_auditrow_no_update", "payroll_entry_no_delete"]
    with pytest.raises(append_only.TriggersMissing, match="payroll_entry_no_delete"):
        append_only.assert_standing()
    append_only.install()
    append_only.assert_standing()


def test_migrate_ends_with_the_triggers_standing(monkeypatch):
    done = []
    monkeypatch.setattr(append_only, "install", lambda: done.append("install"))
    monkeypatch.setattr(append_only, "assert_standing", lambda: done.append("assert"))
    call_command("migrate", verbosity=0)
    assert done == ["install", "assert"]
