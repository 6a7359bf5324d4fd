from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteProfile(BaseSiteSetting):
    """Who publishes this site. Saved defaults serve when the database is away."""

    place_name = models.CharField(_("city or county"), max_length=100, blank=True)
    publisher = models.CharField(
        _("publisher"), max_length=200, blank=True, help_text=_("The office that answers for it.")
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_(
            "Every page says that it is an example, and search engines are asked to leave it out."
        ),
    )

    class Meta:
        verbose_name = _("site profile")
