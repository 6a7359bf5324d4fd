"""Page types and settings that communications staff edit."""

from opendoor.pages.models.site_profile import SiteProfile

__all__ = ["SiteProfile"]
