from django.db import migrations, models

FILL = """
    UPDATE receivables_slip SET covered_at = (
        SELECT min(at) FROM (
            SELECT at, sum(net) OVER (ORDER BY at) AS come FROM (
                SELECT amount - undone AS net,
                       CASE method WHEN 'transfer' THEN received_at ELSE handed_in_at END AS at
                FROM receivables_payment WHERE slip_id = receivables_slip.id
            ) AS payment WHERE at IS NOT NULL
        ) AS coming WHERE come >= receivables_slip.amount_due
    )
"""
KEEPING = ("payment_covers_insert", "payment_covers_update", "payment_covers_delete", "slip_covered")


def forget(apps, schema_editor):
    """Without the column its triggers would refuse every payment. SQLite's are set aside."""
    if schema_editor.connection.vendor == "postgresql":
        for name in KEEPING:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS receivables_{name}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_left_once"),
        ("orders", "0003_margins_disputes_transfers"),
        ("receivables", "0008_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="covered_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="covered since"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddIndex(
            model_name="slip",
            index=models.Index(
                fields=["id", "covered_at", "order", "person"],
                condition=models.Q(("returned_at", None)),
                name="slip_out",
            ),
        ),
        migrations.AddIndex(
            model_name="slip",
            index=models.Index(
                fields=["id"],
                condition=models.Q(("returned_at__isnull", False)),
                name="slip_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="slip",
            index=models.Index(
                fields=["covered_at", "id"],
                condition=models.Q(("returned_at", None)),
                name="slip_out_covered",
            ),
        ),
    ]
