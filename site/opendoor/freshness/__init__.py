"""How fresh the directory is, published as a dataset of the record: the site composes the two."""
