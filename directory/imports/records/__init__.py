"""Rows of HSDS: their cells read, their links resolved, and all of it written.

reading    one row: cells to values, by the model's own fields
├── cells  one cell: link, e-mail, number, date, time, choice, text
└── dates  the styles in which people write dates and times
identity   which record a row is
links      where links lead: to the package's own rows, to the database, or nowhere
strangers  rows whose id is a record of somebody else's
secrets    what rows say of a confidential place, left out
writing    rows to records; owners and self links
leaving    rows that vanished or are undone
"""
