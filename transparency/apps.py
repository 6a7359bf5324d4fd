from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransparencyConfig(AppConfig):
    """Published statistics: a reusable app that knows neither site nor directory."""

    name = "transparency"
    verbose_name = _("Transparency")
