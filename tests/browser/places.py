"""The pages that browser tests visit: each kind once, found by following the site's own links."""

from playwright.sync_api import Page

FIXED = {
    "home": "/",
    "search": "/directory/?place=Denver%2C+CO&need=outpatient-therapy",
    "record": "/transparency/",
    "events": "/events/",
    "spanish home": "/es/",
    "spanish search": "/es/directory/?place=Denver%2C+CO",
    "missing": "/nowhere/",
}
FOUND = {
    "service": ("/directory/?place=Denver%2C+CO", "main a[href^='/directory/services/']"),
    "programme": ("/programmes/", "main a[href^='/programmes/']"),
    "dataset": ("/transparency/", "main a[href^='/transparency/']:not([href$='/transparency/'])"),
    "event": ("/events/", "main a[href^='/events/']:not([href$='.ics']):not([href$='.atom'])"),
    "news": ("/news/", "main a[href^='/news/']"),
    "glossary": ("/glossary/", ""),
    "report": ("/directory/?place=Denver%2C+CO", "main a[href^='/directory/services/']"),
}
KINDS = [*FIXED, *FOUND]


def go_to(page: Page, kind: str) -> None:
    """Opens the page of that kind."""
    if kind in FIXED:
        page.goto(FIXED[kind])
        return
    start, link = FOUND[kind]
    page.goto(start)
    if link:
        target = page.locator(link).first.get_attribute("href")
        assert target, f"No link to a {kind} on {start}"
        page.goto(f"{target}report/" if kind == "report" else target)
