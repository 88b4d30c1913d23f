"""Calls in pasted code: of layers, containers, classes and functions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from kernels.networks.code.calls import dotted, layer_name, printed_parts
from kernels.networks.code.keras_layers import (
    keras_input,
    keras_kind,
    keras_layer,
    keras_settings,
)
from kernels.networks.code.modules import (
    FORWARD,
    UNKNOWN,
    Chain,
    Flow,
    Function,
    LayerClass,
    Module,
    ModuleClass,
    called,
    holds_flow,
    layers_in,
    parts_of,
)
from kernels.networks.code.plain_values import grown, is_of_type, plain_call
from kernels.networks.code.torch_forward import passed, through
from kernels.networks.code.torch_layers import Found, is_known, torch_layer
from kernels.networks.graph_writer import Item
from kernels.reading.notation import NotationError

if TYPE_CHECKING:
    from kernels.networks.code.torch_run import Values


_CONTAINERS = ("Sequential", "ModuleList", "OrderedDict")
_AS_IT_IS = ("to", "cuda", "cpu", "eval", "train", "double", "half", "float", "requires_grad_")
"""What a module is asked to be without becoming another one."""


def makes_layers(node: ast.AST, values: Values) -> bool:
    """Whether layers may be made somewhere in a statement of the text."""
    inside = [*getattr(node, "body", []), *getattr(node, "orelse", [])]
    for one in (found for statement in inside for found in ast.walk(statement)):
        if isinstance(one, ast.Call):
            name = dotted(one.func) or ""
            if is_known(layer_name(one) or "") or name.endswith((".append", ".add_module")):
                return True
            if isinstance(values.find(name), ModuleClass | Function) or name.startswith("self."):
                return True
    return False


def call_of(values: Values, node: ast.Call) -> Any:
    """What a call gives."""
    name = layer_name(node)
    func = node.func
    callee = values.value(func) if isinstance(func, ast.Name | ast.Attribute) else UNKNOWN
    if isinstance(callee, LayerClass):
        return _layer(values, callee.name, node)
    if name is not None and callee is UNKNOWN and (name in _CONTAINERS or printed_parts(node)):
        return _container(values, name, node)
    if isinstance(func, ast.Name) and func.id == "isinstance" and len(node.args) == 2:
        return is_of_type(values.value(node.args[0]), node.args[1])
    args = list(values.several(node.args))
    named = _named_values(values, node)
    if isinstance(callee, ModuleClass):
        return _where(node, lambda: values.make(callee, args, named))
    if isinstance(callee, Function):
        title = (dotted(func) or "").removeprefix("self.")
        return _where(node, lambda: values.call(callee, args, named, title))
    method = func.attr if isinstance(func, ast.Attribute) else ""
    if isinstance(func, ast.Attribute) and _is_super(func.value):
        return _super(values, node, method, args, named)
    owner = values.value(func.value) if isinstance(func, ast.Attribute) else None
    if method and _into_list(values, owner, method, args):
        return None
    if values.writer is not None and (isinstance(owner, Flow) or holds_flow(args)):
        return through(values, node, callee, owner, method, args, named)
    if isinstance(owner, Module | Item | Chain) and method in _AS_IT_IS:
        return owner
    if name == "DataParallel" and args:
        return args[0]
    if isinstance(func, ast.Name) and callee is UNKNOWN:
        found = plain_call(func.id, args, named)
        values.spend(len(found) if isinstance(found, list | tuple) else 1)
        return found
    return _unknown(values, node, callee)


def layer_class(values: Values, written: str) -> Any:
    """The layer of the library that a name stands for; UNKNOWN for any other name."""
    name = written.rpartition(".")[2]
    known = keras_kind(name)[0] if values.keras else is_known(name)
    return LayerClass(name) if known and name[:1].isupper() else UNKNOWN


def _unknown(values: Values, node: ast.Call, callee: Any) -> Any:
    name = layer_name(node)
    written = (dotted(node.func) or "").removeprefix("torch.")
    is_layer = name is not None and not name.endswith(("Loss", "Parameter"))
    if is_layer and callee is UNKNOWN and re.match(r"(\w+\.)*(nn|layers)\.", written):
        values.say(f"{written} is not known here and was left out.")
        return Item(None)
    return UNKNOWN


def _where(node: ast.Call, made: Any) -> Any:
    """What is made of a call; a sentence about it says its line."""
    try:
        return made()
    except NotationError as error:
        text = str(error)
        raise NotationError(
            text if text.startswith("Line ") else f"Line {node.lineno}: {text}"
        ) from None


def _named_values(values: Values, node: ast.Call) -> dict[str, Any]:
    named = {}
    for keyword in node.keywords:
        value = values.value(keyword.value)
        if keyword.arg is not None:
            named[keyword.arg] = value
        elif isinstance(value, dict):
            named |= {key: one for key, one in value.items() if isinstance(key, str)}
    return named


def _is_super(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )


def _super(
    values: Values, node: ast.Call, method: str, args: list[Any], named: dict[str, Any]
) -> Any:
    """What the classes say that a class is made from."""
    running = values.running[-1] if values.running else None
    if running is None or running.of is None or running.owner is None:
        return UNKNOWN
    methods = (base.find(method) for base in running.of.bases)
    found = next((one for one in methods if isinstance(one, Function)), None)
    if found is not None:
        function = Function(found.node, running.owner, found.of)
        return _where(node, lambda: values.call(function, args, named, method))
    if method == "__init__" and running.of.is_sequential:
        running.owner.parts = values.chain(args)
    if method in FORWARD and running.owner.parts is not None and args:
        return passed(values, running.owner.parts, args[0], node)
    return UNKNOWN


def _into_list(values: Values, owner: Any, method: str, args: list[Any]) -> bool:
    """Whether something was put into a list or a chain of layers."""
    if isinstance(owner, list) and len(args) == 1 and method in ("append", "extend"):
        owner.extend([args[0]] if method == "append" else parts_or_self(args[0]))
        grown(owner)
        return True
    if isinstance(owner, Module) and method in ("add_module", "register_module"):
        if len(args) == 2 and isinstance(args[0], str):
            owner.names[args[0]] = args[1]
            called(args[1], args[0])
            if owner.parts is not None:
                owner.parts.items += values.chain(args[1:]).items
        return True
    if isinstance(owner, Chain) and method in ("append", "add_module", "extend"):
        if method == "add_module" and len(args) == 2:
            called(args[1], str(args[0]))
        added = parts_or_self(args[-1]) if args else []
        owner.items += values.chain(added).items
        grown(owner.items)
        return True
    if values.keras and method == "add" and len(args) == 1:  # model.add(layer)
        if isinstance(owner, Chain):
            owner.items.extend(layers_in(args[0]))
        values.root(owner if isinstance(owner, Chain) else args[0])
        return True
    return False


def parts_or_self(value: Any) -> list[Any]:
    """The entries of a list or chain; a single layer by itself."""
    match value:
        case list() | tuple():
            return list(value)
        case Chain(items=items):
            return list(items)
    return [value]


def _layer(values: Values, name: str, node: ast.Call) -> Item | Chain:
    args = list(values.several(node.args))
    named = _named_values(values, node)
    given_name = named.get("name")
    if values.keras:
        named = {key: value for key, value in named.items() if key in keras_settings(name)}
        values.input_shape = values.input_shape or keras_input(name, args, named)
    if any(part is UNKNOWN for value in (*args, *named.values()) for part in parts_of(value)):
        raise NotationError(
            f"Line {node.lineno}: {ast.unparse(node)[:60]} has a setting that is not a "
            "number; write the number there."
        )
    makes: list[Found]
    try:
        if values.keras:
            makes, said = keras_layer(name, args, named)
        else:
            make, said = torch_layer(name, args, named)
            makes = [make]
    except NotationError as error:
        raise NotationError(f"Line {node.lineno}: {error}") from None
    for sentence in said:
        values.say(sentence)
    values.found = True
    items = [Item(make, where=f"Line {node.lineno}: ") for make in makes]
    if items and values.keras and isinstance(given_name, str):
        items[0].name = given_name
    return items[0] if len(items) == 1 else Chain([*items])


def _container(values: Values, name: str, node: ast.Call) -> Any:
    """nn.Sequential and its like: what is in it, with the names that are given."""
    items: list[Any] = []
    for value in values.several(node.args):
        pairs = list(value.items()) if isinstance(value, dict) else value
        if isinstance(pairs, list) and pairs and all(map(_is_pair, pairs)):
            items += [_named(part, str(key)) for key, part in pairs]
        else:
            items += parts_or_self(value)
    for keyword in node.keywords:
        inner = values.value(keyword.value)
        items.append(_named(inner, (keyword.arg or "").removeprefix("n_")))
    if printed_parts(node) and name not in ("Sequential", "ModuleList"):
        values.say(
            "A printed model does not say how its layers are joined; they stand one after the "
            "other."
        )
    held = values.chain(items)
    return held if name != "ModuleList" else held.items


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str)


def _named(part: Any, name: str) -> Any:
    if isinstance(part, Item | Module | Chain) and not part.name and not name.isdigit():
        called(part, name)
    return part
