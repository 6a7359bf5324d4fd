"""From the blocks of a data file to what a StreamField stores.

Every block gets an id made from where it stands, so that a page loaded twice is the same page.
"""

from typing import Any

from opendoor.demo.errors import DemoError
from opendoor.demo.identity import uid

Raw = dict[str, Any]


class Blocks:
    """Makes the blocks of one page in one language. `datasets` maps a name to its key."""

    def __init__(self, page: str, datasets: dict[str, int]) -> None:
        self.page = page
        self.datasets = datasets

    def body(self, given: list[Raw]) -> list[Raw]:
        return [self._block(f"body/{n}", *next(iter(one.items()))) for n, one in enumerate(given)]

    def steps(self, given: list[Raw]) -> list[Raw]:
        """A protocol: steps that are blocks of their own."""
        return [self._raw(f"steps/{n}", "step", _step(step)) for n, step in enumerate(given)]

    def terms(self, given: dict[str, str]) -> list[Raw]:
        return [
            self._raw(f"terms/{n}", "term", {"term": word, "definition": f"<p>{meaning}</p>"})
            for n, (word, meaning) in enumerate(given.items())
        ]

    def _block(self, where: str, kind: str, value: Any) -> Raw:
        if kind == "figure":
            value = self._dataset(value)
        elif kind == "steps":
            value = [self._raw(f"{where}/{n}", "item", _step(step)) for n, step in enumerate(value)]
        return self._raw(where, kind, value)

    def _raw(self, where: str, kind: str, value: Any) -> Raw:
        return {"type": kind, "value": value, "id": str(uid("block", f"{self.page}/{where}"))}

    def _dataset(self, name: str) -> int:
        if name not in self.datasets:
            raise DemoError(f"{self.page}: there is no dataset “{name}”")
        return self.datasets[name]


def _step(given: Raw) -> Raw:
    return {"who": "", "text": "", **given}
