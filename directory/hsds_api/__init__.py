"""HSDS 3.1's API for reading, at /hsds/ (docs/api.md). Residents' services and no more.

urls → views ── asking     parameters of a request, checked
             ├─ accepting  the format of the Accept header
             ├─ resources  which records each address is about
             ├─ near       around a point
             ├─ pages      a page, a record, a stream
             └─ answers    headers, errors, what was not changed
openapi, docs, recipes     the API told to programs and to people
"""
