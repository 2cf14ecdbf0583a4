"""Frozen values: `@frozen` is to a type checker and to a reader what `@dataclass(frozen=True, slots=True)` is.

The standard decorator writes and compiles six functions for every class whenever the program starts, and imports
`inspect` to do so. Termwise has a hundred small classes, and a run of `check` is over in less time than that took. Here
equality, hash and repr are shared closures, and `__init__` is compiled when a class turns out to be made often, which
in most runs most classes never are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, TypeVar, dataclass_transform

    T = TypeVar("T")
else:  # a type checker alone has any use for these, and `typing` takes a while to load

    def dataclass_transform(**_: object) -> Callable[[Callable[..., object]], Callable[..., object]]:
        """Leave a function as it is."""
        return lambda decorator: decorator


_OFTEN = 100
"""How many values of a class are made the long way before it is worth compiling the short one."""

_REQUIRED = object()
"""Stands where a field has no default."""


class FrozenError(AttributeError):
    """Something tried to change a frozen value."""


class _Field:
    """What a class body says of a field beyond its type."""

    __slots__ = ("compare", "default", "repr")

    def __init__(self, default: object, *, compare: bool, repr: bool) -> None:  # noqa: A002 - the standard's word
        self.default = default
        self.compare = compare
        self.repr = repr


def field(*, default: Any = _REQUIRED, compare: bool = True, repr: bool = True) -> Any:  # noqa: A002, ANN401
    """Say more of a field: its default, and whether equality and repr look at it."""
    return _Field(default, compare=compare, repr=repr)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class of annotated fields a frozen value with slots. Methods the class defines itself are kept."""
    body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    names = tuple(cls.__annotations__)
    fields = {name: _field_of(body.pop(name, _REQUIRED)) for name in names}
    compared = [name for name, each in fields.items() if each.compare]
    shown = [name for name, each in fields.items() if each.repr]
    content: Callable[[object], object] = attrgetter(*compared) if compared else _nothing

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes the method of this name
        return content(self) == content(other) if self.__class__ is other.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(content(self))

    def __repr__(self: object) -> str:  # noqa: N807
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    made_so_far = 0
    setters: list[Callable[[object, object], None]] = []

    def __init__(self: object, *arguments: object, **named: object) -> None:  # noqa: N807
        nonlocal made_so_far
        made_so_far += 1
        if not setters:
            setters.extend(vars(made)[name].__set__ for name in names)
        contents = arguments if len(arguments) == len(names) and not named else _contents(fields, arguments, named)
        if made_so_far > _OFTEN or contents is None:
            made.__init__ = _compiled(made, fields)  # type: ignore[method-assign]  # it takes over from this one
            made.__init__(self, *arguments, **named)
            return
        for setter, content in zip(setters, contents, strict=True):
            setter(self, content)

    for method in (__eq__, __hash__, __repr__, __init__):
        if body.get(method.__name__) is None:
            body[method.__name__] = method
    body |= {"__slots__": names, "__match_args__": names, "__reduce__": _reduce}
    body |= {"__setattr__": _refuse, "__delattr__": _refuse}
    made: type[T] = type(cls.__name__, cls.__bases__, body)
    return made


def replace(value: T, **changes: object) -> T:
    """Return the value with some fields changed."""
    names: tuple[str, ...] = type(value).__match_args__  # type: ignore[attr-defined]  # every frozen class has it
    contents = [changes.pop(name) if name in changes else getattr(value, name) for name in names]
    return type(value)(*contents, **changes)  # what is left is no field, and refused


def maker(cls: type[T]) -> Callable[..., T]:
    """Return a function from all fields of a class, in order, to a value: slower than the class, and ready at once."""
    names: tuple[str, ...] = cls.__match_args__  # type: ignore[attr-defined]
    setters = [vars(cls)[name].__set__ for name in names]

    def make(*values: object) -> T:
        if len(values) != len(setters):
            raise TypeError(f"a {cls.__name__} has {len(setters)} fields, not {len(values)}")
        made = cls.__new__(cls)
        for setter, value in zip(setters, values, strict=False):
            setter(made, value)
        return made

    return make


def _field_of(given: object) -> _Field:
    return given if isinstance(given, _Field) else _Field(given, compare=True, repr=True)


def _contents(
    fields: dict[str, _Field], arguments: tuple[object, ...], named: dict[str, object]
) -> Sequence[object] | None:
    """Return what the fields of a new value hold, or None where the arguments are not those that it takes."""
    rest = list(fields)[len(arguments) :]
    contents = [*arguments, *[named[name] if name in named else fields[name].default for name in rest]]
    if len(contents) != len(fields) or _REQUIRED in contents or not named.keys() <= set(rest):
        return None
    return contents


def _compiled(cls: type[object], fields: dict[str, _Field]) -> Callable[..., None]:
    """Return the `__init__` of a class: one parameter a field, each written straight into its slot."""
    defaults = {name: each.default for name, each in fields.items() if each.default is not _REQUIRED}
    scope: dict[str, Any] = {f"set_{name}": vars(cls)[name].__set__ for name in fields}
    scope |= {f"default_{name}": value for name, value in defaults.items()}
    parameters = ", ".join(f"{name}=default_{name}" if name in defaults else name for name in fields)
    body = "\n".join(f"    set_{name}(self, {name})" for name in fields) or "    pass"
    exec(f"def __init__(self, {parameters}):\n{body}", scope)
    made: Callable[..., None] = scope["__init__"]
    return made


def _nothing(_: object) -> tuple[()]:
    return ()


def _refuse(self: object, name: str, _: object = None) -> NoReturn:
    raise FrozenError(f"`{name}` of a {type(self).__name__} cannot be changed")


def _reduce(self: object) -> tuple[type[object], tuple[object, ...]]:
    """Copy and pickle by construction, since nothing may be set afterwards."""
    names: tuple[str, ...] = type(self).__match_args__  # type: ignore[attr-defined]
    return type(self), tuple(getattr(self, name) for name in names)
