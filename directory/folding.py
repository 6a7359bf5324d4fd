"""Text as it is compared: no case, accents or punctuation."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` as words in lower case without accents, one space between them."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `text`, folded."""
    bare = text.replace("’", "").replace("'", "").replace("·", " ")  # what joins texts
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in apart if not unicodedata.combining(c))
    return _WORD.findall(bare.casefold())
