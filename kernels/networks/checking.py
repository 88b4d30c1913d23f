"""Whether a network fits, where it stops fitting, why, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kernels.errors import ShapeError
from kernels.networks.mending import gets_further, ways_to_mend
from kernels.networks.network import Network
from kernels.networks.summary import Row, rows_of

MOST_MENDS = 5


@dataclass(frozen=True)
class Mend:
    """A change that gets a network further: what it does, in a few words, and what comes of it."""

    title: str
    network: Network


@dataclass(frozen=True)
class Checked:
    """What is known of a network that may not fit.

    rows: of the layers up to the first that does not fit. fault: a sentence that says why it does
    not; empty where all fit. at: that layer's name. mends: what would help, most natural first;
    each gets the network further.
    """

    rows: tuple[Row, ...]
    fault: str = ""
    at: str = ""
    mends: tuple[Mend, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.fault


def check(network: Network) -> Checked:
    """Say whether a network fits, and what would help if it does not.

    >>> from kernels.networks.notation import read_network, written
    >>> checked = check(read_network("1x16x16;c40k13;flat;l10i1280"))
    >>> print(checked.fault)
    Layer 'linear1' (linear) takes a row of 1,280 numbers but 'flatten1' gives 640; use \
in_features=640.
    >>> for mend in checked.mends:
    ...     print(f"{mend.title:28}", written(mend.network))
    Set in_features to 640       1x16x16;c40k13;flat;l10
    Let conv1 make 80 channels   1x16x16;c80k13;flat;l10
    Remove linear1               1x16x16;c40k13;flat
    """
    rows: list[Row] = []
    try:
        rows.extend(rows_of(network))  # those before the fault are kept
    except ShapeError as error:
        at = network.nodes[len(rows)].name
        return Checked(tuple(rows), str(error), at, tuple(_mends(network, at)))
    return Checked(tuple(rows))


def _mends(network: Network, at: str) -> Iterator[Mend]:
    """The first few ways that really get further, each once."""
    seen: list[Network] = []
    for title, make in ways_to_mend(network, at):
        try:
            mended = make()
        except ShapeError:
            continue  # such a layer cannot be
        if gets_further(mended, network, at) and mended not in seen:
            seen.append(mended)
            yield Mend(title, mended)
        if len(seen) == MOST_MENDS:
            return
