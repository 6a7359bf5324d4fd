"""A listing whose provider answers for it."""

from directory.models import Service
from tests.directory.listings import make_place, make_service


def lantern() -> Service:
    service = make_service(
        email="office@lantern.example",
        url="https://lantern.example",
        fees_description="Free",
        eligibility_description="Adults",
    )
    make_place(service)
    return service


def whole(service: Service) -> Service:
    """With all that a page of it reads."""
    return Service.objects.with_details().get(pk=service.pk)
