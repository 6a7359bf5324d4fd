"""A line over time, with a gap and a word where there is no number."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from xml.sax.saxutils import escape

from transparency.canvas import LINE, PAPER, TYPE, Canvas, Scale, data, fill
from transparency.figure import Mark, Panel, State
from transparency.words import STATE_WORDS, bare

PLOT = 180
LEFT, RIGHT = 1.0, 99.0  # percent; room for the dots at the ends
NAMED = (State.PROVISIONAL, State.SUPPRESSED, State.MISSING, State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Point:
    """A mark in its place; no height where it has no number."""

    mark: Mark
    x: float
    y: float | None


def draw_series(canvas: Canvas, panel: Panel, scale: Scale) -> None:
    """Line, dots, first and last number, first and last label, and what is not there in words."""
    top = canvas.y + LINE
    points = list(_points(panel, scale, top))
    zero = top + PLOT * (1 - scale.share(0))
    canvas.add(
        f'<line class="chart-zero" x1="0" x2="100%" y1="{zero:g}" y2="{zero:g}" '
        'stroke="currentColor" stroke-width="1"/>'
    )
    for element in (*_lines(points), *_dots(points, zero), *_numbers(points)):
        canvas.add(element)
    canvas.y = top + PLOT + LINE + 4
    for point, x, anchor in ((points[0], "0", "start"), (points[-1], "100%", "end")):
        canvas.add(_text("label", x, canvas.y, anchor, point.mark.label))
    canvas.y += 8
    for state in NAMED:
        labels = [mark.label for mark in panel.marks if mark.cell.state is state]
        if labels:
            canvas.text(f"{STATE_WORDS[state]}: {', '.join(labels)}", "note")


def _points(panel: Panel, scale: Scale, top: float) -> Iterator[Point]:
    step = (RIGHT - LEFT) / (len(panel.marks) - 1)
    for position, mark in enumerate(panel.marks):
        number = mark.cell.number
        y = None if number is None else top + PLOT * (1 - scale.share(float(number)))
        yield Point(mark, LEFT + position * step, y)


def _lines(points: list[Point]) -> Iterator[str]:
    """From neighbour to neighbour; never across a gap."""
    for a, b in pairwise(points):
        if a.y is not None and b.y is not None:
            yield (
                f'<line class="chart-line" x1="{a.x:.2f}%" y1="{a.y:.1f}" x2="{b.x:.2f}%" '
                f'y2="{b.y:.1f}" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>'
            )


def _dots(points: list[Point], zero: float) -> Iterator[str]:
    for point in points:
        if point.y is None:
            yield (
                f'<line class="chart-absent" {data(point.mark)} x1="{point.x:.2f}%" '
                f'x2="{point.x:.2f}%" y1="{zero - 8:g}" y2="{zero + 8:g}" '
                'stroke="currentColor" stroke-width="2" stroke-dasharray="2 3"/>'
            )
        else:
            yield (
                f'<circle class="chart-dot chart-{point.mark.cell.state}" {data(point.mark)} '
                f'cx="{point.x:.2f}%" cy="{point.y:.1f}" r="4" fill="{fill(point.mark)}" '
                'stroke="currentColor" stroke-width="2"/>'
            )


def _numbers(points: list[Point]) -> Iterator[str]:
    """The first and the last number, which a reader wants; the table has them all."""
    known = [point for point in points if point.y is not None]
    for point in [*known[:1], *known[1:][-1:]]:
        anchor = "start" if point.x < 50 else "end"
        words = bare(point.mark.cell.number or Decimal(0), point.mark.column)
        yield _text("number", f"{point.x:.2f}%", (point.y or 0) - 12, anchor, words)


def _text(kind: str, x: str, y: float, anchor: str, words: str) -> str:
    """A label or a number; a halo in the colour of the paper keeps a number legible on the line."""
    look = 'font-weight="400"'
    if kind == "number":
        look = f'font-weight="700" stroke="{PAPER}" stroke-width="5" paint-order="stroke"'
        kind = "halo"
    return (
        f'<text class="chart-{kind}" x="{x}" y="{y:g}" font-size="{TYPE}" {look} '
        f'text-anchor="{anchor}" fill="currentColor">{escape(words)}</text>'
    )
