"""store: rows → one merged, incremental, transactional store in an embedded DuckDB file. It never decides meaning."""

from zhitu.store.duck import FILE, Input, Reading, Store, open_store

__all__ = ["FILE", "Input", "Reading", "Store", "open_store"]
