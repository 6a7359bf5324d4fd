"""What the CMS shows of the record."""

from wagtail import hooks

from transparency.viewsets.menu import RecordGroup


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def record() -> object:
    return RecordGroup()
