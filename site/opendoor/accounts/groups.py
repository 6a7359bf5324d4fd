"""Who may do what in the CMS, as groups. A group that exists is never changed: it is the site's."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

COMMUNICATIONS = "Communications"

PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
IMAGES = ("add_image", "change_image", "choose_image")
DOCUMENTS = ("add_document", "change_document", "choose_document")
SITE = (("wagtailadmin", "access_admin"), ("wagtail_localize", "submit_translation"))
APPS = ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs", "wagtail_localize")


def grant_groups() -> None:
    """Makes the groups that are missing."""
    if Group.objects.filter(name=COMMUNICATIONS).exists():
        return
    for label in APPS:  # Django makes permissions app by app; ours must be there by now
        create_permissions(apps.get_app_config(label), verbosity=0)
    _grant_communications(Group.objects.create(name=COMMUNICATIONS))


def _grant_communications(group: Group) -> None:
    """Writes and publishes every page, its pictures and its documents; nothing of the products."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in _permissions("wagtailcore", PAGES):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    files = (*_permissions("wagtailimages", IMAGES), *_permissions("wagtaildocs", DOCUMENTS))
    for permission in files:
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=permission
        )
    for label, codename in SITE:
        group.permissions.add(*_permissions(label, (codename,)))
    for task in GroupApprovalTask.objects.all():  # who publishes decides on what others hand in
        task.groups.add(group)


def _permissions(label: str, codenames: Iterable[str]) -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
