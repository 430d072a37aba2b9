"""Puts the holds and the missing guards into a process of the program."""

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "tests.faults"

    def ready(self) -> None:
        from tests.faults import guards

        guards.apply()
