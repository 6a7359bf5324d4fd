"""Page types and settings that communications staff edit."""

from opendoor.pages.models.content import ContentPage
from opendoor.pages.models.figures import HomeFigure, ProgrammeFigure
from opendoor.pages.models.glossary import GlossaryPage
from opendoor.pages.models.home import HomePage
from opendoor.pages.models.news import NewsIndexPage, NewsPage
from opendoor.pages.models.programme import ProgrammeIndexPage, ProgrammePage, ProgrammePartner
from opendoor.pages.models.site_profile import SiteProfile

__all__ = [
    "ContentPage",
    "GlossaryPage",
    "HomeFigure",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProgrammeFigure",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "ProgrammePartner",
    "SiteProfile",
]
