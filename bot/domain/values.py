"""Frozen data with slots, as `dataclasses` makes it, at a fraction of what its own decorator costs.

It is type checkers that see to it that nothing changes such an object: they take the decorator for that of
`dataclasses`, and none of our code gets past them. At run time it would cost more than all else about these classes:
each field would be set through a call, six times as slow, and a flag makes some twenty objects on its way.

There are more than two hundred of these classes. For each of their methods `dataclasses` writes source and compiles it,
at every start; comparing, hashing and showing are the same for all, and need none. Python 3.13 compiles all methods of
a class at once: when that is the oldest we run on, its own decorator may do for those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from collections.abc import Callable, Sequence
    from operator import attrgetter
    from typing import Any

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """What `dataclasses.dataclass` does; what it makes behaves the same, and is not changed by anybody."""
        if not frozen:
            raise TypeError("what changes is for the decorator of dataclasses itself")

        def make(plain: type) -> type:
            made = dataclasses.dataclass(slots=slots, eq=False, repr=False)(plain)
            names = [field.name for field in dataclasses.fields(made)]
            values = _values_of(names)

            def is_equal(one: object, other: object) -> Any:
                return values(one) == values(other) if one.__class__ is other.__class__ else NotImplemented

            def shown(one: object) -> str:
                return f"{type(one).__qualname__}({', '.join(f'{name}={getattr(one, name)!r}' for name in names)})"

            made.__eq__, made.__hash__, made.__repr__ = is_equal, lambda one: hash(values(one)), shown
            return made

        return make

    def _values_of(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
        # An `attrgetter` is twice as fast, but gives no tuple for a single name.
        return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)
