"""Django's `migrate`, ending with the append-only triggers made and their standing asserted."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from core import append_only


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            append_only.install()
            append_only.assert_standing()
