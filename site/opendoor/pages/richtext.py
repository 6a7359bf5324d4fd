"""What rich text may hold: words and links. No embeds, no pictures, no headings out of order."""

from typing import Final

INLINE: Final = ["bold", "italic", "link", "document-link"]
TEXT: Final = [*INLINE, "ol", "ul"]
