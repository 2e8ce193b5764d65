"""All tables, a module a capability: importing this package fills `storage.tables.columns.METADATA` with every one."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
