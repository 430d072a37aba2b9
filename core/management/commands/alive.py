"""`alive KIND`: did this host's web server, worker or beat give a sign of life lately?"""

import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.heartbeats import is_alive
from core.models import Heartbeat


class Command(BaseCommand):
    help = "Exit 1 unless this host's process of the kind gave a sign of life within a minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=Heartbeat.Kind.values)

    def handle(self, *args: Any, kind: str, **options: Any) -> None:
        if not is_alive(kind, host=socket.gethostname()):
            raise CommandError(_("no sign of life within a minute"))
