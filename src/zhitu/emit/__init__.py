"""emit: the merged tables → files. An output format lives only here.

Every function takes an open DuckDB connection with the tables and views of `tables.py`, and where to write. The same
tables give the same bytes.
"""

from zhitu.emit.build import count
from zhitu.emit.formats import FORMATS, Format, chosen, write_format
from zhitu.emit.texts import drop_text, has_text, read_text, write_text

__all__ = ["FORMATS", "Format", "chosen", "count", "drop_text", "has_text", "read_text", "write_format", "write_text"]
