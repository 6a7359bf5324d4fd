"""Imports in the CMS.

uploading   a file is taken in
kept        where it is kept meanwhile, and what is known of its reading
background  reading, publishing and undoing, by the worker when it takes long
columns     "How to read this file": what each column is for
progress    the page with a bar, until it is done
asked       which rows are looked at: a kind, a name, a page
facts       values of rows in people's words
groups      the listings of a page, and what happens to each
review      what the file would change, row by row
choosing    which of it is to be published
deciding    publish, discard, go on
undoing     take a published import back
viewset     the list of imports, and all addresses
"""

from directory.viewsets.imports.viewset import ImportViewSet

__all__ = ["ImportViewSet"]
