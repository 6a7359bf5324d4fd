"""What editors pick from the record. Choosing needs no right to change it.

Organizations are picked with the directory's own chooser (directory.viewsets.choosers).
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from transparency.models import Dataset


class DatasetChooserViewSet(ChooserViewSet):
    """A dataset of the record."""

    model = Dataset
    icon = "table"
    choose_one_text = _("Choose a dataset")
    choose_another_text = _("Choose another dataset")
    edit_item_text = _("Edit this dataset")


dataset_chooser = DatasetChooserViewSet("dataset_chooser")
DatasetChooserBlock = dataset_chooser.get_block_class(
    name="DatasetChooserBlock", module_path="opendoor.pages.choosers"
)
