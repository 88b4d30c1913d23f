"""Pasted PyTorch code followed as far as it builds layers: a few kinds of statements, no more.

Nothing is executed: what is not a layer, a number, a text or a list of them is UNKNOWN. Classes,
functions, loops and conditions of the text are gone through where their numbers are known.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kernels.networks.code.calls import dotted, only_says
from kernels.networks.code.expressions import value_of
from kernels.networks.code.modules import (
    UNKNOWN,
    Chain,
    Flow,
    Function,
    Module,
    ModuleClass,
    bound,
    called,
    holds_flow,
    layers_in,
)
from kernels.networks.code.plain_values import (
    grown,
    listed,
    sum_of,
    truth,
)
from kernels.networks.code.torch_calls import layer_class, makes_layers
from kernels.networks.code.torch_forward import Unfollowed
from kernels.networks.graph_writer import GraphWriter, Item
from kernels.networks.layers import Add, Shape
from kernels.reading.notation import NotationError

MOST_STEPS = 60_000
"""Values that are looked at before a text is taken to be endless."""
DEEPEST = 40
"""Functions of the text that call one another."""


@dataclass(frozen=True)
class Returned:
    """What a function hands back."""

    value: Any


@dataclass
class Values:
    """What the names of a text stand for, as its statements are gone through."""

    said: list[str] = field(default_factory=list)
    writer: GraphWriter | None = None
    found: bool = False
    keras: bool = False
    input_shape: Shape | None = None
    roots: list[Any] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    local: dict[str, Any] | None = None
    running: list[Function] = field(default_factory=list)
    line: int = 0
    _steps: int = 0

    # Names

    def find(self, name: str) -> Any:
        if self.local is not None and name in self.local:
            return self.local[name]
        return self.names[name] if name in self.names else layer_class(self, name)

    def say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)

    def spend(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise NotationError(
                "The loops of this text take too long to be followed; write its layers out."
            )

    def used(self, value: Any) -> None:
        """What becomes part of something else stands there, no more by itself."""
        if self.roots and self.local is None:
            parts = {id(value)}
            waiting = [value]
            while waiting:
                one = waiting.pop()
                for part in one if isinstance(one, list | tuple) else ():
                    if id(part) not in parts:
                        parts.add(id(part))
                        waiting.append(part)
            self.roots = [root for root in self.roots if id(root) not in parts]

    def root(self, value: Any) -> None:
        """Something that the text makes outside of its classes and functions."""
        if self.local is None and (isinstance(value, list | Module | Chain) or layers_in(value)):
            self.used(value)
            self.roots.append(value)
            self.spend(len(self.roots) // 100)

    # Statements

    def run(self, body: Sequence[ast.stmt]) -> Returned | None:
        """Go through statements; what forward does with the numbers is put down by the writer."""
        for statement in body:
            self.spend()
            self.line = statement.lineno
            returned = self._step(statement)
            if returned is not None:
                return returned
        return None

    def _step(self, statement: ast.stmt) -> Returned | None:
        match statement:
            case ast.ClassDef():
                self._set(statement.name, self._class(statement))
            case ast.FunctionDef():
                self._set(statement.name, Function(statement))
            case ast.Return(value=value):
                return Returned(self.value(value) if value else None)
            case ast.If(test=test, body=then, orelse=other):
                holds = truth(self.value(test))
                if holds is not None:
                    return self.run(then if holds else other)
                self._not_followed(statement)
            case ast.For():
                return self._loop(statement)
            case ast.With(body=inner):
                return self.run(inner)
            case ast.While() | ast.Try():
                self._not_followed(statement)
            case _:
                self._simple(statement)
        return None

    def _set(self, name: str, value: Any) -> None:
        (self.names if self.local is None else self.local)[name] = value

    def _loop(self, statement: ast.For) -> Returned | None:
        items = None
        if self.writer is not None or makes_layers(statement, self):
            items = listed(self.value(statement.iter))
        if items is None:
            self._not_followed(statement)
            return None
        for item in list(items):
            self.assign(statement.target, item)
            returned = self.run(statement.body)
            if returned is not None:
                return returned
        return None

    def _not_followed(self, statement: ast.stmt) -> None:
        if self.writer is not None:
            raise Unfollowed(statement)
        word = type(statement).__name__.lower()
        if makes_layers(statement, self):
            self.say(
                f"The {word} in line {statement.lineno} is not followed; write its layers out."
            )

    def _simple(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                given = self.value(value)
                for target in targets:
                    self.assign(target, given)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.assign(target, self.value(value))
            case ast.AugAssign(target=target, op=op, value=value):
                before, more = self.value(target), self.value(value)
                if isinstance(before, list) and isinstance(more, list | tuple):
                    self.used(more)
                    before.extend(more)
                    grown(before)
                else:
                    self.assign(target, self.summed(statement, before, more, type(op)))
            case ast.Expr(value=value):
                self.root(self.value(value))
            case _ if self.writer is not None and not only_says(statement):
                raise Unfollowed(statement)

    def assign(self, target: ast.expr, value: Any) -> None:
        """Give a name, an attribute or several of them a value."""
        match target:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                several = listed(value)
                if several is not None and len(several) == len(parts):
                    for part, one in zip(parts, several, strict=True):
                        self.assign(part, one)
                    return
                if holds_flow(value):
                    raise Unfollowed(target)
                for part in parts:
                    self.assign(part, UNKNOWN)
                return
            case ast.Attribute(value=owner, attr=name) if isinstance(
                module := self.value(owner), Module
            ):
                module.names[name] = value
                called(value, name)
                return
        written = dotted(target)
        if written is None:
            if self.writer is not None and holds_flow(value):
                raise Unfollowed(target)
            return
        self._set(written, value)
        if self.local is None:
            called(value, written.removeprefix("self."))
        self.root(value)

    # Classes and functions

    def _class(self, node: ast.ClassDef) -> ModuleClass:
        bases = [self.value(base) for base in node.bases]
        made = ModuleClass(
            node.name,
            node,
            tuple(base for base in bases if isinstance(base, ModuleClass)),
            is_sequential=any((dotted(base) or "").endswith("Sequential") for base in node.bases),
        )
        outer, self.local = self.local, {**(self.local or {})}
        known = set(self.local)
        try:
            for statement in node.body:
                match statement:
                    case ast.FunctionDef():
                        self.local[statement.name] = Function(statement, of=made)
                    case ast.Assign() | ast.AnnAssign():
                        self._simple(statement)
            made.names = {key: one for key, one in self.local.items() if key not in known}
        finally:
            self.local = outer
        return made

    def make(self, made_of: ModuleClass, args: Sequence[Any], named: dict[str, Any]) -> Module:
        """What a class makes, given these settings."""
        module = Module(made_of)
        start = made_of.find("__init__")
        if isinstance(start, Function):
            self.call(replace(start, owner=module), args, named, made_of.name)
        elif any(one.is_sequential for one in made_of.order()):
            module.parts = self.chain(args)
        return module

    def chain(self, args: Sequence[Any]) -> Chain:
        """Layers and modules as one that passes through them one after the other."""
        self.used(args)
        if UNKNOWN in args:
            self.say(f"A layer in line {self.line} is not known here and was left out.")
        return Chain([arg for arg in args if isinstance(arg, Item | Module | Chain)])

    def call(
        self, function: Function, args: Sequence[Any], named: dict[str, Any], name: str
    ) -> Any:
        """What a function of the text hands back."""
        if len(self.running) >= DEEPEST:
            raise NotationError("This text is nested too deeply to be read.")
        node = function.node
        static = any(dotted(one) == "staticmethod" for one in node.decorator_list)
        owner = [function.owner] if function.owner is not None and not static else []
        outer, depth = self.local, len(self.running)
        given = node.args
        names = [*given.posonlyargs, *given.args]
        try:
            defaults = {
                argument.arg: self.value(default)
                for argument, default in [
                    *zip(reversed(names), reversed(given.defaults), strict=False),
                    *zip(given.kwonlyargs, given.kw_defaults, strict=True),
                ]
                if default is not None
            }
            self.local = bound(node, [*owner, *args], named, defaults, name)
            self.running.append(function)
            returned = self.run(node.body)
        finally:
            self.local = outer
            del self.running[depth:]
        return returned.value if returned else None

    # Values

    def value(self, node: ast.expr) -> Any:
        """What an expression stands for."""
        self.spend()
        return value_of(self, node)

    def several(self, parts: Sequence[ast.expr]) -> Iterator[Any]:
        """The values of expressions, those behind a star one by one."""
        for part in parts:
            if isinstance(part, ast.Starred):
                value = self.value(part.value)
                self.used(value)
                entries = listed(value) or ()
                self.spend(len(entries))
                yield from entries
            else:
                value = self.value(part)
                self.used(value)
                yield value

    def summed(self, node: ast.AST, left: Any, right: Any, op: type) -> Any:
        """What stands on both sides of a sign, put together; maps are added."""
        if isinstance(left, Flow) or isinstance(right, Flow):
            if op is not ast.Add or not (isinstance(left, Flow) and isinstance(right, Flow)):
                raise Unfollowed(node)
            return self.put(Add(), left, right)
        self.used([left, right])
        found = sum_of(left, right, op)
        self.spend(len(found) if isinstance(found, list | tuple) else 1)
        return found

    def put(self, layer: Any, *inputs: Flow) -> Flow:
        """Put down a layer on what passes through."""
        assert self.writer is not None
        return Flow(self.writer.add(layer, [flow.node for flow in inputs]))
