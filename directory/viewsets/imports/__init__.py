"""Imports in the CMS.

uploading   a file is taken in
kept        where it is kept meanwhile, and what is known of its reading
background  reading, publishing and undoing, by the worker when it takes long
columns     "How to read this file": what each column is for
progress    the page with a bar, until it is done
review      what the file would change, row by row
facts       values of rows in people's words
deciding    choose, publish, undo, discard
viewset     the list of imports, and all addresses
"""

from directory.viewsets.imports.viewset import ImportViewSet

__all__ = ["ImportViewSet"]
