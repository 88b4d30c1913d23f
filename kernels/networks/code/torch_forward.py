"""What passes through layers, chains and modules in the forward of pasted code."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from kernels.networks.code.calls import dotted
from kernels.networks.code.modules import FORWARD, UNKNOWN, Chain, Flow, Function, Module
from kernels.networks.code.torch_layers import Found, torch_layer
from kernels.networks.graph_writer import Item
from kernels.networks.layers import AdaptiveAvgPool, Add, Concatenate, Flatten

if TYPE_CHECKING:
    from kernels.networks.code.torch_run import Values


class Unfollowed(Exception):
    """A line of forward that does something with the numbers that is not known here."""

    def __init__(self, node: ast.AST):
        self.line = getattr(node, "lineno", 0)
        super().__init__(self.line)


_FUNCTIONS = {
    "relu": "ReLU", "relu6": "ReLU6", "leaky_relu": "LeakyReLU", "sigmoid": "Sigmoid",
    "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "Softmax", "dropout": "Dropout",
    "flatten": "Flatten", "local_response_norm": "LocalResponseNorm", "relu_": "ReLU",
}  # fmt: skip


def passed(values: Values, through: Any, flow: Any, node: ast.AST) -> Any:
    """What comes out of a layer, chain or module that something passes through."""
    writer = values.writer
    if writer is None or not isinstance(flow, Flow):
        raise Unfollowed(node)
    match through:
        case Item():
            return Flow(writer.row([through], flow.node))
        case Chain():
            return _along(values, through, flow, node)
        case Module():
            return through_module(values, through, [flow], {}, node)
    raise Unfollowed(node)


def _along(values: Values, chain: Chain, flow: Flow, node: ast.AST) -> Flow:
    """Through a chain: its layers at once, as padding may belong to the next one."""
    writer = values.writer
    assert writer is not None
    inner = writer.within and chain.name
    with writer.inside(chain.name if inner else ""):
        row: list[Item] = []
        for number, part in enumerate(chain.items, start=1):
            if isinstance(part, Item):
                row.append(part)
                continue
            flow = Flow(writer.row(row, flow.node))
            row = []
            if isinstance(part, Module) and not part.name:
                part.name = f"{part.made_of.name.lower()}{number}"
            flow = passed(values, part, flow, node)
        return Flow(writer.row(row, flow.node))


def through_module(
    values: Values, module: Module, args: list[Any], named: dict[str, Any], node: ast.AST
) -> Any:
    """What a module makes of what passes through it."""
    writer = values.writer
    assert writer is not None
    steps = next((one for name in FORWARD if isinstance(one := module.find(name), Function)), None)
    with writer.inside(module.name):
        if steps is not None:
            return values.call(steps, args, named, f"{module.made_of.name}.forward")
        return passed(values, module.parts, args[0] if args else None, node)


def through(
    values: Values,
    node: ast.Call,
    module: Any,
    owner: Any,
    method: str,
    args: list[Any],
    named: dict[str, Any],
) -> Any:
    """A call in forward that something passes through."""
    flows = [arg for arg in args if isinstance(arg, Flow)]
    if module is UNKNOWN and not isinstance(node.func, ast.Name | ast.Attribute):
        module = values.value(node.func)
    if isinstance(module, Module):
        return through_module(values, module, args, named, node)
    if isinstance(module, Item | Chain) and len(args) == len(flows) == 1:
        return passed(values, module, flows[0], node)
    name = method or (dotted(node.func) or "")
    if name in ("cat", "concat", "concatenate") and args and isinstance(args[0], tuple | list):
        if all(isinstance(part, Flow) for part in args[0]) and len(args[0]) > 1:
            axis = args[1] if len(args) > 1 else named.get("dim", named.get("axis"))
            if axis in (1, -3):
                return values.put(Concatenate(), *args[0])
        raise Unfollowed(node)
    if name == "add" and len(flows) == 2:
        return values.put(Add(), *flows)
    flow, rest = (owner, args) if isinstance(owner, Flow) else (args[0], args[1:])
    if not isinstance(flow, Flow):
        raise Unfollowed(node)
    return _function(values, node, name, flow, rest, named)


def _function(
    values: Values, node: ast.Call, name: str, flow: Flow, rest: list[Any], named: dict[str, Any]
) -> Any:
    """A function of torch, or a method of a tensor, that is known here."""
    writer = values.writer
    assert writer is not None
    if name in ("view", "reshape", "flatten"):
        return flow if writer.is_row(flow.node) else values.put(Flatten(), flow)
    if name == "mean":
        return values.put(Flatten(), values.put(AdaptiveAvgPool(1), flow))
    if name in ("size", "dim", "numel"):
        return UNKNOWN
    if name in ("contiguous", "clone", "to", "float"):
        return flow
    layer = _FUNCTIONS.get(name) or _pool_class(name)
    if layer is None:
        raise Unfollowed(node)
    if name == "log_softmax":
        values.say("log_softmax is taken as softmax.")
    named.pop("training", None)
    plain = [] if layer == "Softmax" else [n for n in rest if n is not UNKNOWN]
    make: Found = torch_layer(layer, plain, named)[0]
    item = Item(make, where=f"Line {node.lineno}: ")
    return Flow(writer.row([item], flow.node))


def _pool_class(name: str) -> str | None:
    """max_pool2d as MaxPool2d."""
    if not re.fullmatch(r"(max|avg|lp|adaptive_avg)_pool[123]d|dropout[123]d", name):
        return None
    words = "".join(word.capitalize() for word in name.split("_"))
    return words.replace("Lp", "LP")
