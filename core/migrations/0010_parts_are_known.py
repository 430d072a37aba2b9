from django.db import migrations


def know_them(apps, schema_editor):
    """PostgreSQL remembers how often the hundred commonest values come: of the parts of names there
    are thousands, and whether one is of few names or of many decides how its rows are found."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE core_spellingpart ALTER COLUMN part SET STATISTICS 1000"
        )


class Migration(migrations.Migration):
    dependencies = [("core", "0009_parts_of_spellings")]

    operations = [migrations.RunPython(know_them, migrations.RunPython.noop)]
