"""One plain sentence over a figure: the descriptor's own, filled, or a made one."""

import re

from django.utils.translation import gettext as _

from transparency.figure import Figure, Row
from transparency.words import shown

PLACEHOLDER = re.compile(r"\{(?:(?P<row>first|last)\.)?(?P<name>\w+)\}")


def sentence(figure: Figure) -> str:
    """The finding in the reader's language; every number is the figure's own."""
    lead = figure.lead
    if lead is None:
        return _("This version has no row to speak of.")
    rows = {"first": figure.charted[0], "last": figure.charted[-1], None: lead}
    columns = figure.schema.by_name

    def fill(match: re.Match[str]) -> str:
        return shown(rows[match["row"]][match["name"]], columns[match["name"]])

    if figure.schema.sentence:
        return PLACEHOLDER.sub(fill, str(figure.schema.sentence))
    return _made(figure, lead)


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
