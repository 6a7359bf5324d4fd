"""What lies on the stewards' desk: four lists, each one query with its filters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from directory.models import ContactCheck, ProblemReport, ProviderAnswer, Service, TaxonomyTerm
from directory.stewardship.due import due

ALL, MINE, NOBODY = "", "mine", "nobody"


@dataclass(frozen=True)
class Narrowing:
    """What a steward looks for. `whose` is one of ALL, MINE, NOBODY; empty parts narrow nothing."""

    words: str = ""
    whose: str = ALL
    need: TaxonomyTerm | None = None
    organization: str = ""
    user: Any = None

    def services(self) -> Q | None:
        """Which services it asks for; None when for any."""
        found = Q()
        if self.words:
            found &= (
                Q(name__icontains=self.words)
                | Q(alternate_name__icontains=self.words)
                | Q(organization__name__icontains=self.words)
                | Q(phones__number__icontains=self.words)
            )
        if self.organization:
            found &= Q(organization__name__icontains=self.organization)
        if self.need is not None:
            found &= Q(attributes__taxonomy_term=self.need)
        return found or None

    def of(self, rows: QuerySet[Any], service: str, steward: str) -> QuerySet[Any]:
        """Narrows rows; `service` and `steward` name the columns that say of what, and whose."""
        wanted = self.services()
        if wanted is not None:
            matched = Service.objects.filter(wanted).order_by().values("pk")
            rows = rows.filter(**{f"{service}__in": matched})
        if self.whose == MINE:
            rows = rows.filter(**{steward: self.user})
        elif self.whose == NOBODY:
            rows = rows.filter(**{f"{steward}__isnull": True})
        return rows


def stale(on: date, narrowing: Narrowing) -> QuerySet[Service]:
    """Listings with something to check, those never or longest ago checked first."""
    rows = narrowing.of(due(on), "pk", "assigned_to")
    return (
        rows.select_related("organization", "assigned_to")
        .prefetch_related("verifications", "service_at_locations__location")
        .order_by("assured_date", "name")
    )


def reports(narrowing: Narrowing) -> QuerySet[ProblemReport]:
    """Open reports, those that may endanger a person first, then the oldest."""
    rows = ProblemReport.objects.filter(state=ProblemReport.State.NEW)
    danger = Case(When(kind=ProblemReport.Kind.UNSAFE, then=0), default=1)
    return (
        narrowing.of(rows, "service", "assigned_to")
        .select_related("service__organization", "assigned_to")
        .order_by(danger, "created_at")
    )


def _not_working() -> QuerySet[ContactCheck]:
    public = ContactCheck.objects.filter(service__in=Service.objects.public())
    return public.exclude(state=ContactCheck.State.WORKS)


def contacts(narrowing: Narrowing) -> QuerySet[ContactCheck]:
    """Links and numbers that do not work, then those that a person has to look at."""
    rows = _not_working()
    broken = Case(When(state=ContactCheck.State.BROKEN, then=0), default=1)
    return (
        narrowing.of(rows, "service", "service__assigned_to")
        .select_related("service__organization", "service__assigned_to")
        .order_by(broken, "broken_since", "pk")
    )


def answers(narrowing: Narrowing) -> QuerySet[ProviderAnswer]:
    """What providers sent and nobody has looked at, the oldest first."""
    rows = ProviderAnswer.objects.filter(state=ProviderAnswer.State.WAITING)
    return (
        narrowing.of(rows, "service", "service__assigned_to")
        .select_related("service__organization", "service__assigned_to")
        .order_by("created_at")
    )


def counts(on: date) -> dict[str, int]:
    """How much lies in each list, in four queries."""
    return {
        "due": due(on).count(),
        "reports": ProblemReport.objects.filter(state=ProblemReport.State.NEW).count(),
        "contacts": _not_working().count(),
        "answers": ProviderAnswer.objects.filter(state=ProviderAnswer.State.WAITING).count(),
    }
