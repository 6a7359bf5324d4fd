"""What a check of a link or a number found, in words for stewards. The database keeps the codes."""

from django.utils.translation import gettext as _

BOUNCES, REPORTED = "bounces", "reported"


def told(detail: str) -> str:
    """A code of ContactCheck.detail in the steward's language."""
    kind, _colon, rest = detail.partition(":")
    if kind == "moved":
        return _("It leads to another site: %(host)s") % {"host": rest}
    if kind == "http":
        return _("The site answers with the error %(status)s.") % {"status": rest}
    return _words().get(kind, detail)


def _words() -> dict[str, str]:
    return {
        "": _("It answers."),
        "address": _("This is not the address of a website."),
        "port": _("The link names a port that websites do not use."),
        "private": _("The link leads into a private network."),
        "dns": _("There is no site of this name."),
        "refused": _("Nothing answers there."),
        "timeout": _("The site takes too long to answer."),
        "tls": _("The site’s certificate does not hold."),
        "redirects": _("The site sends visitors round in circles."),
        "broken-off": _("The site broke the connection off."),
        "robots": _("The site asks machines to stay away. Look yourself."),
        "guarded": _("The site turns machines away. Look yourself."),
        "impossible": _("There can be no such number."),
        "unassigned": _("This number is not given out."),
        "fictional": _("This number is for films and examples."),
        REPORTED: _("A visitor reports that it does not work."),
        BOUNCES: _("A steward found that it does not work."),
    }
