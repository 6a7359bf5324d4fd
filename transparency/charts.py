"""Charts drawn on the server as SVG: one drawing for every width.

Lengths along the page are percentages and type is in pixels, so a phone shortens the bars and
never the letters. Colour is the page's own (`currentColor`), or black on white in a file. There is
no style attribute and no script: the content policy forbids both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from transparency.bars import draw_bars
from transparency.canvas import GAP, PAPER, Canvas, Scale
from transparency.figure import Figure, Panel, panels
from transparency.sentence import sentence
from transparency.series import draw_series

WIDTH = 720
MARGIN = 24
WIDE = 76  # characters that WIDTH holds
INK = "#211f1b"
FEWEST_FOR_A_LINE = 3


@dataclass(frozen=True)
class Drawing:
    """One panel for a page: its heading is the page's own text, which breaks where it must."""

    heading: str
    svg: str


def inline(figure: Figure) -> tuple[Drawing, ...]:
    """The panels for a page that gives title, source, version and the table beside them."""
    drawings = []
    for panel, scale in _scaled(figure):
        canvas = Canvas()
        _draw(canvas, figure, panel, scale)
        heading = _heading(panel)
        words = _("%(heading)s. The same numbers are in the table.") % {"heading": heading}
        drawings.append(
            Drawing(
                heading,
                f'<svg class="chart" role="img" width="100%" height="{canvas.y + 4:g}" '
                f"aria-label={quoteattr(words)} "
                f'data-release="{figure.release}">{canvas}</svg>',
            )
        )
    return tuple(drawings)


def standalone(figure: Figure) -> str:
    """The chart as a file: title, definition, source and version are inside it."""
    schema = figure.schema
    canvas = Canvas(WIDE, MARGIN)
    canvas.text(sentence(figure), "title", 20, 700)
    canvas.text(f"{schema.title}. {schema.place}. {schema.coverage}.", "subtitle")
    canvas.y += GAP
    for panel, scale in _scaled(figure):
        canvas.text(_heading(panel), "heading", weight=700)
        _draw(canvas, figure, panel, scale)
        canvas.y += GAP
    for line in _notes(figure):
        canvas.text(line, "note", 14)
    height = canvas.y + MARGIN
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" role="img" '
        f'color="{INK}" font-family="system-ui, sans-serif" data-release="{figure.release}">'
        f"<title>{escape(sentence(figure))}</title>"
        f'<rect width="{WIDTH}" height="{height:g}" fill="{PAPER}"/>'
        f'<svg x="{MARGIN}" width="{WIDTH - 2 * MARGIN}" height="{height:g}">{canvas}</svg>'
        "</svg>\n"
    )


def _scaled(figure: Figure) -> Iterator[tuple[Panel, Scale]]:
    """Panels of one unit share a scale, so that they can be compared."""
    drawn = panels(figure)
    for panel in drawn:
        yield panel, Scale.of([other for other in drawn if other.kind == panel.kind])


def _draw(canvas: Canvas, figure: Figure, panel: Panel, scale: Scale) -> None:
    line = figure.schema.chart.kind == "series" and len(panel.marks) >= FEWEST_FOR_A_LINE
    (draw_series if line else draw_bars)(canvas, panel, scale)


def _heading(panel: Panel) -> str:
    said = not panel.unit or panel.unit.lower() in panel.heading.lower()
    return panel.heading if said else f"{panel.heading} ({panel.unit})"


def _notes(figure: Figure) -> Iterator[str]:
    schema = figure.schema
    sources = "; ".join(str(link.title) for link in schema.sources)
    yield _("Source: %(publisher)s, %(sources)s.") % {
        "publisher": schema.publisher,
        "sources": sources,
    }
    when = figure.published_at
    yield _("%(release)s, %(when)s. SHA-256 of the data: %(hash)s") % {
        "release": figure.release,
        "when": date_format(localtime(when), "DATE_FORMAT") if when else _("not yet published"),
        "hash": figure.sha256,
    }
