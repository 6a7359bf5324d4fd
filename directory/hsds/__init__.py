"""HSDS 3.1 itself: its objects, fields and links. Knows nothing of the database."""
