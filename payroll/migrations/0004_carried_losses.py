"""An account for losses carried to later months (PAY-4)."""

from django.db import migrations, models

CHOICES = [
    ("company", "company"),
    ("pool", "pool"),
    ("cash", "cash"),
    ("bank", "bank"),
    ("pay", "pay"),
    ("reserve", "reserve"),
    ("arrears", "arrears"),
    ("carried", "carried"),
]
PERSONAL = ["arrears", "carried", "pay", "reserve"]
NAME = "entry_personal_account_has_person"


class Migration(migrations.Migration):
    dependencies = [("payroll", "0003_simulations")]

    operations = [
        migrations.RemoveConstraint(model_name="entry", name=NAME),
        migrations.AlterField(
            model_name="entry",
            name="source",
            field=models.CharField(choices=CHOICES, max_length=10, verbose_name="from"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="target",
            field=models.CharField(choices=CHOICES, max_length=10, verbose_name="to"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(person__isnull=False)
                | (~models.Q(source__in=PERSONAL) & ~models.Q(target__in=PERSONAL)),
                name=NAME,
            ),
        ),
    ]
