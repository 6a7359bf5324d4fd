"""What stewards pick in forms: an organization, a location, a term."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from directory.models import Location, Organization, Program, TaxonomyTerm, Unit


class WordFilterForm(BaseFilterForm):
    """Finds by any part of the columns that a subclass names."""

    lookups: tuple[str, ...] = ("name",)
    q = forms.CharField(label=_("Search"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        self.search_query = text = self.cleaned_data.get("q")
        if text:
            self.is_searching = True
            condition = Q()
            for lookup in self.lookups:
                condition |= Q(**{f"{lookup}__icontains": text})
            objects = objects.filter(condition).distinct()
        found: QuerySet[Any] = super().filter(objects)
        return found


class LocationFilterForm(WordFilterForm):
    lookups = ("name", "organization__name", "addresses__address_1", "addresses__city")


class ProgramFilterForm(WordFilterForm):
    lookups = ("name", "alternate_name", "organization__name")


class TermFilterForm(WordFilterForm):
    lookups = ("name", "name_es", "code", "taxonomy__name")


class OrganizationChooseView(ChooseView):
    filter_form_class = WordFilterForm


class OrganizationResultsView(ChooseResultsView):
    filter_form_class = WordFilterForm


def _street(location: Location) -> str:
    return "; ".join(str(address) for address in location.addresses.all())


class _Locations:
    """Locations of one name are told apart by their address."""

    filter_form_class = LocationFilterForm

    def get_object_list(self) -> QuerySet[Location]:
        return Location.objects.prefetch_related("addresses")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("address", label=_("Address"), accessor=_street),
            Column("confidential", label=_("Confidential")),
        ]


class LocationChooseView(_Locations, ChooseView):
    pass


class LocationResultsView(_Locations, ChooseResultsView):
    pass


class _Terms:
    filter_form_class = TermFilterForm

    def get_object_list(self) -> QuerySet[TaxonomyTerm]:
        return TaxonomyTerm.objects.select_related("taxonomy")

    @property
    def columns(self) -> list[Column]:
        taxonomy = Column("taxonomy", label=_("Taxonomy"), accessor="taxonomy.name")
        return [*super().columns, taxonomy]  # type: ignore[misc]


class TermChooseView(_Terms, ChooseView):
    pass


class TermResultsView(_Terms, ChooseResultsView):
    pass


class _Programs:
    """Programmes of one name are told apart by their organization."""

    filter_form_class = ProgramFilterForm

    def get_object_list(self) -> QuerySet[Program]:
        return Program.objects.select_related("organization")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("organization", label=_("Organization"))]  # type: ignore[misc]


class ProgramChooseView(_Programs, ChooseView):
    pass


class ProgramResultsView(_Programs, ChooseResultsView):
    pass


class OrganizationChooserViewSet(ChooserViewSet):
    model = Organization
    icon = "group"
    choose_view_class = OrganizationChooseView
    choose_results_view_class = OrganizationResultsView
    choose_one_text = _("Choose an organization")
    choose_another_text = _("Choose another organization")
    edit_item_text = _("Edit this organization")


class LocationChooserViewSet(ChooserViewSet):
    model = Location
    icon = "site"
    choose_view_class = LocationChooseView
    choose_results_view_class = LocationResultsView
    choose_one_text = _("Choose a location")
    choose_another_text = _("Choose another location")
    edit_item_text = _("Edit this location")


class TermChooserViewSet(ChooserViewSet):
    model = TaxonomyTerm
    icon = "tag"
    choose_view_class = TermChooseView
    choose_results_view_class = TermResultsView
    choose_one_text = _("Choose a term")
    choose_another_text = _("Choose another term")
    edit_item_text = _("Edit this term")


class ProgramChooserViewSet(ChooserViewSet):
    model = Program
    icon = "folder-open-inverse"
    choose_view_class = ProgramChooseView
    choose_results_view_class = ProgramResultsView
    choose_one_text = _("Choose a programme")
    choose_another_text = _("Choose another programme")


class UnitChooserViewSet(ChooserViewSet):
    """What a capacity counts: beds, appointments. A new one is made on the spot."""

    model = Unit
    icon = "list-ol"
    form_fields = ["name"]
    choose_one_text = _("Choose what is counted")
    choose_another_text = _("Choose something else")
    create_action_label = _("Add")


CHOOSERS = [
    OrganizationChooserViewSet("directory_organization_chooser"),
    LocationChooserViewSet("directory_location_chooser"),
    TermChooserViewSet("directory_term_chooser"),
    ProgramChooserViewSet("directory_program_chooser"),
    UnitChooserViewSet("directory_unit_chooser"),
]
