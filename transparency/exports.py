"""A figure as files: CSV (the bytes a release is) and JSON; and back from CSV."""

import csv
import io
import json
from datetime import UTC
from decimal import Decimal
from typing import Any

from transparency.figure import Cell, Figure, Row, State
from transparency.schema import Column, Link, Schema, Text

STATE = "_state"
RELEASE = "release"


def to_csv(figure: Figure) -> bytes:
    """Every figure beside its state, every row with its release; always the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_header(figure.schema), RELEASE])
    for row in figure.rows:
        writer.writerow([*_texts(row, figure.schema), figure.release])
    return out.getvalue().encode()


def _header(schema: Schema) -> list[str]:
    names = []
    for column in schema.columns:
        names.append(column.name)
        if not column.is_dimension:
            names.append(column.name + STATE)
    return names


def _texts(row: Row, schema: Schema) -> list[str]:
    texts = []
    for column in schema.columns:
        cell = row[column.name]
        texts.append(cell.text)
        if not column.is_dimension:
            texts.append(cell.state)
    return texts


def from_csv(content: bytes, schema: Schema) -> tuple[Row, ...]:
    """The rows of a file that `to_csv` wrote."""
    reader = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return tuple(
        {column.name: _cell(texts, column) for column in schema.columns} for texts in reader
    )


def _cell(texts: dict[str, str], column: Column) -> Cell:
    text = texts[column.name]
    if column.is_dimension:
        return Cell(text, State.VALUE) if text else Cell(None, State.MISSING)
    return Cell(Decimal(text) if text else None, State(texts[column.name + STATE]))


def to_json(figure: Figure) -> bytes:
    """The figure with its definitions; numbers as numbers, states as words, in both languages."""
    return json.dumps(_document(figure), ensure_ascii=False, indent=1).encode()


def _document(figure: Figure) -> dict[str, Any]:
    schema = figure.schema
    published = figure.published_at
    return {
        "dataset": schema.name,
        "version": figure.version,
        "release": figure.release,
        "published_at": published.astimezone(UTC).isoformat() if published else None,
        "sha256": figure.sha256,
        "title": _text(schema.title),
        "description": _text(schema.description),
        "place": schema.place,
        "publisher": schema.publisher,
        "coverage": _text(schema.coverage),
        "rhythm": schema.rhythm,
        "sources": [_link(link) for link in schema.sources],
        "licenses": [_link(link) for link in schema.licenses],
        "method": _text(schema.method),
        "limits": _text(schema.limits),
        "k": schema.k,
        "columns": [_column(column) for column in schema.columns],
        "rows": [{name: _json(cell) for name, cell in row.items()} for row in figure.rows],
    }


def _link(link: Link) -> dict[str, Any]:
    """A title in one language is a text, as sources mostly name themselves."""
    titles = _text(link.title)
    return {"title": titles if len(titles) > 1 else titles["en"], "path": link.path}


def _text(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "role": column.role,
        "title": _text(column.title),
        "definition": _text(column.definition),
        "unit": _text(column.unit) or ({"en": "%"} if column.type == "percent" else {}),
        "numerator": column.numerator or None,
        "denominator": column.denominator or None,
        "within": column.within or None,
        "labels": {value: _text(text) for value, text in column.labels.items()},
    }


def _json(cell: Cell) -> dict[str, Any]:
    value: Any = cell.value
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    return {"value": value, "state": cell.state}
