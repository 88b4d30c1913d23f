"""Which of the things that a pasted text makes is its network, and how an input passes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from kernels.networks.code.calls import dotted, layer_name
from kernels.networks.code.modules import (
    FORWARD,
    UNKNOWN,
    Flow,
    Function,
    Module,
    ModuleClass,
    layers_in,
    modules_in,
    needed,
)
from kernels.networks.code.torch_forward import Unfollowed, passed
from kernels.networks.code.torch_layers import is_known
from kernels.networks.code.torch_run import Values
from kernels.networks.graph_writer import GraphWriter
from kernels.networks.network import INPUT
from kernels.reading.notation import NotationError

_USUAL = "16"
"""The number in an example of how a class is made."""


def with_class(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Methods that were pasted without their class, in one; everything else as it is."""
    loose = [one for one in body if isinstance(one, ast.FunctionDef) and _takes_self(one)]
    if not loose:
        return list(body)
    name = "The class"
    made = ast.ClassDef(name=name, bases=[], keywords=[], body=list(loose), decorator_list=[])
    ast.fix_missing_locations(made)
    return [one for one in body if one not in loose] + [made]


def _takes_self(node: ast.FunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "self"


def model_of(values: Values) -> Any:
    """The network of a text: the last module that it makes, its last class, or its layers.

    Raises NotationError for a class that is not given what it takes.
    """
    models = [root for root in values.roots if modules_in(root)]
    if models:
        return models[-1]
    classes = [one for one in values.names.values() if isinstance(one, ModuleClass)]
    made = [one for one in classes if _makes_layers(one, values)]
    inside = {name for one in made for name in _names_in(one.node)}
    whole = [one for one in made if one.name not in inside] or made
    if whole:
        return _made(values, whole[-1])
    if not layers_in(values.roots):
        values.root(_handed_back(values))
    return values.roots


def _made(values: Values, one: ModuleClass) -> Any:
    lacking = needed(one)
    if lacking:
        by_function = _handed_back(values)
        if by_function is not None:
            return by_function
        example = f"{one.name}({', '.join([_USUAL] * len(lacking))})"
        raise NotationError(
            f"{one.name} has to be given {' and '.join(lacking)}; add a line that makes one, such "
            f"as {example}."
        )
    return values.make(one, (), {})


def _handed_back(values: Values) -> Any:
    """The network of the first function that hands one back without being given anything."""
    for one in list(values.names.values()):
        if isinstance(one, Function) and one.node.name not in FORWARD:
            given = one.node.args
            if len(given.args) == len(given.defaults):
                made = values.call(one, (), {}, one.node.name)
                if layers_in(made):
                    return made
    return None


def _makes_layers(one: ModuleClass, values: Values) -> bool:
    """Whether a class is a part of a network, not a data set or a helper."""
    for node in (node for each in one.order() for node in ast.walk(each.node)):
        if isinstance(node, ast.Call):
            name = dotted(node.func) or ""
            if is_known(layer_name(node) or "") or isinstance(values.find(name), ModuleClass):
                return True
            if values.keras and name.startswith("layers."):
                return True
    return False


def _names_in(node: ast.ClassDef) -> Iterator[str]:
    """The names that the methods of a class use."""
    for statement in node.body:
        for one in ast.walk(statement):
            if isinstance(one, ast.Name):
                yield one.id
    for base in node.bases:
        yield dotted(base) or ""


def follows(model: Any) -> bool:
    """Whether a network says how its input passes it."""
    if isinstance(model, Module):
        return model.parts is not None or _forward_of(model) is not None
    return bool(modules_in(model))


def follow(values: Values, model: Any, writer: GraphWriter) -> None:
    """Put down the layers of a network as its input passes them.

    Raises Unfollowed where it does what is not known here.
    """
    values.writer = writer
    start = Flow(INPUT)
    try:
        out = _through(values, model, start)
    finally:
        values.writer = None
    if not isinstance(out, Flow):
        raise Unfollowed(_end(model))


def _through(values: Values, model: Any, start: Flow) -> Any:
    if isinstance(model, list):
        return passed(values, values.chain(model), start, ast.Pass())
    if not isinstance(model, Module):
        return passed(values, model, start, ast.Pass())
    steps = _forward_of(model)
    if steps is None:
        return passed(values, model.parts, start, model.made_of.node)
    names = [argument.arg for argument in steps.node.args.args]
    rest = names[2 : len(names) - len(steps.node.args.defaults)]
    return values.call(steps, [start], dict.fromkeys(rest, UNKNOWN), "forward")


def _forward_of(module: Module) -> Function | None:
    found = (module.find(name) for name in FORWARD)
    return next((one for one in found if isinstance(one, Function)), None)


def _end(model: Any) -> ast.AST:
    """Where a network hands back what comes out of it."""
    steps = _forward_of(model) if isinstance(model, Module) else None
    if steps is None:
        return ast.Pass()
    ends = [node for node in ast.walk(steps.node) if isinstance(node, ast.Return)]
    return ends[-1] if ends else steps.node
