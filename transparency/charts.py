"""Charts drawn on the server as SVG: one drawing for every width.

Lengths along the page are percentages and type is in pixels, so a phone shortens the bars and
never the letters. Colour is the page's own (`currentColor`), or black on white in a file. There is
no style attribute and no script: the content policy forbids both.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from transparency.bars import draw_bars
from transparency.canvas import GAP, Canvas, Scale
from transparency.figure import Figure, panels
from transparency.sentence import sentence
from transparency.series import draw_series

WIDTH = 720
MARGIN = 24
WIDE = 76  # characters that WIDTH holds
INK, PAPER = "#211f1b", "#ffffff"
FEWEST_FOR_A_LINE = 3


def inline(figure: Figure) -> str:
    """The chart for a page that gives title, source, version and the table beside it."""
    canvas = Canvas()
    _draw(canvas, figure)
    return (
        f'<svg class="chart" role="img" width="100%" height="{canvas.y + 4:g}" '
        f'aria-label={quoteattr(sentence(figure))} data-release="{figure.release}">{canvas}</svg>'
    )


def standalone(figure: Figure) -> str:
    """The chart as a file: title, definition, source and version are inside it."""
    schema = figure.schema
    canvas = Canvas(WIDE, MARGIN)
    canvas.text(sentence(figure), "title", 20, 700)
    canvas.text(f"{schema.title}. {schema.place}. {schema.coverage}.", "subtitle")
    canvas.y += GAP
    _draw(canvas, figure)
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


def _draw(canvas: Canvas, figure: Figure) -> None:
    drawn = panels(figure)
    for number, panel in enumerate(drawn):
        canvas.y += GAP if number else 0
        canvas.text(_heading(panel.heading, panel.unit), "heading", weight=700)
        scale = Scale.of(other for other in drawn if other.unit == panel.unit)
        line = figure.schema.chart.kind == "series" and len(panel.marks) >= FEWEST_FOR_A_LINE
        (draw_series if line else draw_bars)(canvas, panel, scale)


def _heading(heading: str, unit: str) -> str:
    return f"{heading} ({unit})" if unit else heading


def _notes(figure: Figure) -> Iterator[str]:
    schema = figure.schema
    sources = "; ".join(link.title for link in schema.sources)
    yield _("Source: %(publisher)s, %(sources)s.") % {
        "publisher": schema.publisher,
        "sources": sources,
    }
    when = figure.published_at
    yield _("%(release)s, %(when)s. SHA-256 of the data: %(hash)s") % {
        "release": figure.release,
        "when": date_format(when, "DATE_FORMAT") if when else _("not yet published"),
        "hash": figure.sha256,
    }
