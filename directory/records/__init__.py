"""HSDS's objects and this database's models, bound to each other."""
