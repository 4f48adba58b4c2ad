"""Tables, the writer thread, the unit of work, migrations. The only package that knows SQL."""

from storage.store import Store

__all__ = ["Store"]
