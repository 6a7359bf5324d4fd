"""Pages of the directory: search, a service, reporting a problem."""
