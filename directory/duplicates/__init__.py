"""Services that may be listed twice: found, put before a steward, merged or kept apart.

traits    what of a service is compared, read in a bounded number of queries
likeness  how like two services are, 0 to 1, and in what
blocks    which pairs are worth comparing at all, so that 100,000 services stay quick
finding   the pairs of the whole directory, remembered with what a steward decided
rows      new rows of an import as they are compared
arrivals  new rows of an import that resemble a published service
twins     new rows of one file that resemble each other
merging   two listings made one, and made two again
moving    what goes from one to the other, and back
"""
