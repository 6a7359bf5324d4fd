"""Text as it is compared: no case, accents or punctuation."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """`text` as words in lower case without accents, one space between them."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `text`, folded."""
    bare = _FOREIGN.sub(_bare, text.replace("’", "").replace("'", ""))
    return _WORD.findall(bare.casefold())


def _bare(found: re.Match[str]) -> str:
    """Letters without their accents, which may stand apart from a letter before."""
    apart = unicodedata.normalize("NFKD", found[0])
    return "".join(c for c in apart if not unicodedata.combining(c))
