from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SalesforceConfig(AppConfig):
    name = "salesforce"
    verbose_name = _("sales force")
