"""Pasted PyTorch code followed as far as it builds layers: a few kinds of statements, no more.

Nothing is executed: what is not a layer, a number or a list of them is UNKNOWN.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kernels.networks.code.calls import dotted, layer_name, only_says, printed_parts
from kernels.networks.code.keras_layers import (
    keras_input,
    keras_kind,
    keras_layer,
    keras_settings,
)
from kernels.networks.code.torch_layers import Found, is_known, torch_layer
from kernels.networks.graph_writer import Chain, GraphWriter, Item
from kernels.networks.layers import AdaptiveAvgPool, Add, Concatenate, Flatten, Shape
from kernels.reading.notation import NotationError

UNKNOWN = object()
LARGEST = 10**9


@dataclass(frozen=True)
class Flow:
    """What passes through a network in its forward: the output of a node."""

    node: str


class Unfollowed(Exception):
    """A line of forward that does something with the numbers that is not known here."""

    def __init__(self, node: ast.AST):
        self.line = getattr(node, "lineno", 0)
        super().__init__(self.line)


_SUMS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv, ast.Div: operator.truediv, ast.Mod: operator.mod,
}  # fmt: skip
_FUNCTIONS = {
    "relu": "ReLU", "relu6": "ReLU6", "leaky_relu": "LeakyReLU", "sigmoid": "Sigmoid",
    "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "Softmax", "dropout": "Dropout",
    "flatten": "Flatten", "local_response_norm": "LocalResponseNorm", "relu_": "ReLU",
}  # fmt: skip


def layers_in(values: Any) -> list[Item]:
    """The layers in a value, in order."""
    match values:
        case Item():
            return [values]
        case Chain():
            return list(values.items)
        case list() | tuple():
            return [item for value in values for item in layers_in(value)]
    return []


@dataclass
class Values:
    """What the names of a text stand for, as its statements are gone through."""

    said: list[str] = field(default_factory=list)
    writer: GraphWriter | None = None
    found: bool = False
    keras: bool = False
    input_shape: Shape | None = None
    _names: dict[str, Any] = field(default_factory=dict)
    _roots: list[Any] = field(default_factory=list)

    def roots(self) -> list[Any]:
        """Layers and lists of them that are part of nothing else, in order."""
        return self._roots

    def run_all(self, body: Sequence[ast.stmt]) -> None:
        """Go through statements that build layers; those of forward are left to `follow`."""
        for statement in body:
            match statement:
                case ast.ClassDef(body=inner):
                    self.run_all(inner)
                case ast.FunctionDef(name=name, body=inner) if name != "forward":
                    self._defaults(statement.args)
                    self.run_all(inner)
                case ast.FunctionDef() | ast.Import() | ast.ImportFrom() | ast.Pass():
                    pass
                case ast.For() | ast.While() | ast.If() | ast.With() | ast.Try():
                    self._not_followed(statement)
                case _:
                    self._statement(statement)

    def _defaults(self, given: ast.arguments) -> None:
        """What a function's arguments are unless given: in_channels=3."""
        for argument, default in zip(reversed(given.args), reversed(given.defaults), strict=False):
            self._names[argument.arg] = self._value(default)

    def follow(self, body: Sequence[ast.stmt], names: dict[str, Any]) -> None:
        """Go through forward; raises Unfollowed where it does what is not known here."""
        outer, self._names = self._names, {**self._names, **names}
        try:
            for statement in body:
                if only_says(statement):
                    continue
                if isinstance(statement, ast.Return):
                    value = self._value(statement.value) if statement.value else None
                    if not isinstance(value, Flow):
                        raise Unfollowed(statement)
                    return
                if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.AnnAssign):
                    raise Unfollowed(statement)
                self._statement(statement)
        finally:
            self._names = outer

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=[target], value=value):
                self._assign(target, self._value(value))
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self._value(value))
            case ast.AugAssign(target=target, op=ast.Add(), value=value):
                before, more = self._value(target), self._value(value)
                if isinstance(before, list) and isinstance(more, list | tuple):
                    self._used(more)
                    before.extend(more)
                elif isinstance(before, Flow):
                    self._assign(target, self._sum(statement, before, more))
            case ast.Return(value=ast.expr() as value):
                self._root(self._value(value))
            case ast.Expr(value=value):
                self._root(self._value(value))

    def _assign(self, target: ast.expr, value: Any) -> None:
        name = dotted(target)
        if name is None:
            if self.writer is not None and _holds_flow(value):
                raise Unfollowed(target)
            return
        self._names[name] = value
        plain = name.removeprefix("self.")
        if isinstance(value, Item) and not value.name:
            value.name = plain
        self._root(value)

    def _root(self, value: Any) -> None:
        if layers_in(value) or isinstance(value, list):
            self._used(value)
            self._roots.append(value)

    def _used(self, value: Any) -> None:
        """What becomes part of something else stands there, no more by itself."""
        self._roots = [root for root in self._roots if root is not value]
        for part in value if isinstance(value, list | tuple) else ():
            self._used(part)

    def _not_followed(self, statement: ast.stmt) -> None:
        word = type(statement).__name__.lower()
        if any(
            isinstance(node, ast.Call) and is_known(layer_name(node) or "")
            for node in ast.walk(statement)
        ):
            self._say(
                f"The {word} in line {statement.lineno} is not followed; write its layers out."
            )

    def _say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Subscript(value=ast.Attribute(attr="shape")):
                return UNKNOWN
            case ast.Name() | ast.Attribute():
                return self._names.get(dotted(node) or "", UNKNOWN)
            case ast.Tuple(elts=parts):
                return tuple(self._several(parts))
            case ast.List(elts=parts):
                return list(self._several(parts))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self._value(operand)
                return -value if isinstance(value, int | float) else UNKNOWN
            case ast.BinOp(left=left, op=op, right=right):
                return self._sum(node, self._value(left), self._value(right), type(op))
            case ast.Call():
                return self._call(node)
        if self.writer is not None and any(
            isinstance(self._names.get(n.id), Flow)
            for n in ast.walk(node)
            if isinstance(n, ast.Name)
        ):
            raise Unfollowed(node)
        return UNKNOWN

    def _several(self, parts: Sequence[ast.expr]) -> Iterator[Any]:
        for part in parts:
            if isinstance(part, ast.Starred):
                value = self._value(part.value)
                self._used(value)
                yield from value if isinstance(value, list | tuple) else ()
            else:
                value = self._value(part)
                self._used(value)
                yield value

    def _sum(self, node: ast.AST, left: Any, right: Any, op: type = ast.Add) -> Any:
        if isinstance(left, Flow) or isinstance(right, Flow):
            if op is not ast.Add or not (isinstance(left, Flow) and isinstance(right, Flow)):
                raise Unfollowed(node)
            return self._put(Add(), left, right)
        if isinstance(left, list) and isinstance(right, list) and op is ast.Add:
            self._used([left, right])
            return [*left, *right]
        numbers = all(isinstance(n, int | float) and abs(n) <= LARGEST for n in (left, right))
        if numbers and op in _SUMS and not (right == 0 and op not in (ast.Add, ast.Sub, ast.Mult)):
            return _SUMS[op](left, right)
        return UNKNOWN

    def _put(self, layer: Any, *inputs: Flow) -> Flow:
        assert self.writer is not None
        return Flow(self.writer.add(layer, [flow.node for flow in inputs]))

    def _call(self, node: ast.Call) -> Any:
        name = layer_name(node)
        if name is not None and self._names.get(dotted(node.func) or "") is None:
            if keras_kind(name)[0] if self.keras else is_known(name):
                return self._layer(name, node)
            if name in ("Sequential", "ModuleList", "OrderedDict") or printed_parts(node):
                return self._container(name, node)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        owner = self._value(node.func.value) if isinstance(node.func, ast.Attribute) else None
        args = list(self._several(node.args))
        if isinstance(owner, list) and method in ("append", "extend") and len(args) == 1:
            owner.extend([args[0]] if method == "append" else layers_in(args[0]))
            return None
        if self.keras and method == "add" and len(args) == 1:  # model.add(layer)
            if isinstance(owner, Chain):
                owner.items.extend(layers_in(args[0]))
            self._root(owner if isinstance(owner, Chain) else args[0])
            return None
        if self.writer is not None and (isinstance(owner, Flow) or _holds_flow(args)):
            return self._through(node, owner, method, args)
        called = self._names.get(dotted(node.func) or "", UNKNOWN)
        written = (dotted(node.func) or "").removeprefix("torch.")
        if name is not None and called is UNKNOWN and re.match(r"(\w+\.)*(nn|layers)\.", written):
            self._say(f"{written} is not known here and was left out.")
            return Item(None)
        return UNKNOWN

    def _layer(self, name: str, node: ast.Call) -> Item | Chain:
        args = list(self._several(node.args))
        named = {k.arg: self._value(k.value) for k in node.keywords if k.arg is not None}
        given_name = named.get("name")
        if self.keras:
            named = {key: value for key, value in named.items() if key in keras_settings(name)}
            self.input_shape = self.input_shape or keras_input(name, args, named)
        for value in (*args, *named.values()):
            if value is UNKNOWN or any(part is UNKNOWN for part in _parts(value)):
                raise NotationError(
                    f"Line {node.lineno}: {ast.unparse(node)[:60]} has a setting that is not a "
                    "number; write the number there."
                )
        makes: list[Found]
        try:
            if self.keras:
                makes, said = keras_layer(name, args, named)
            else:
                make, said = torch_layer(name, args, named)
                makes = [make]
        except NotationError as error:
            raise NotationError(f"Line {node.lineno}: {error}") from None
        for sentence in said:
            self._say(sentence)
        self.found = True
        items = [Item(make, where=f"Line {node.lineno}: ") for make in makes]
        if items and self.keras and isinstance(given_name, str):
            items[0].name = given_name
        return items[0] if len(items) == 1 else Chain(items)

    def _container(self, name: str, node: ast.Call) -> Any:
        """nn.Sequential and its like: what is in it, with the names that are given."""
        items: list[Item] = []
        for value in self._several(node.args):
            pairs = value if name == "OrderedDict" and isinstance(value, list) else None
            if pairs is not None and all(isinstance(pair, tuple) for pair in pairs):
                items += [_named(item, str(pair[0])) for pair in pairs for item in layers_in(pair)]
            else:
                items += layers_in(value)
        for keyword in node.keywords:
            inner = self._value(keyword.value)
            name_given = (keyword.arg or "").removeprefix("n_")
            items += [_named(inner, name_given)] if isinstance(inner, Item) else layers_in(inner)
        if printed_parts(node) and name not in ("Sequential", "ModuleList"):
            self._say(
                "A printed model does not say how its layers are joined; they stand one after the "
                "other."
            )
        return Chain(items) if name != "ModuleList" else items

    def _through(self, node: ast.Call, owner: Any, method: str, args: list[Any]) -> Any:
        """A call in forward that something passes through."""
        assert self.writer is not None
        module = self._names.get(dotted(node.func) or "", UNKNOWN)
        flows = [arg for arg in args if isinstance(arg, Flow)]
        if isinstance(module, Item | Chain) and len(args) == len(flows) == 1:
            chain = module if isinstance(module, Chain) else Chain([module])
            return Flow(self.writer.chain(chain, flows[0].node))
        name = method or (dotted(node.func) or "")
        named = {k.arg: self._value(k.value) for k in node.keywords if k.arg is not None}
        if name in ("cat", "concat", "concatenate") and args and isinstance(args[0], tuple | list):
            if all(isinstance(part, Flow) for part in args[0]) and len(args[0]) > 1:
                axis = args[1] if len(args) > 1 else named.get("dim", named.get("axis"))
                if axis in (1, -3):
                    return self._put(Concatenate(), *args[0])
            raise Unfollowed(node)
        if name == "add" and len(flows) == 2:
            return self._put(Add(), *flows)
        flow, rest = (owner, args) if isinstance(owner, Flow) else (args[0], args[1:])
        if not isinstance(flow, Flow):
            raise Unfollowed(node)
        if name in ("view", "reshape", "flatten"):
            return flow if self.writer.is_row(flow.node) else self._put(Flatten(), flow)
        if name == "mean":
            return self._put(Flatten(), self._put(AdaptiveAvgPool(1), flow))
        if name in ("size", "dim", "numel"):
            return UNKNOWN
        if name in ("contiguous", "clone", "to", "float"):
            return flow
        layer = _FUNCTIONS.get(name) or _pool_class(name)
        if layer is None:
            raise Unfollowed(node)
        if name == "log_softmax":
            self._say("log_softmax is taken as softmax.")
        named.pop("training", None)
        plain = [] if layer == "Softmax" else [n for n in rest if n is not UNKNOWN]
        make: Found = torch_layer(layer, plain, named)[0]
        item = Item(make, where=f"Line {node.lineno}: ")
        return Flow(self.writer.chain(Chain([item]), flow.node))


def _pool_class(name: str) -> str | None:
    """max_pool2d as MaxPool2d."""
    if not re.fullmatch(r"(max|avg|lp|adaptive_avg)_pool[123]d|dropout[123]d", name):
        return None
    words = "".join(word.capitalize() for word in name.split("_"))
    return words.replace("Lp", "LP")


def _named(item: Item, name: str) -> Item:
    if not item.name and not name.isdigit():
        item.name = name
    return item


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        for part in value:
            yield part
            yield from _parts(part)


def _holds_flow(value: Any) -> bool:
    return isinstance(value, Flow) or any(isinstance(part, Flow) for part in _parts(value))
