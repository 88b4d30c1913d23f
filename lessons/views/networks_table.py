"""A network as a table: a line for each layer, large networks folded block by block."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from kernels.layers.cost import memory_bytes
from kernels.networks.layers import layer_kind
from kernels.networks.network import INPUT, Node
from kernels.networks.summary import Row, Totals, totals
from lessons.views.networks import FEW_LAYERS, NetworksView, blocks_of
from lessons.views.networks_words import by, field_words, settings_words

HEADS = ("Output", "Weights", "Biases", "MACs", "Memory", "Sees", "Jump")


@dataclass(frozen=True)
class Line:
    """A line of the table.

    Attributes
    ----------
    id : the layer's name, or the block's title
    title, words : what it is and how it is set
    cells : its figures, one for each of `HEADS`; empty where the network does not get so far
    share : its part of all parameters, from 0 to 1
    folds : whether layers are folded into it; open : whether they are listed below it
    inner : whether it stands in a block
    chosen, bad : whether it was chosen; whether it does not fit
    """

    id: str
    title: str
    words: str
    cells: tuple[str, ...]
    share: float = 0.0
    folds: bool = False
    open: bool = False
    inner: bool = False
    chosen: bool = False
    bad: bool = False


def is_large(view: NetworksView) -> bool:
    """Whether a network folds."""
    return len(view.network.nodes) > FEW_LAYERS and len(blocks_of(view.network)) > 1


def lines(view: NetworksView) -> tuple[Line, ...]:
    """The lines of the table, from the input to the output.

    >>> from lessons.views.networks import settle_networks
    >>> first, *_ = lines(settle_networks({})[0])
    >>> first.title, first.words, first.cells[:3]
    ('conv1', '6 of 5 × 5, padding 2', ('6 × 28 × 28', '150', '6'))
    >>> [line.id for line in lines(settle_networks({"net": "resnet18"})[0]) if line.folds][:1]
    ['conv1']
    """
    total = totals(view.checked.rows).parameters if view.checked.rows else 0
    names = [INPUT, *(node.name for node in view.network.nodes)]
    nodes = dict(zip(names[1:], zip(view.network.nodes, names, strict=False), strict=True))
    if not is_large(view):
        return tuple(_layer_line(view, *pair, total) for pair in nodes.values())
    found: list[Line] = []
    for block in blocks_of(view.network):
        if len(block.names) == 1:
            found.append(_layer_line(view, *nodes[block.names[0]], total))
            continue
        chosen = view.at in block.names
        opened = block.title in view.unfolded or chosen or view.checked.at in block.names
        rows = [row for name in block.names if (row := view.row(name))]
        count = sum(1 for row in rows if row.parameters)
        fits = len(rows) == len(block.names)
        found.append(
            Line(
                id=block.title,
                title=block.title,
                words=f"{len(block.names)} layers, {count} with weights",
                cells=_block_cells(view, rows) if fits else (),
                share=_share(sum(row.parameters for row in rows), total) if fits else 0.0,
                folds=True,
                open=opened,
                bad=view.checked.at in block.names,
            )
        )
        if opened:
            found += [_layer_line(view, *nodes[name], total, inner=True) for name in block.names]
    return tuple(found)


def _layer_line(
    view: NetworksView, node: Node, before: str, total: int, inner: bool = False
) -> Line:
    """A layer's line; `before` stands above it, and is read unless it says otherwise."""
    row = view.row(node.name)
    words = settings_words(node.layer)
    kind = layer_kind(node.layer)
    reads = "" if node.inputs == (before,) else f"of {' and '.join(node.inputs)}"
    return Line(
        id=node.name,
        title=node.name,
        words=", ".join(filter(None, (kind if _is_unsaid(kind, node.name) else "", words, reads))),
        cells=_cells(view, row) if row else (),
        share=_share(row.parameters, total) if row else 0.0,
        inner=inner,
        chosen=node.name == view.at,
        bad=node.name == view.checked.at,
    )


def _is_unsaid(kind: str, name: str) -> bool:
    """Whether a layer's name does not say what it is."""
    plain = name.rsplit(".", 1)[-1].rstrip("0123456789_").replace("_", " ")
    return not plain.startswith(kind) and not kind.endswith(plain or "?")


def _share(parameters: int, total: int) -> float:
    return round(parameters / total, 4) if total else 0.0


def _cells(view: NetworksView, row: Row) -> tuple[str, ...]:
    sees, jump = field_words(row.field)
    return (
        by(row.shape),
        _count(row.weights),
        _count(row.biases),
        _count(row.macs),
        memory_bytes(view.batch * row.activations + row.parameters),
        sees,
        jump,
    )


def _block_cells(view: NetworksView, rows: Sequence[Row]) -> tuple[str, ...]:
    summed = totals(rows)
    sees, jump = field_words(rows[-1].field)
    return (
        by(rows[-1].shape),
        _count(summed.weights),
        _count(summed.biases),
        _count(summed.macs),
        memory_bytes(view.batch * summed.activations + summed.parameters),
        sees,
        jump,
    )


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


def total_line(view: NetworksView) -> tuple[str, ...]:
    """The sums of the whole network, a cell for each of `HEADS`."""
    if not view.checked.rows:
        return ("",) * len(HEADS)
    summed = totals(view.checked.rows)
    memory = memory_bytes(view.batch * summed.activations + summed.parameters)
    weights, biases = f"{summed.weights:,}", f"{summed.biases:,}"
    return "", weights, biases, f"{summed.macs:,}", memory, "", ""


def network_sentence(view: NetworksView) -> str:
    """The network in a sentence.

    >>> from lessons.views.networks import settle_networks
    >>> print(network_sentence(settle_networks({})[0]))
    61,706 parameters, 416,520 multiply-adds for one input of 1 × 28 × 28; 10 numbers come out.
    """
    rows = view.checked.rows
    given = by(view.network.input_shape)
    if not rows:
        return f"No layer fits the input of {given} yet."
    summed: Totals = totals(rows)
    out = rows[-1].shape
    end = f"{out[0]:,} numbers come out" if len(out) == 1 else f"{by(out)} come out"
    counts = f"{summed.parameters:,} parameters, {summed.macs:,} multiply-adds"
    so_far = " so far" if view.checked.fault else ""
    return f"{counts} for one input of {given}{so_far}; {end}."


def heaviest(rows: Sequence[Row], what: str) -> Iterator[tuple[str, int, float]]:
    """The two layers that hold most: name, number and share. `what`: 'parameters' or 'macs'.

    >>> from lessons.views.networks import settle_networks
    >>> for name, count, share in heaviest(settle_networks({})[0].checked.rows, "parameters"):
    ...     print(name, count, f"{share:.0%}")
    fc1 48120 78%
    fc2 10164 16%
    """
    counts = {row.name: getattr(row, what) for row in rows}
    total = sum(counts.values())
    for name, count in sorted(counts.items(), key=lambda item: -item[1])[:2]:
        if count:
            yield name, count, count / total


def heaviest_sentence(view: NetworksView, what: str) -> str:
    """The two layers with most parameters, or most multiply-adds.

    >>> from lessons.views.networks import settle_networks
    >>> print(heaviest_sentence(settle_networks({})[0], "parameters"))
    Most parameters: fc1 (78%) and fc2 (16%), together 94%.
    """
    found = list(heaviest(view.checked.rows, what))
    if not found:
        return ""
    noun = "parameters" if what == "parameters" else "multiply-adds"
    names = " and ".join(f"{name} ({share:.0%})" for name, _, share in found)
    both = f", together {sum(share for *_, share in found):.0%}" if len(found) > 1 else ""
    return f"Most {noun}: {names}{both}."


def as_csv(view: NetworksView) -> str:
    """Every layer of the network as comma-separated values."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(_plain_table(view))
    return text.getvalue()


def as_markdown(view: NetworksView) -> str:
    """Every layer of the network as a Markdown table."""
    head, *rest = _plain_table(view)
    rule = ["---"] * 2 + ["---:"] * (len(head) - 2)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rest)) + "\n"


def _plain_table(view: NetworksView) -> list[list[str]]:
    """The figures as a program reads them: without spaces or commas in numbers."""
    names = {INPUT, *(node.name for node in view.network.nodes)}
    rows = [
        ["layer", "kind", "output", "weights", "biases", "MACs", "receptive field", "jump", "reads"]
    ]
    for row in view.checked.rows:
        sees, jump = field_words(row.field)
        reads = " ".join(name for name in row.inputs if name in names)
        counts = [str(n) for n in (row.weights, row.biases, row.macs)]
        shape = "x".join(map(str, row.shape))
        fields = [text.replace(" ", "").replace("×", "x").replace(",", "") for text in (sees, jump)]
        rows.append([row.name, row.kind, shape, *counts, *fields, reads])
    return rows
