"""Puts a page into the tree in every language: makes it, changes it, or sees that it is right."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from wagtail.fields import StreamField
from wagtail.models import Locale

from opendoor.demo.identity import uid
from opendoor.demo.sync import Changes
from opendoor.pages.models import HomePage

Children = list[dict[str, Any]]


@dataclass(frozen=True)
class PagePlan:
    """A page as it should be. `parent` is the slug of a child of home; empty: below home itself.

    `values` holds language → field → value (a StreamField as its raw list); `children` the rows
    that hang on the page: relation → language → values.
    """

    model: type[Any]
    slug: str
    values: dict[str, dict[str, Any]]
    parent: str = ""
    children: dict[str, dict[str, Children]] = field(default_factory=dict)


class Publisher:
    """Writes plans. Knows the home page of each language."""

    def __init__(self) -> None:
        self.homes: dict[str, HomePage] = {}
        for code, _ in settings.LANGUAGES:
            locale = Locale.objects.get(language_code=code)
            self.homes[code] = HomePage.objects.get(locale=locale)

    def put(self, plan: PagePlan) -> Changes:
        return sum((self._put(plan, code) for code in plan.values), Changes())

    def _put(self, plan: PagePlan, code: str) -> Changes:
        page = self._find(plan, code)
        children = {name: rows[code] for name, rows in plan.children.items()}
        if page is None:
            page = plan.model(slug=plan.slug, translation_key=uid("page", plan.slug))
            page.locale = self.homes[code].locale
            _fill(page, plan.values[code], {})
            self._parent(plan, code).add_child(instance=page)
            _fill(page, {}, children)
            page.save_revision().publish()
            return Changes(added=1)
        if page.live and _says(page, plan.values[code], children):
            return Changes(same=1)
        _fill(page, plan.values[code], children)
        page.save_revision().publish()
        return Changes(changed=1)

    def _find(self, plan: PagePlan, code: str) -> Any:
        if plan.model is HomePage:
            return self.homes[code]
        below = plan.model.objects.child_of(self._parent(plan, code))
        return below.filter(slug=plan.slug).first()

    def _parent(self, plan: PagePlan, code: str) -> Any:
        home = self.homes[code]
        return home.get_children().get(slug=plan.parent).specific if plan.parent else home


def _fill(page: Any, values: dict[str, Any], children: dict[str, Children]) -> None:
    for name, value in values.items():
        stream = isinstance(page._meta.get_field(name), StreamField)
        setattr(page, name, json.dumps(value) if stream else value)
    for name, rows in children.items():
        model = page._meta.get_field(name).related_model
        setattr(page, name, [model(sort_order=n, **row) for n, row in enumerate(rows)])


def _says(page: Any, values: dict[str, Any], children: dict[str, Children]) -> bool:
    """Whether the page already has these values and rows."""
    return all(_stored(page, name) == _plain(value) for name, value in values.items()) and all(
        list(_rows(page, name, rows)) == rows for name, rows in children.items()
    )


def _stored(page: Any, name: str) -> Any:
    value = getattr(page, name)
    if isinstance(page._meta.get_field(name), StreamField):
        return [dict(block) for block in value.raw_data]
    return value


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value)) if isinstance(value, list) else value


def _rows(page: Any, name: str, wanted: Children) -> Iterator[dict[str, Any]]:
    """The rows there are, with the values that are compared; a row too many gives one more."""
    names = list(wanted[0]) if wanted else []
    for row in getattr(page, name).all():
        yield {one: getattr(row, one) for one in names}


def translated(key: str, locale: Locale) -> dict[str, UUID | int]:
    """What makes a row of a page the translation of the same row in another language."""
    return {"translation_key": uid("row", key), "locale_id": locale.pk}
