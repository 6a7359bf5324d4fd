"""How much of a file is read. A file beyond a limit is refused whole, before any change."""

MAX_BYTES = 1_000_000_000
MAX_ROWS = 1_000_000  # of one table
MAX_LINE = 1_000_000  # characters
MAX_RECORD = 4_000_000  # characters: a quoted cell may span lines
MAX_COLUMNS = 500

MAX_ENTRIES = 2_000  # files in a ZIP
MAX_RATIO = 200  # unpacked to packed
SMALL = 10_000_000  # bytes that may be packed as tightly as they like
MAX_TEXTS = 75_000_000  # bytes of a workbook's shared texts: they are held in memory

MAX_DESCRIPTION = 5_000_000  # bytes of a datapackage.json
MAX_ITEM = 16_000_000  # characters of one object of a JSON list
MAX_DEPTH = 30  # objects inside objects
