"""Frozen values: `@frozen` is to a type checker and to a reader what `@dataclass(frozen=True, slots=True)` is.

The standard decorator writes and compiles six functions for every class whenever the program starts, and imports
`inspect` to do so. Termwise has a hundred small classes, and a run of `check` is over in less time than that took. Here
equality, hash and repr are shared closures. So is `__init__`, but for the names of its parameters; only that of a large
class is compiled, when it turns out to be made often, which in most runs it never is.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, TypeVar, dataclass_transform

    T = TypeVar("T")
else:  # a type checker alone has any use for these, and `typing` takes a while to load

    def dataclass_transform(**_: object) -> Callable[[Callable[..., object]], Callable[..., object]]:
        """Leave a function as it is."""
        return lambda decorator: decorator


_OFTEN = 100
"""How many values of a large class are made the long way before it is worth compiling the short one."""

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

    def __init__(self: object, *arguments: object, **named: object) -> None:  # noqa: N807
        nonlocal made_so_far
        made_so_far += 1
        is_large = len(names) >= len(_LIKE)
        if is_large and made_so_far <= _OFTEN and _filled(self, fields, arguments, named):
            return
        # It takes over from this one.
        made.__init__ = (_compiled if is_large else _alike)(made, fields)  # type: ignore[method-assign]
        made.__init__(self, *arguments, **named)

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


def _field_of(given: object) -> _Field:
    return given if isinstance(given, _Field) else _Field(given, compare=True, repr=True)


def _filled(value: object, fields: dict[str, _Field], arguments: tuple[object, ...], named: dict[str, object]) -> bool:
    """Write the fields of a new value, or do nothing where the arguments are not those that it takes."""
    rest = [*fields][len(arguments) :]
    contents = [*arguments, *[named[name] if name in named else fields[name].default for name in rest]]
    if len(contents) != len(fields) or _REQUIRED in contents or not named.keys() <= set(rest):
        return False
    for name, content in zip(fields, contents, strict=True):
        object.__setattr__(value, name, content)
    return True


_LIKE: tuple[Callable[..., Any], ...] = (
    lambda: lambda self: None,  # noqa: ARG005
    lambda a: lambda self, s: a(self, s),  # noqa: PLW0108 - it is its code that is wanted
    lambda a, b: lambda self, s, t: a(self, s) or b(self, t),
    lambda a, b, c: lambda self, s, t, u: a(self, s) or b(self, t) or c(self, u),
    lambda a, b, c, d: lambda self, s, t, u, v: a(self, s) or b(self, t) or c(self, u) or d(self, v),
    lambda a, b, c, d, e: (
        lambda self, s, t, u, v, w: a(self, s) or b(self, t) or c(self, u) or d(self, v) or e(self, w)
    ),
    lambda a, b, c, d, e, f: (
        lambda self, s, t, u, v, w, x: a(self, s) or b(self, t) or c(self, u) or d(self, v) or e(self, w) or f(self, x)
    ),
    lambda a, b, c, d, e, f, g: (
        lambda self, s, t, u, v, w, x, y: (
            a(self, s) or b(self, t) or c(self, u) or d(self, v) or e(self, w) or f(self, x) or g(self, y)
        )
    ),
    lambda a, b, c, d, e, f, g, h: (
        lambda self, s, t, u, v, w, x, y, z: (
            a(self, s) or b(self, t) or c(self, u) or d(self, v) or e(self, w) or f(self, x) or g(self, y) or h(self, z)
        )
    ),
)
"""The `__init__` of every small class, by how many fields it has, but for their names: each field is written straight
into its slot, and writing returns nothing. Here they are byte-code; to compile one takes as long as to make a hundred
values."""


def _alike(cls: type[object], fields: dict[str, _Field]) -> Callable[..., None]:
    """Return the `__init__` of a small class: that of all such classes, with the names and defaults of this one."""
    like: FunctionType = _LIKE[len(fields)](*(vars(cls)[name].__set__ for name in fields))
    defaults = tuple(each.default for each in fields.values() if each.default is not _REQUIRED)
    code = like.__code__.replace(co_varnames=("self", *fields), co_name="__init__", co_qualname="__init__")
    return FunctionType(code, {}, "__init__", defaults, like.__closure__)


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
