"""Tags of the directory's pages."""

import json
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block of JSON-LD. It is never executed, and nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # escaped above


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that a narrow line may break after its sign."""
    text = conditional_escape(address).replace("@", "@<wbr>")
    return mark_safe(text)  # noqa: S308  # escaped above


@register.filter
def paragraphs(text: str) -> list[str]:
    """Imported text, paragraph by paragraph, each to be escaped by the template."""
    return [part.strip() for part in text.splitlines() if part.strip()]
