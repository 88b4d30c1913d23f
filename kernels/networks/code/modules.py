"""Classes and functions of pasted code: what they are called with, and what is made of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kernels.networks.graph_writer import Item
from kernels.reading.notation import NotationError

UNKNOWN = object()
"""What is neither a layer nor a number, text, list or class of the pasted code."""
FORWARD = ("forward", "call")
"""What passes a network's input through it, in PyTorch and in Keras."""
MOST_ITEMS = 20_000


@dataclass(frozen=True)
class Flow:
    """What passes through a network in its forward: the output of a node."""

    node: str


@dataclass(frozen=True)
class LayerClass:
    """A layer of the library that is named without being made: norm_layer = nn.BatchNorm2d."""

    name: str


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method of the pasted code; `owner` is the module that it belongs to."""

    node: ast.FunctionDef
    owner: Module | None = None
    of: ModuleClass | None = None


@dataclass(eq=False)
class ModuleClass:
    """A class of the pasted code, with what its body says and the classes that it is made from."""

    name: str
    node: ast.ClassDef
    bases: tuple[ModuleClass, ...] = ()
    names: dict[str, Any] = field(default_factory=dict)
    is_sequential: bool = False

    def find(self, name: str) -> Any:
        """What the class or one that it is made from calls so; UNKNOWN if nothing."""
        return next((one.names[name] for one in self.order() if name in one.names), UNKNOWN)

    def order(self) -> Iterator[ModuleClass]:
        yield self
        for base in self.bases:
            yield from base.order()


@dataclass(eq=False)
class Module:
    """What a class makes: its attributes, in the order in which they were made.

    parts : the layers one after the other, of a class that is made from nn.Sequential
    """

    made_of: ModuleClass
    name: str = ""
    names: dict[str, Any] = field(default_factory=dict)
    parts: Chain | None = None

    def find(self, name: str) -> Any:
        """An attribute, or the method of this name; UNKNOWN if there is none."""
        if name in self.names:
            return self.names[name]
        found = self.made_of.find(name)
        return Function(found.node, self, found.of) if isinstance(found, Function) else found


@dataclass(eq=False)
class Chain:
    """Layers and modules one after the other, as nn.Sequential holds them."""

    items: list[Item | Module | Chain]
    name: str = ""


def parts_of(value: Any) -> Iterator[Any]:
    """Everything that lists and modules hold, each once; bounded, as lists may hold themselves.

    >>> list(parts_of([1, (2, 3)]))
    [1, 2, 3]
    """
    waiting, seen = [value], set()
    while waiting:
        one = waiting.pop()
        match one:
            case list() | tuple() | dict():
                inside = list(one.values()) if isinstance(one, dict) else list(one)
            case Chain():
                inside = list(one.items)
            case Module():
                inside = [*([one.parts] if one.parts else []), *one.names.values()]
            case _:
                yield one
                continue
        if id(one) not in seen:
            seen.add(id(one))
            waiting += reversed(inside)


def layers_in(value: Any) -> list[Item]:
    """The layers in a value, in order.

    >>> relu, pool = Item(None, "relu"), Item(None, "pool")
    >>> [item.name for item in layers_in([Chain([relu]), pool, 3])]
    ['relu', 'pool']
    """
    return [one for one in parts_of(value) if isinstance(one, Item)]


def modules_in(value: Any) -> list[Module]:
    """The modules in a list or chain, not those that they are made of."""
    match value:
        case Module():
            return [value]
        case Chain():
            return [module for item in value.items for module in modules_in(item)]
        case list() | tuple():
            return [item for item in value if isinstance(item, Module)]
    return []


def holds_flow(value: Any) -> bool:
    """Whether something that passes through the network is in a value."""
    return any(isinstance(part, Flow) for part in parts_of(value))


def called(value: Any, name: str) -> None:
    """Give a layer or module, and the modules in a list, the name of an attribute."""
    match value:
        case Item() | Module():
            value.name = value.name or name
        case Chain():
            value.name = value.name or name
            for number, part in enumerate(value.items):
                if isinstance(part, Module | Chain):
                    called(part, f"{name}.{number}")
        case list() | tuple():
            for number, part in enumerate(value[:MOST_ITEMS]):
                if isinstance(part, Module | Chain):
                    called(part, f"{name}.{number}")


def bound(
    node: ast.FunctionDef,
    args: Sequence[Any],
    named: Mapping[str, Any],
    defaults: Mapping[str, Any],
    name: str,
) -> dict[str, Any]:
    """Arguments by the names that a function gives them, as Python would bind them.

    Raises NotationError for one that is missing.
    """
    given = node.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args)]
    found = {**defaults, **dict(zip(names, args, strict=False))}
    every = [*names, *(argument.arg for argument in given.kwonlyargs)]
    rest = {key: value for key, value in named.items() if key not in every}
    found |= {key: value for key, value in named.items() if key in every}
    if given.vararg:
        found[given.vararg.arg] = tuple(args[len(names) :])
    elif len(args) > len(names):
        count = len(args) - (names[:1] == ["self"])
        raise NotationError(
            f"{name} is given {count} settings, but takes {_listed(names) or 'none'}."
        )
    if given.kwarg:
        found[given.kwarg.arg] = rest
    elif rest:
        raise NotationError(
            f"{name} has no setting {next(iter(rest))}; it takes {_listed(names) or 'none'}."
        )
    missing = [key for key in every if key not in found]
    if missing:
        raise NotationError(f"{name} lacks {' and '.join(missing)}.")
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name for name in names if name != "self")


def needed(made_of: ModuleClass) -> list[str]:
    """What a class has to be given: the arguments of its __init__ that have no default."""
    start = made_of.find("__init__")
    if not isinstance(start, Function):
        return []
    given = start.node.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args)]
    names = names[1 : len(names) - len(given.defaults)]
    alone = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return [*names, *(argument.arg for argument, default in alone if default is None)]
