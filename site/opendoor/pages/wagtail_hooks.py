"""What the CMS shows of our own."""

from wagtail import hooks

from opendoor.pages.choosers import dataset_chooser


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def choosers() -> list[object]:
    return [dataset_chooser]
