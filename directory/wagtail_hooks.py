"""What the CMS shows of the directory."""

from wagtail import hooks

from directory.viewsets.choosers import CHOOSERS
from directory.viewsets.menu import DirectoryGroup


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def directory() -> list[object]:
    return [DirectoryGroup(), *CHOOSERS]
