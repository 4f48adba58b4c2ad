"""nio without what it loads for nothing.

Its key store's peewee loads whatever database drivers are installed. The store is an SQLite file: where the PostgreSQL
driver is not in use otherwise, loading it costs 10 MB of memory.
"""

import importlib
import sys
from typing import Any

_HIDDEN: Any = {name: None for name in ("psycopg", "psycopg2", "pymysql") if name not in sys.modules}

sys.modules.update(_HIDDEN)  # None is how an import is refused
try:
    importlib.import_module("peewee")
finally:
    for _name in _HIDDEN:
        del sys.modules[_name]
