"""Numbers and states in words, the same in table, chart and sentence."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from transparency.figure import Cell, State
from transparency.schema import Column

STATE_WORDS: dict[State, Promise] = {
    State.SUPPRESSED: _("suppressed"),
    State.MISSING: _("missing"),
    State.NOT_APPLICABLE: _("not applicable"),
    State.PROVISIONAL: _("provisional"),
}
STATE_MEANINGS: dict[State, Promise] = {
    State.ZERO: _("A true zero: it was counted, and there was none."),
    State.PROVISIONAL: _("The number may still change in a later version."),
    State.SUPPRESSED: _(
        "Hidden, because it is small, or would let a small number be worked out, and a small "
        "number could point to a person. It is not zero."
    ),
    State.MISSING: _("The source does not give this number. It is not zero."),
    State.NOT_APPLICABLE: _("There is nothing to count here."),
}
YEAR_LIKE = ("year", "month", "date", "string")


def bare(value: Decimal, column: Column) -> str:
    """A number with thousands set apart and its sign of money or percent."""
    text = f"{abs(value):,f}"
    if column.type == "percent":
        text = f"{text}%"
    elif str(column.unit).startswith("$"):
        text = f"${text}"
    return f"−{text}" if value < 0 else text


def shown(cell: Cell, column: Column) -> str:
    """A cell as people read it."""
    if column.type in YEAR_LIKE:
        return column.label(cell.text) if cell.value is not None else str(STATE_WORDS[cell.state])
    if cell.number is None:
        return str(STATE_WORDS[cell.state])
    number = bare(cell.number, column)
    if cell.state is State.PROVISIONAL:
        return f"{number} ({STATE_WORDS[cell.state]})"
    return number


def meanings(states: tuple[State, ...]) -> list[tuple[str, Promise]]:
    """The states that occur and need explaining, as (word, meaning)."""
    words = {**STATE_WORDS, State.ZERO: "0"}
    return [(str(words[state]), STATE_MEANINGS[state]) for state in states if state in words]
