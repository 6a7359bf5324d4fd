"""The directory as files. Each is written beside its place and moved there when it is whole.

hsds-csv   HSDS as tables with a datapackage.json, in a folder or a ZIP   package.py
hsds-json  HSDS as one JSON file, its tables by name                      tabular.py
csv        one row a service and place, for a spreadsheet                 spreadsheet.py

What stands in them is `records.shown.EXPORTED`.
"""

from directory.export.package import write_hsds_csv
from directory.export.spreadsheet import write_spreadsheet
from directory.export.tabular import write_hsds_json
from directory.export.whole import ExportFault

__all__ = ["ExportFault", "write_hsds_csv", "write_hsds_json", "write_spreadsheet"]
