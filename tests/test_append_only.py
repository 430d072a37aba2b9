"""Entries, audit rows, kept terms and policies in force refuse every change, on both databases."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, NotSupportedError, connection, transaction

from core import append_only, clock
from core.db import rows_insert
from core.models import AuditRow
from payroll.models import EmploymentTerms, Entry
from payroll.services.posting import EntryRow, Posting
from policy.models import PolicyParameter
from tests import migrated
from tests.books import OCTOBER, october_final_november_draft
from tests.browser import databases
from tests.browser.program import ROOT, environment, manage

pytestmark = pytest.mark.django_db
MODELS = (Entry, AuditRow, EmploymentTerms, PolicyParameter)


@pytest.fixture
def books(tmp_path):
    october_final_november_draft(tmp_path)
    AuditRow.objects.create(action="test", subject="test")
    PolicyParameter.objects.create(effective_on=date(2020, 1, 1), parameter="late_fine", value="6")


def refused(attack: Callable[[], object]) -> None:
    # A table that others name cannot be emptied alone, whoever guards it.
    said = r"append-only|refused by|cannot truncate a table referenced"
    with pytest.raises((IntegrityError, NotSupportedError), match=said), transaction.atomic():
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


def columns_of(model) -> str:
    return ", ".join(f.column for f in model._meta.concrete_fields if not f.primary_key)


UPSERT = (
    "INSERT INTO {t} (id, {c}) SELECT id, {c} FROM {t} WHERE id > 0 "
    "ON CONFLICT (id) DO UPDATE SET {x} = 'x'"
)
BY_SQL = {
    "sqlite": (
        UPSERT,
        "INSERT OR REPLACE INTO {t} (id, {c}) SELECT id, {c} FROM {t}",
        "REPLACE INTO {t} (id, {c}) SELECT id, {c} FROM {t}",
        "UPDATE OR REPLACE {t} SET {x} = 'x'",
        "UPDATE OR IGNORE {t} SET {x} = 'x'",
        "UPDATE OR ROLLBACK {t} SET id = id + 100000",
        "DELETE FROM {t}",
        "WITH w AS (SELECT id FROM {t}) DELETE FROM {t} WHERE id IN (SELECT id FROM w)",
    ),
    "postgresql": (
        UPSERT,
        "UPDATE {t} SET {x} = {x}",
        "UPDATE {t} SET id = id + 100000",
        "UPDATE {t} SET {x} = 'x' FROM accounts_person WHERE true",
        "WITH w AS (DELETE FROM {t} RETURNING id) SELECT count(*) FROM w",
        "MERGE INTO {t} USING {t} o ON {t}.id = o.id WHEN MATCHED THEN DELETE",
        "MERGE INTO {t} USING {t} o ON {t}.id = o.id WHEN MATCHED THEN UPDATE SET {x} = 'x'",
        "DELETE FROM ONLY {t}",
        "TRUNCATE {t}",
        "TRUNCATE {t} CASCADE",
        "TRUNCATE {t} RESTART IDENTITY CASCADE",
    ),
}


@pytest.mark.parametrize("model", MODELS)
def test_no_sql_changes_a_row(books, model):
    before = rows()
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # nothing of the setting up may wait
    for attack in BY_SQL[connection.vendor]:
        text = attack.format(t=model._meta.db_table, c=columns_of(model), x=field_of(model))
        refused(lambda text=text: run(text))
        assert rows() == before, text


def test_a_table_emptied_from_above_takes_nothing_along(books):
    before = rows()
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        refused(lambda: run("TRUNCATE accounts_person CASCADE"))
        refused(lambda: run("TRUNCATE accounts_user CASCADE"))
    else:
        refused(lambda: run("DELETE FROM payroll_employmentterms"))
    assert rows() == before


def test_a_row_is_not_replaced_by_one_of_the_same_key(books):
    """REPLACE finds its victim by any unique key; what it deletes must meet the trigger."""
    before = rows()
    held = columns_of(Entry)
    entry = Entry.objects.filter(reverses=None, pay_month="2026-11").first()
    again = f"INTO payroll_entry ({held}) SELECT {held} FROM payroll_entry WHERE id = {entry.pk}"
    if connection.vendor == "sqlite":
        refused(lambda: run(f"REPLACE {again}"))
        run("PRAGMA recursive_triggers = OFF")  # the control: without it the row is gone
        try:
            with transaction.atomic():
                run(f"REPLACE {again}")
                assert not Entry.objects.filter(pk=entry.pk).exists()
                assert append_only.missing() == ["PRAGMA recursive_triggers"]
                transaction.set_rollback(True)
        finally:
            run("PRAGMA recursive_triggers = ON")
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            run(f"INSERT {again}")
    assert rows() == before


@pytest.mark.parametrize("model", MODELS)
def test_the_admin_of_django_could_not_either(books, model):
    from django.contrib.admin.options import ModelAdmin
    from django.contrib.admin.sites import AdminSite

    before = rows()
    admin = ModelAdmin(model, AdminSite())
    row = model.objects.first()
    setattr(row, field_of(model), "x")
    refused(lambda: admin.save_model(None, row, None, change=True))
    refused(lambda: admin.delete_queryset(None, model.objects.filter(pk=row.pk)))
    refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))
    assert rows() == before


def test_what_is_copied_in_meets_the_guard_as_well(books):
    """The close writes by COPY or one prepared INSERT: a final month refuses those too."""
    entry = Entry.objects.filter(pay_month="2026-10").first()
    posting = Posting(
        month=OCTOBER,
        pay_month=OCTOBER,
        ids={},
        job="attack",
        actor=None,
    )
    row = posting.reversal_of(entry)._replace(reverses_id=None, sequence=99)
    refused(lambda: rows_insert(model=Entry, columns=EntryRow._fields, rows=[row]))


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


REBUILD = """
from django.db import connection
from core import append_only
from payroll.models import Entry
from django.db import models
field = Entry._meta.get_field("job")
wider = models.CharField(max_length=41)
wider.set_attributes_from_name("job")
wider.model = Entry
with connection.schema_editor() as editor:
    editor.alter_field(Entry, field, wider, strict=True)
print(len(append_only.missing()))
"""


def test_a_table_rebuilt_by_a_migration_gets_its_triggers_back(tmp_path):
    """SQLite rebuilds a table to change it and drops its triggers without a word."""
    with databases.copy_of(migrated.template(), tmp_path) as url:
        env = environment(tmp_path, url)
        ask = [sys.executable, "manage.py", "shell", "-v", "0", "-c"]
        rebuilt = subprocess.run(
            [*ask, REBUILD], env=env, cwd=ROOT, capture_output=True, text=True, check=True
        )
        fell = int(rebuilt.stdout)
        assert fell == (3 if connection.vendor == "sqlite" else 0)
        manage(env, "manage.py", "migrate", "-v", "0")
        standing = "from core.append_only import assert_standing; assert_standing()"
        subprocess.run([*ask, standing], env=env, cwd=ROOT, check=True)
