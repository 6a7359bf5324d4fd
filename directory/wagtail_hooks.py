"""What the CMS shows of the directory."""

from typing import Any

from wagtail import hooks

from directory.viewsets import lent
from directory.viewsets.choosers import CHOOSERS
from directory.viewsets.desk_panel import WaitingPanel
from directory.viewsets.happenings import register
from directory.viewsets.menu import DirectoryGroup
from directory.viewsets.reference import ReferenceGroup
from directory.viewsets.times import use_in_forms

lent.register()
use_in_forms()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def directory() -> list[object]:
    return [DirectoryGroup(), ReferenceGroup(), *CHOOSERS]


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def log_actions(actions: Any) -> None:
    register(actions)


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def waiting(_request: object, panels: list[object]) -> None:
    panels.append(WaitingPanel())
