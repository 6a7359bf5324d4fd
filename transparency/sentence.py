"""One plain sentence over a figure: the descriptor's own, filled, or a made one."""

import re

from django.utils.translation import gettext as _

from transparency.figure import Cell, Figure, Row, State
from transparency.schema import Column
from transparency.words import shown

PLACEHOLDER = re.compile(r"\{(?:(?P<row>first|last)\.)?(?P<name>\w+)\}")


def sentence(figure: Figure) -> str:
    """The finding in the reader's language; every number is the figure's own."""
    lead = figure.lead
    if lead is None:
        return _("This version has no row to speak of.")
    rows: dict[str | None, Row] = {
        "first": figure.charted[0],
        "last": figure.charted[-1],
        None: lead,
    }
    columns = figure.schema.by_name

    def fill(match: re.Match[str]) -> str:
        return _told(rows[match["row"]][match["name"]], columns[match["name"]])

    if not figure.schema.sentence:
        return _made(figure, lead)
    told = PLACEHOLDER.sub(fill, str(figure.schema.sentence))
    return told[:1].upper() + told[1:]


def _told(cell: Cell, column: Column) -> str:
    """A cell in the middle of a sentence."""
    share = column.type == "percent"
    match cell.state:
        case State.SUPPRESSED:
            return _("a hidden share") if share else _("a hidden number")
        case State.MISSING:
            return _("an unknown share") if share else _("an unknown number")
        case State.NOT_APPLICABLE:
            return _("no share") if share else _("no number")
    return shown(cell, column)


def _made(figure: Figure, lead: Row) -> str:
    schema = figure.schema
    x = schema.by_name[schema.chart.x]
    figures = "; ".join(
        f"{schema.by_name[name].title}: {shown(lead[name], schema.by_name[name])}"
        for name in schema.chart.y
    )
    return _("%(place)s, %(row)s: %(figures)s.") % {
        "place": schema.place,
        "row": shown(lead[x.name], x),
        "figures": figures,
    }
