"""Frozen data with slots, as `dataclasses` makes it, at a fraction of what its own decorator costs.

Objects are made of an open class and frozen once they are complete. `dataclasses` sets each field through a call,
six times as slow, and a flag makes some twenty objects on its way.

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
        """What `dataclasses.dataclass` does; what it makes behaves the same."""
        if not frozen:
            raise TypeError("what changes is for the decorator of dataclasses itself")

        def make(plain: type) -> type:
            # What adds to another one is written as `dataclasses` does: few objects are, and an open class would stand
            # among those that add to the other.
            adds = any(map(dataclasses.is_dataclass, plain.__bases__))
            made = dataclasses.dataclass(frozen=adds, slots=slots, eq=False, repr=False)(plain)
            names = [field.name for field in dataclasses.fields(made)]
            values = _values_of(names)

            def is_equal(one: object, other: object) -> Any:
                return values(one) == values(other) if one.__class__ is other.__class__ else NotImplemented

            def shown(one: object) -> str:
                return f"{type(one).__qualname__}({', '.join(f'{name}={getattr(one, name)!r}' for name in names)})"

            made.__eq__, made.__hash__, made.__repr__ = is_equal, lambda one: hash(values(one)), shown
            return made if adds else _kept(made)

        return make

    def _kept(made: type) -> type:
        """`made`, so that nothing changes an object of it once it is complete.

        Until then it is of another class of the same layout, to which attributes can be written the quick way.
        """
        opened = type(made.__name__, made.__bases__, {"__slots__": made.__slots__, "__init__": made.__init__})

        def new(cls: type, *args: object, **fields: object) -> object:
            if cls is not made:
                return object.__new__(cls)
            one = opened(*args, **fields)
            one.__class__ = cls
            return one

        def rebuilt(one: object) -> tuple[type, tuple[object, ...]]:
            return type(one), tuple(getattr(one, field.name) for field in dataclasses.fields(one))

        def refuse(one: object, name: str, *_: object) -> None:
            raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")

        made.__new__, made.__reduce__ = new, rebuilt
        made.__setattr__ = made.__delattr__ = refuse
        made.__dataclass_params__.frozen = True
        del made.__init__
        return made

    def _values_of(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
        # An `attrgetter` is twice as fast, but gives no tuple for a single name.
        return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)
