"""Django's `makemessages` without guesses: a text nobody translated stays empty, never fuzzy."""

from django.core.management.commands.makemessages import Command as DjangoMakeMessages


class Command(DjangoMakeMessages):
    msgmerge_options = [*DjangoMakeMessages.msgmerge_options, "--no-fuzzy-matching"]
