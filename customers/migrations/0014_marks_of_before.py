from django.db import migrations


def marks(apps, schema_editor):
    """Whoever was not to be disturbed before marks were kept: nobody knows who said so."""
    customers = apps.get_model("customers", "Customer").objects.filter(
        do_not_disturb=True, merged_into=None
    )
    mark = apps.get_model("customers", "QuietMark")
    mark.objects.bulk_create(
        [mark(customer=each, reason="客户档案里原有的标记") for each in customers.order_by("pk")],
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0013_calls'),
    ]

    operations = [
        migrations.RunPython(marks, migrations.RunPython.noop),
    ]
