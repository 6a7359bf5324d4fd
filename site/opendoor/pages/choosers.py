"""What editors pick from the two products. Choosing needs no right to change them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class OrganizationChooserViewSet(ChooserViewSet):
    """An organization of the directory."""

    model = "directory.Organization"
    icon = "group"
    choose_one_text = _("Choose an organization")
    choose_another_text = _("Choose another organization")
    edit_item_text = _("Edit this organization")


class DatasetChooserViewSet(ChooserViewSet):
    """A dataset of the record."""

    model = "transparency.Dataset"
    icon = "table"
    choose_one_text = _("Choose a dataset")
    choose_another_text = _("Choose another dataset")
    edit_item_text = _("Edit this dataset")


organization_chooser = OrganizationChooserViewSet("organization_chooser")
dataset_chooser = DatasetChooserViewSet("dataset_chooser")
