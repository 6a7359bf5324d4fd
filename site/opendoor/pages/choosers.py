"""What editors pick from the two products. Choosing needs no right to change them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from directory.models import Organization
from transparency.models import Dataset


class OrganizationChooserViewSet(ChooserViewSet):
    """An organization of the directory."""

    model = Organization
    icon = "group"
    choose_one_text = _("Choose an organization")
    choose_another_text = _("Choose another organization")
    edit_item_text = _("Edit this organization")


class DatasetChooserViewSet(ChooserViewSet):
    """A dataset of the record."""

    model = Dataset
    icon = "table"
    choose_one_text = _("Choose a dataset")
    choose_another_text = _("Choose another dataset")
    edit_item_text = _("Edit this dataset")


organization_chooser = OrganizationChooserViewSet("organization_chooser")
dataset_chooser = DatasetChooserViewSet("dataset_chooser")
DatasetChooserBlock = dataset_chooser.get_block_class(
    name="DatasetChooserBlock", module_path="opendoor.pages.choosers"
)
