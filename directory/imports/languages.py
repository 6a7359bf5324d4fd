"""Languages by code or name, as files write them in English, in Spanish and by their own names."""

import re
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, override

SEPARATORS = re.compile(r"[;,|/\n]|\s(?:and|y|&)\s")  # of languages in one cell
# Spoken by people who need these services, and not among those that Django is written in.
MORE = {
    "am": "amharic amárico amarico",
    "ase": "asl 'american sign language' 'sign language' 'lengua de señas' 'lenguaje de señas'",
    "bn": "bangla",
    "chk": "chuukese",
    "fa": "farsi dari",
    "fil": "tagalog filipino tagalo",
    "ht": "'haitian creole' haitian creole 'criollo haitiano' kreyòl",
    "hmn": "hmong",
    "kar": "karen",
    "lo": "lao laotian laosiano",
    "mh": "marshallese",
    "my": "burmese birmano",
    "nv": "navajo navaho diné",
    "om": "oromo",
    "ps": "pashto pastún",
    "rw": "kinyarwanda",
    "sm": "samoan samoano",
    "so": "somali somalí",
    "ti": "tigrinya tigriña",
    "yi": "yiddish",
    "zh": "chinese mandarin chino mandarín cantonese cantonés",
}
NAME = re.compile(r"'([^']+)'|(\S+)")
CODE = re.compile(r"[a-z]{2,3}")


@cache
def languages() -> dict[str, str]:
    """Code, own name and name in each of the site's languages, in small letters → code."""
    found = {
        name[1] or name[2]: code for code, names in MORE.items() for name in NAME.finditer(names)
    }
    found |= {code: code for code in MORE}
    known = {code: info for code, info in LANG_INFO.items() if "-" not in code and "name" in info}
    for code, info in known.items():
        for text in (code, info["name"], info["name_local"]):
            found[text.casefold()] = code
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, info in known.items():
                found.setdefault(gettext(info["name"]).casefold(), code)
    return found


def clean_language(text: str) -> str | None:
    """The ISO code of a language's code or name; None when it is not known."""
    plain = text.casefold()
    return languages().get(plain) or (plain if CODE.fullmatch(plain) and text.isascii() else None)
