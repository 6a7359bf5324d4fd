"""Files to rows. A reader streams: no file is held in memory, whatever its size.

open_source   chooses by the file's ending
├── Table     a flat file of listings under any headings: CSV and its kin, Excel
└── Package   HSDS records: a folder or ZIP of tables, a datapackage.json, JSON

Each has been read through once when it is handed on, so that a fault anywhere in it comes before
any change, and can be iterated as often as wanted. A further format is one more entry in READERS.
"""

from directory.imports.readers.opening import open_source
from directory.imports.readers.package import Package
from directory.imports.readers.table import Table
from directory.imports.rows import Row

__all__ = ["Package", "Row", "Table", "open_source"]
