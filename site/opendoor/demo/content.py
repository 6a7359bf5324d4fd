"""The pages of the demonstration, as their data files say them."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wagtail.models import Locale

from opendoor.demo.blocks import Blocks
from opendoor.demo.errors import DemoError
from opendoor.demo.identity import uid
from opendoor.demo.publishing import Children, PagePlan, translated
from opendoor.pages.models import (
    ContentPage,
    GlossaryPage,
    HomePage,
    NewsPage,
    ProgrammeIndexPage,
    ProgrammePage,
)

DATA = Path(__file__).parent / "data"
PROGRAMMES = ("co-response", "crisis-care-unit", "care-circle")
CONTENT = ("about", "privacy", "accessibility")
SHARED = ("kind", "through_911", "self_referral", "phone", "contact_email", "contact_phone")


def read(name: str) -> dict[str, Any]:
    """One data file of a page, such as `pages/about`."""
    path = DATA / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DemoError(f"{path.name}: {error}") from error


class Content:
    """Makes the plans of all pages but events. `datasets` maps a name to its key."""

    def __init__(self, datasets: dict[str, int], locales: dict[str, Locale], today: date) -> None:
        self.datasets = datasets
        self.locales = locales
        self.today = today

    def plans(self) -> Iterator[PagePlan]:
        yield self._plan(HomePage, "pages/home", figures=True)
        yield self._plan(ProgrammeIndexPage, "pages/programmes")
        for name in PROGRAMMES:
            yield self._programme(name)
        yield self._plan(GlossaryPage, "pages/glossary")
        for name in CONTENT:
            yield self._plan(ContentPage, f"pages/{name}")
        for path in sorted((DATA / "news").glob("*.toml")):
            yield self._news(path.stem)

    def _plan(
        self,
        model: type[Any],
        name: str,
        *,
        parent: str = "",
        figures: bool = False,
        **shared: Any,
    ) -> PagePlan:
        given = read(name)
        slug = name.rpartition("/")[2]
        values = {
            code: {**self._values(slug, code, given[code]), **shared} for code in self.locales
        }
        children: dict[str, dict[str, Children]] = {}
        if figures:
            rows = [{"dataset_id": self._dataset(slug, n)} for n in given["figures"]]
            children["figures"] = dict.fromkeys(self.locales, rows)
        return PagePlan(model, slug, values, parent, children)

    def _values(self, slug: str, code: str, given: dict[str, Any]) -> dict[str, Any]:
        """Text as it is; the blocks of a StreamField as it stores them."""
        blocks = Blocks(f"{slug}/{code}", self.datasets)
        streams: dict[str, Callable[[Any], Any]] = {
            "body": blocks.body,
            "protocol": blocks.steps,
            "terms": blocks.terms,
        }
        return {
            name: streams[name](value) if name in streams else value
            for name, value in given.items()
        }

    def _programme(self, name: str) -> PagePlan:
        given = read(f"pages/{name}")
        shared = {key: given[key] for key in SHARED}
        shared["last_reviewed"] = self.today - timedelta(days=given["reviewed_days_ago"])
        plan = self._plan(
            ProgrammePage, f"pages/{name}", parent="programmes", figures=True, **shared
        )
        plan.children["partners"] = {
            code: [
                {
                    "organization_id": uid("organization", partner["organization"]),
                    "part": partner[code],
                    **translated(f"{name}/{partner['organization']}", locale),
                }
                for partner in given["partners"]
            ]
            for code, locale in self.locales.items()
        }
        return plan

    def _news(self, name: str) -> PagePlan:
        day = self.today - timedelta(days=read(f"news/{name}")["days_ago"])
        return self._plan(NewsPage, f"news/{name}", parent="news", date=day)

    def _dataset(self, slug: str, name: str) -> int:
        if name not in self.datasets:
            raise DemoError(f"{slug}: there is no dataset “{name}”")
        return self.datasets[name]
