"""Django's `migrate`, ending with the append-only triggers made and their standing asserted."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from core import append_only


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("plan") or options.get("check_unapplied"):
            super().handle(*args, **options)
            return
        append_only.set_aside()
        try:
            super().handle(*args, **options)
        finally:
            append_only.install()
        append_only.assert_standing()
