"""What an offence and a sanction are called (DIS-1, DIS-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Offence(models.TextChoices):
    FIGHTING = "fighting", _("fighting")
    IMAGE = "image", _("harming the company's image")
    POACHING = "poaching", _("order poaching")
    SHIFTING = "shifting", _("order shifting")
    PROPERTY = "property", _("property")
    COMPANY_NAME = "company_name", _("using the company's name")
    SECRETS = "secrets", _("secrets")
    BRIBE = "bribe", _("bribes")
    FALSE_ADVERTISING = "false_advertising", _("false advertising")
    FORCING = "forcing", _("forcing or luring")
    PRIVACY = "privacy", _("patients' privacy")
    HARASSMENT = "harassment", _("harassment")
    LANGUAGE = "language", _("coarse language")
    DRINKING = "drinking", _("drinking")
    GAMBLING = "gambling", _("gambling")
    CLIQUES = "cliques", _("cliques")
    DRESS = "dress", _("dress")
    IDLING = "idling", _("idling")
    PRIVATE_CALLS = "private_calls", _("private calls")
    OTHER = "other", _("other")


class Sanction(models.TextChoices):
    CRITICISM = "criticism", _("criticism")
    WARNING = "warning", _("warning")
    FINE = "fine", _("fine")
    FORFEIT = "forfeit", _("forfeited pay")
    BONUS_CUT = "bonus_cut", _("bonus cut")
    DEMOTION = "demotion", _("demotion")
    DISMISSAL = "dismissal", _("dismissal")
