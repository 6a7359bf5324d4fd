"""Bars on their side, each under its label and with its number; a word where there is no number."""

from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from transparency.canvas import GAP, TYPE, Canvas, Scale, data, fill
from transparency.figure import Mark, Panel, State
from transparency.words import STATE_WORDS, bare, shown

BAR = 20
LONGEST = 66.0  # percent; the rest is for the number
MOST = 40


def draw_bars(canvas: Canvas, panel: Panel, scale: Scale) -> None:
    """One bar a mark, in the order of the table, each from its own zero line."""
    for mark in panel.marks[:MOST]:
        canvas.text(_label(mark), "label")
        canvas.y += 4  # the zero line stands clear of the letters above it
        _bar(canvas, mark, scale)
    left = len(panel.marks) - MOST
    if left > 0:
        canvas.text(_("%(count)s more are in the table.") % {"count": left}, "note")


def _label(mark: Mark) -> str:
    """A long word stands here, where it can be broken, and not behind the bar."""
    if mark.cell.state is State.PROVISIONAL:
        return f"{mark.label} ({STATE_WORDS[State.PROVISIONAL]})"
    return mark.label


def _bar(canvas: Canvas, mark: Mark, scale: Scale) -> None:
    number = mark.cell.number
    zero = scale.share(0) * LONGEST
    end = scale.share(float(number or 0)) * LONGEST
    canvas.add(f"<g {data(mark)}>")
    if scale.whole and number is not None:
        canvas.add(
            f'<rect class="chart-whole" x="0" y="{canvas.y:g}" width="{LONGEST}%" height="{BAR}" '
            'fill="none" stroke="currentColor" stroke-opacity="0.4"/>'
        )
    if number:
        canvas.add(
            f'<rect class="chart-bar chart-{mark.cell.state}" x="{min(zero, end):.2f}%" '
            f'y="{canvas.y:g}" width="{abs(end - zero):.2f}%" height="{BAR}" '
            f'fill="{fill(mark)}" stroke="currentColor"/>'
        )
    canvas.add(
        f'<line class="chart-zero" x1="{zero:.2f}%" x2="{zero:.2f}%" y1="{canvas.y - 2:g}" '
        f'y2="{canvas.y + BAR + 2:g}" stroke="currentColor" stroke-width="2"/>'
    )
    words = bare(number, mark.column) if number is not None else shown(mark.cell, mark.column)
    look = 'font-weight="700"' if number is not None else 'font-style="italic"'
    canvas.add(
        f'<text class="chart-number" x="{max(zero, end):.2f}%" dx="8" y="{canvas.y + BAR - 4:g}" '
        f'font-size="{TYPE}" {look} fill="currentColor">{escape(words)}'
        "</text></g>"
    )
    canvas.y += BAR + GAP / 2
