"""A layer at a step as a drawing: input, kernel, output, the windows, and the step's arithmetic.

What stays the same at every step (`still`) is drawn apart from what a step changes (`moment`), so
that an animation draws the cells of input and kernel once.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from app.components.stage.payload import StagePayload
from app.drawings.cells import Look, filled, fitted, pixels, ranged, shaded
from app.drawings.places import TITLE, Group, Placed, arranged
from app.drawings.sums import formula_lines, motion, step_lines
from app.drawings.svg import document, layer, outline, text
from kernels import Scene
from kernels.layers.links import Links
from kernels.ops.trace import step_place

MARGIN, LINE = 28.0, 25.0
_LETTER = 8.1
"""The width of a letter of running text."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Board:
    """A layer as it is drawn.

    Attributes
    ----------
    scene : the layer with its numbers, whose step is drawn
    payload : what the stage is handed of it
    dark : whether it is drawn on a dark page
    also : more kinds of pooling of the same windows
    """

    scene: Scene
    payload: StagePayload
    dark: bool = False
    also: tuple[str, ...] = ()

    def svg(self) -> str:
        """The whole drawing as a file."""
        body = self.still() + self.moment(self.scene.step)
        return document(body, *self.size, self.words, self.dark)

    def overlay(self, step: int) -> str:
        """What a step adds to the drawing of all that stays."""
        return layer(self.moment(step), *self.size, self.dark)

    def underlay(self) -> str:
        """The drawing of all that stays."""
        return document(self.still(), *self.size, self.title, self.dark)

    @property
    def title(self) -> str:
        """The drawing in words."""
        return f"{self.titles[0]}, {self.titles[1].lower()}, {self.titles[2].lower()}"

    @property
    def words(self) -> str:
        """The drawing and its step in words: a caption, or a text for who does not see it."""
        return f"{self.title}. {self._sentence(self.scene.step)}"

    @property
    def story(self) -> str:
        """The whole animation in words."""
        steps, moves = self.scene.steps, motion(self.scene)
        last = f" {self._sentence(steps - 1)}" if steps > 1 else ""
        return f"{self.title}. In {steps} steps {moves}. {self._sentence(0)}{last}"

    def _sentence(self, step: int) -> str:
        first, *rest = self._said(step)
        said = ": ".join([first, *([" ".join(rest)] if rest else [])])
        return said if said[-1] in ".?" else f"{said}."

    @cached_property
    def titles(self) -> tuple[str, str, str]:
        """What stands above input, kernel and output."""
        shape, rank = self.scene.input.array.shape, self.scene.layer.rank
        padded = tuple(links.padded for links in self.scene.links)
        name = f"Input {_by(shape if shape[0] > 1 else shape[1:])}"
        if padded != shape[1:]:
            spread = any(links.span > links.input for links in self.scene.links)
            name += f", {'zeros put in:' if spread else 'padded to'} {_by(padded)}"
        taps = tuple(links.taps for links in self.scene.links)
        kernels = self.scene.out_channels
        kernel = f"{'Kernel' if self.payload.kernel is not None else 'Window'} {_by(taps)}"
        if self.payload.kernel is not None and kernels > 1:
            kernel += f", 1 of {kernels}"
        output = (kernels, *self.scene.output_size)
        return name, kernel, f"Output {_by(output if kernels > 1 else output[-rank:])}"

    @cached_property
    def _links(self) -> tuple[Links, Links]:
        return self.payload.links

    @cached_property
    def _cells(self) -> tuple[int, int]:
        """Rows and columns of a panel of the input, all that is drawn."""
        rows, columns = self._links
        return len(rows.sources), len(columns.sources)

    @cached_property
    def _outputs(self) -> np.ndarray:
        """All output maps, those of one layer after those of the other, (panels, H, W)."""
        return np.concatenate([np.asarray(made.output, float) for made in self.payload.layers])

    @cached_property
    def _placed(self) -> tuple[int, tuple[Placed, ...]]:
        kernel = self.payload.kernel
        rows, columns = self._links
        widths = [len(title) * 10.6 for title in self.titles]
        layers = len(self.payload.layers)
        groups = (
            Group(len(self.payload.input), *self._cells, widths[0]),
            Group(0 if kernel is None else kernel.shape[1], rows.taps, columns.taps, widths[1]),
            Group(len(self._outputs), *self._outputs.shape[1:], widths[2], layers),
        )
        lines = len(formula_lines(self.scene))
        return arranged(groups, MARGIN, MARGIN + LINE * lines + 8)

    @cached_property
    def _board_size(self) -> tuple[float, float]:
        _, places = self._placed
        right = max(place.x + place.width for place in places)
        longest = max(map(len, formula_lines(self.scene)), default=0) * _LETTER + MARGIN
        return max(right, longest, 640.0), max(place.y + place.height for place in places)

    @cached_property
    def _letters(self) -> int:
        """How many letters of the arithmetic stand on a line."""
        return int((self._board_size[0] - MARGIN) / _LETTER)

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height, the same at every step."""
        width, height = self._board_size
        steps = range(0, self.scene.steps, max(1, self.scene.steps // 12))
        lines = max(len(self._said(step)) for step in (*steps, self.scene.step))
        return width + MARGIN, height + (lines + 1) * LINE + MARGIN + 10

    def still(self) -> str:
        """What is the same at every step: titles, formulas, the input; the kernel if it is one."""
        parts = [
            text(MARGIN, MARGIN + 12 + LINE * n, line, "quiet")
            for n, line in enumerate(formula_lines(self.scene))
        ]
        _, (given, weights, made) = self._placed
        roles = ("input", "kernel", "output")
        for role, title, place in zip(roles, self.titles, (given, weights, made), strict=True):
            parts.append(text(place.x, place.y + TITLE - 10, title, "title", "bold", role))
        signs = (("→", 8), ("→", 8)) if self.payload.kernel is None else (("*", 15), ("=", 8))
        axis = given.y + (TITLE + given.height) / 2
        for (sign, down), place in zip(signs, (weights, made), strict=True):
            parts.append(text(place.x - 28, axis + down, sign, "sign", "middle"))
        parts.append(self._input())
        width, height = self.size
        parts.append(text(width - MARGIN, height - 12, "Slide & Sum", "small", "quiet", "end"))
        return "".join(parts)

    def moment(self, step: int) -> str:
        """What a step changes: the kernel of its map, the output so far, windows and arithmetic."""
        top = self._board_size[1] + LINE + 12
        lines = [
            text(MARGIN, top + LINE * n, line, *(("bold",) if n == 0 else ()))
            for n, line in enumerate(self._said(step))
        ]
        return self._kernel(step) + self._output(step) + self._windows(step) + "".join(lines)

    def _said(self, step: int) -> list[str]:
        """The step's place and its arithmetic, broken into lines."""
        scene = replace(self.scene, step=step)
        said = [f"Step {step + 1} of {scene.steps}"]
        if self.payload.predict:
            return [f"{said[0]}: what comes out?"]
        for line in step_lines(scene, self.also):
            said += textwrap.wrap(line, self._letters, break_long_words=False)
        if scene.adds_copies:
            _, channel, row, column = self._copy(step)
            value = self._padded[channel, row, column]
            said.append(f"The kernel times {Look.write(value)}, added where its copy lands.")
        return said

    # The cells.

    @cached_property
    def _zones(self) -> list[list[str]]:
        """Of each axis, what each cell is: 'input', 'padding' or 'over', beyond the padding."""
        return [[_zone(links, cell) for cell in range(len(links.sources))] for links in self._links]

    @cached_property
    def _padded(self) -> np.ndarray:
        """The input with its padding, (C, H, W); NaN where a cell holds no number."""
        x = np.asarray(self.payload.input, float)
        value = self.payload.padding_value
        padded = np.full((len(x), *self._cells), np.nan if value is None else value)
        rows, columns = self._links
        for (r, row), (c, column) in product(enumerate(rows.sources), enumerate(columns.sources)):
            zone = self._zone(r, c)
            if row is not None and column is not None:
                padded[:, r, c] = x[:, row, column]
            elif zone == "over":
                padded[:, r, c] = np.nan
        return padded

    def _zone(self, row: int, column: int) -> str:
        zones = self._zones[0][row], self._zones[1][column]
        return next((zone for zone in ("over", "padding") if zone in zones), "input")

    def _input(self) -> str:
        size, (place, *_) = self._placed
        padded, volume = self._padded, self.payload.volume
        rows, columns = self._links
        unused = [[not read for read in links.read_by] for links in (rows, columns)]
        absent = self.payload.layers[0].absent
        look = Look(size, fitted(padded, size), self.dark)
        shade, parts = ranged("input", padded), []
        for channel, (x, y) in enumerate(place.panels):
            light = pixels(self.payload.planes[channel]) if self.payload.planes else None
            whole = volume is not None and volume.padding[channel]
            for row, column in product(*map(range, self._cells)):
                zone = "padding" if whole else self._zone(row, column)
                if self.payload.landings == () and (unused[0][row] or unused[1][column]):
                    zone = "unused" if zone != "over" else zone
                value = padded[channel, row, column]
                words = absent if np.isnan(value) and zone == "padding" else None
                tint = light if light and zone == "input" else shade
                parts.append(filled(look, x, y, row, column, value, tint, zone, words))
            if len(place.panels) > 1:
                name = self._channel_name(channel, volume.inputs if volume else None)
                parts.append(_label(x, y + self._cells[0] * size, name))
        return "".join(parts)

    def _channel_name(self, at: int, places: Sequence[tuple[int, int]] | None) -> str:
        if places is not None:
            channel, frame = places[at]
            several = len({channel for channel, _ in places}) > 1
            return f"{f'channel {channel}, ' if several else ''}frame {frame}".replace("-", "−")
        return self.payload.planes[at] if len(self.payload.planes) > 1 else f"channel {at}"

    def _kernel(self, step: int) -> str:
        kernel = self.payload.kernel
        if kernel is None:
            return ""
        size, (_, place, _) = self._placed
        which, volume = self._kernel_of(self._map(step)), self.payload.volume
        weights = np.asarray(kernel, float)
        look = Look(size, fitted(weights, size), self.dark)
        shade, parts = shaded("kernel", weights), []
        reads = self.payload.channels[self._map(step)]
        for at, (x, y) in enumerate(place.panels):
            for row, column in np.ndindex(*weights.shape[2:]):
                value = weights[which, at, row, column]
                parts.append(filled(look, x, y, row, column, value, shade, "input"))
            if len(place.panels) > 1:
                if volume:
                    name = self._channel_name(at, volume.slices)
                else:
                    name = self._channel_name(reads[at], None)
                parts.append(_label(x, y + weights.shape[2] * size, name))
        if self.payload.bias is not None:
            words = f"bias {Look.write(self.payload.bias[which])}"
            parts.append(text(place.x, place.y + place.height + LINE - 4, words, "bias", "bold"))
        return "".join(parts)

    def _kernel_of(self, output: int) -> int:
        volume = self.payload.volume
        return volume.outputs[output][0] if volume else output

    def _output(self, step: int) -> str:
        size, (_, _, place) = self._placed
        outputs, shown = self._outputs, self._shown(step)
        look = Look(size, fitted(np.concatenate([outputs, shown]), size), self.dark)
        shade, parts = shaded("output", outputs), []
        maps, layers = len(self.payload.channels), self.payload.layers
        volume = self.payload.volume
        for at in range(len(outputs)):
            # A line for each map, with the poolings side by side.
            slot = at % maps * len(layers) + at // maps
            x, y = place.panels[slot]
            for row, column in np.ndindex(*outputs.shape[1:]):
                value = shown[at, row, column]
                parts.append(filled(look, x, y, row, column, value, shade, "input"))
            names = [layers[at // maps].title] if len(layers) > 1 else []
            if maps > 1:
                name = self._channel_name(at, volume.outputs) if volume else f"channel {at % maps}"
                names.append(name)
            if names:
                parts.append(_label(x, y + outputs.shape[1] * size, ", ".join(names)))
        return "".join(parts)

    def _shown(self, step: int) -> np.ndarray:
        """The output numbers that have come by a step; NaN for those that have not."""
        if self.scene.adds_copies:
            running = replace(self.scene, step=step).running_output()
            return running.reshape(self._outputs.shape)
        each = self._outputs.reshape(len(self.payload.layers), -1).copy()
        come = step if self.payload.predict else step + 1
        if not self.payload.revealed:
            each[:, come:] = np.nan
        return each.reshape(self._outputs.shape)

    # The windows.

    def _map(self, step: int) -> int:
        if self.scene.adds_copies:
            return self._copy(step)[0]
        return self._window(step)[0]

    def _window(self, step: int) -> tuple[int, tuple[int, ...]]:
        """Of a step that works out an output cell: its map and its place."""
        return step_place(step, self._outputs.shape[1:], len(self.payload.channels))

    def _copy(self, step: int) -> tuple[int, int, int, int]:
        """Of a step that adds a copy: the output map, and the input number's place."""
        size = self.payload.input.shape[1:]
        per = len(self.payload.channels[0])
        output, (at, row, column) = step_place(step, (per, *size), len(self.payload.channels))
        return output, self.payload.channels[output][at], row, column

    def _windows(self, step: int) -> str:
        size, (given, _, made) = self._placed
        if self.scene.adds_copies:
            output, channel, row, column = self._copy(step)
            lands = [
                [cell for cell in axis[at] if cell is not None]
                for axis, at in zip(self.payload.landings, (row, column), strict=True)
            ]
            read = _framed(_boxes(given.panels[channel], [row], [column], size))
            return read + outline(_boxes(made.panels[output], *lands, size), "place")
        output, (row, column) = self._window(step)
        cells = [
            [cell for _, cell in links.reads[at]]
            for links, at in zip(self._links, (row, column), strict=True)
        ]
        parts = [
            _framed(_boxes(given.panels[channel], *cells, size))
            for channel in self.payload.channels[output]
        ]
        layers, maps = len(self.payload.layers), len(self.payload.channels)
        panels = [output % maps * layers + n for n in range(layers)]
        parts += [
            outline(_boxes(made.panels[slot], [row], [column], size), "place") for slot in panels
        ]
        return "".join(parts)


def _framed(boxes: list[Box]) -> str:
    """The window's outline, with its casing."""
    return outline(boxes, "casing") + outline(boxes, "taps")


def _boxes(
    corner: tuple[float, float], rows: Sequence[int], columns: Sequence[int], size: float
) -> list[Box]:
    """The cells of a window: one box where they touch, else one for each."""
    x, y = corner
    if not rows or not columns:
        return []
    if _touch(rows) and _touch(columns):
        return [
            (
                x + min(columns) * size,
                y + min(rows) * size,
                len(columns) * size,
                len(rows) * size,
            )
        ]
    return [(x + column * size, y + row * size, size, size) for row in rows for column in columns]


def _touch(cells: Sequence[int]) -> bool:
    return max(cells) - min(cells) + 1 == len(cells)


def _zone(links: Links, cell: int) -> str:
    if cell >= links.padded:
        return "over"
    outside = not links.before <= cell < links.before + links.span
    between = links.span > links.input and links.sources[cell] is None
    return "padding" if outside or between else "input"


def _label(x: float, bottom: float, words: str) -> str:
    return text(x, bottom + 15, words, "note", "quiet")


def _by(size: Sequence[int]) -> str:
    return " × ".join(map(str, size))
