"""What a line of pasted code is: which name it calls, whether it changes anything."""

from __future__ import annotations

import ast


def dotted(node: ast.expr) -> str | None:
    """conv1, self.conv1, nn.Conv2d; None for anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            before = dotted(value)
            return None if before is None else f"{before}.{attr}"
    return None


def layer_name(node: ast.Call) -> str | None:
    """The class that is called: Conv2d of nn.Conv2d(...); None for a function."""
    name = (dotted(node.func) or "").rpartition(".")[2]
    return name if name[:1].isupper() else None


def printed_parts(node: ast.Call) -> bool:
    return any((keyword.arg or "").startswith("n_") for keyword in node.keywords)


def only_says(statement: ast.stmt) -> bool:
    """Whether a statement changes no number: a docstring, print, assert, pass."""
    match statement:
        case ast.Assert() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
    return False
