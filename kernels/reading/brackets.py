"""Numbers in brackets, as Python, MATLAB, Julia, R, C and Mathematica write them.

The text is read as a small expression: numbers and brackets, calls that make an array of one, and
what multiplies or divides them. Whatever is not understood is refused by its own name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kernels.reading.calls import Given, called, check_name, method
from kernels.reading.faults import AmbiguousError, Exact, NotationError, no_number, quoted
from kernels.reading.numerals import exact, is_number
from kernels.reading.tokens import Piece, pieces_of

Nested = list  # of Nested, or of Exact


@dataclass
class Value:
    """A number, or nested lists of numbers, times a factor.

    listed : whether it is one list of numbers between commas, without a layout of its own
    """

    of: Nested | Exact
    factor: Fraction = Fraction(1)
    listed: bool = False

    @property
    def is_array(self) -> bool:
        return isinstance(self.of, list)

    def settled(self) -> Nested | Exact:
        """The numbers with the factor multiplied in."""
        return _times(self.of, self.factor) if self.factor != 1 else self.of

    def number(self) -> Exact:
        """The one number that it is."""
        assert not isinstance(self.of, list)
        return self.of * self.factor if self.factor != 1 else self.of


def read_brackets(text: str, held: Sequence[Nested] = ()) -> Value:
    """Read one bracketed array, with what multiplies or divides it.

    >>> read_brackets("1/9 * np.array([[1, 2], [3, 4]])")
    Value(of=[[1, 2], [3, 4]], factor=Fraction(1, 9), listed=False)
    >>> read_brackets("[1 0 -1; 2 0 -2]").of
    [[1, 0, -1], [2, 0, -2]]

    held : arrays read before, for which ⟦0⟧, ⟦1⟧ ... stand. Raises NotationError.
    """
    reader = _Reader(pieces_of(text), held)
    arrays = [reader.product()]
    while reader.skip("space", "line", "comma") and not reader.ended():
        arrays.append(reader.product())
    if len(arrays) == 1:
        return arrays[0]
    # `[1, 2], [3, 4]`: rows whose outer bracket was not copied.
    if not all(value.is_array for value in arrays):
        odd = next(piece for piece in reader.pieces if piece.kind in ("word", "open"))
        raise NotationError(
            f"Numbers stand inside and outside brackets, from {quoted(odd.text, odd.line)} on; "
            "put all of them into the brackets."
        )
    return Value([value.settled() for value in arrays])


class _Reader:
    """Walks over the pieces once."""

    def __init__(self, pieces: Sequence[Piece], held: Sequence[Nested]):
        self.pieces, self.held, self.at, self.depth = list(pieces), held, 0, 0
        self.in_call = False

    def peek(self) -> Piece:
        end = Piece("end", "", 0)
        return self.pieces[self.at] if self.at < len(self.pieces) else end

    def take(self) -> Piece:
        piece = self.peek()
        self.at += 1
        return piece

    def skip(self, *kinds: str) -> bool:
        while self.peek().kind in kinds:
            self.at += 1
        return True

    def ended(self) -> bool:
        """Whether nothing follows but the end of a statement."""
        rest = "".join(piece.text for piece in self.pieces[self.at :]).strip()
        return rest in ("", ";", ".", ",")

    def product(self) -> Value:
        """Terms with * and / between them, or side by side as in (1/9) [1 2 1]."""
        self.skip("space", "line")
        value = self.term()
        while True:
            start = self.at
            self.skip("space", "line")
            if self.depth or self.peek().kind != "operator":
                self.at = start
                self.skip("space")
            piece = self.peek()
            if piece.kind == "operator":
                self.take()
                self.skip("space", "line")
                value = _combined(value, piece, self.term())
            elif self.depth == 0 and not value.is_array and self._begins_array():
                value = _combined(value, Piece("operator", "*", piece.line), self.term())
            elif (
                piece.kind == "word"
                and value.is_array
                and piece.text[0] in ".'"
                and piece.text != "."
            ):
                self.take()
                value = self._method(value, piece)
            else:
                self.at = start
                return value

    def _begins_array(self) -> bool:
        piece = self.peek()
        return piece.kind in ("open", "held") or (
            piece.kind == "word" and not is_number(piece.text) and piece.text[0] not in "+-."
        )

    def term(self) -> Value:
        piece = self.take()
        if piece.kind == "held":
            return Value(self.held[int(piece.text[1:-1])])
        if piece.kind == "open":
            return self._group(piece)
        if piece.kind == "word":
            following = self.peek()
            if following.kind == "open" and not is_number(piece.text):
                return self._call(piece, following)
            return Value(exact(piece.text, piece.line))
        if piece.kind == "end":
            raise NotationError("The text ends in the middle; copy the whole matrix.")
        raise no_number(piece.text.strip() or piece.kind, piece.line)

    def _call(self, name: Piece, opening: Piece) -> Value:
        if opening.text != "(":  # Float32[1 2; 3 4], MatrixForm[{{1, 2}}]
            check_name(name)
            return self.term()
        self.take()
        within, self.in_call = self.in_call, True
        given = self._arguments()
        self.in_call = within
        of = called(name, given)
        first = next((g for g in given if g.value is not None), None)
        return Value(of, listed=bool(first and first.listed and of is first.value))

    def _method(self, value: Value, name: Piece) -> Value:
        given: list[Given] = []
        if self.peek().text == "(":
            self.take()
            given = self._arguments()
        return Value(method(name, value.of, given), value.factor)

    def _arguments(self) -> list[Given]:
        given: list[Given] = []
        while True:
            self.skip("space", "line", "comma")
            piece = self.peek()
            if piece.kind == "close":
                self.take()
                return given
            keyword = None
            after = self.at + 1
            while after < len(self.pieces) and self.pieces[after].kind == "space":
                after += 1
            if piece.kind == "word" and self.pieces[after].kind == "equals":
                keyword, self.at = piece.text, after + 1
                self.skip("space")
                piece = self.peek()
            call = self.pieces[self.at + 1].kind == "open"
            plain = piece.kind == "word" and not is_number(piece.text) and not call
            if plain or keyword in ("device", "grad_fn", "dtype", "requires_grad", "copy"):
                given.append(Given(keyword, text=self._raw()))
                continue
            value = self.product()
            given.append(Given(keyword, value.settled(), listed=value.listed))
            self.skip("space", "line")
            if self.peek().kind not in ("comma", "close"):
                odd = self.peek()
                raise no_number(odd.text.strip(), odd.line)

    def _raw(self) -> str:
        """An argument that is not a number, such as np.float32 or 'cuda:0', as it stands."""
        text, depth = "", 0
        while depth or self.peek().kind not in ("comma", "close", "end"):
            piece = self.take()
            depth += (piece.kind == "open") - (piece.kind == "close")
            text += piece.text
        return text.strip()

    def _group(self, opening: Piece) -> Value:
        """What a pair of brackets holds: a list of numbers, rows of them, or a list of lists."""
        self.depth += 1
        rows: list[list[Value]] = [[]]
        breaks: list[str] = []
        marks: set[str] = set()
        while True:
            mark = self._separator()
            piece = self.peek()
            if piece.kind == "close":
                self.take()
                marks |= {","} if mark[:1] == "," else set()  # (1,) is a list, (1) is not
                break
            if rows[-1]:
                if mark in (";", "\n", ",\n"):
                    rows.append([])
                    breaks.append(mark)
                else:
                    marks.add(mark)
                    if mark == "" and piece.kind == "word":
                        raise no_number(piece.text, piece.line)
            rows[-1].append(self.product())
        self.depth -= 1
        items = [value for row in rows for value in row]
        if not items:
            raise NotationError("A pair of brackets is empty; write the numbers between them.")
        if len(items) == 1 and opening.text == "(" and not marks:
            return items[0]
        if all(value.is_array for value in items):
            return Value([value.settled() for value in items])
        if any(value.is_array for value in items):
            raise NotationError(
                f"Numbers and brackets stand side by side in a bracket{_place(opening)}; give each "
                "row brackets of its own."
            )
        if {",", " "} <= marks:
            raise _mixed(rows, opening.line)
        numbers = [[value.number() for value in row] for row in rows]
        return self._laid_out(numbers, breaks, bool({",", ", "} & marks))

    def _laid_out(self, rows: list[list[Exact]], breaks: list[str], commas: bool) -> Value:
        """Rows apart by semicolons or, in the outermost bracket, by lines of equal length."""
        if ";" in breaks:
            parted = [rows[0]]
            inner = self.depth > 0
            for mark, row in zip(breaks, rows[1:], strict=True):
                # After a comma, or within an inner bracket, a line goes on and begins no new row.
                if mark == ";" or (mark == "\n" and not inner):
                    parted.append(row)
                else:
                    parted[-1] = parted[-1] + row
            return Value(parted)
        wrapped = self.depth > 0 or len({len(row) for row in rows}) > 1
        wrapped |= self.in_call and ",\n" in breaks
        if wrapped and "\n" in breaks and self.depth == 0 and not self.in_call:
            return Value(rows)  # of unequal length: refused where rows are compared
        if len(rows) > 1 and not wrapped:
            return Value(rows)
        return Value([number for row in rows for number in row], listed=commas)

    def _separator(self) -> str:
        """What stands before the next item: a comma, spaces, a semicolon, the end of a line."""
        commas = semicolons = lines = 0
        spaced = False
        start = self.at
        while (piece := self.peek()).kind in ("space", "line", "comma", "semicolon"):
            commas += piece.kind == "comma"
            semicolons += piece.kind == "semicolon"
            lines += piece.kind == "line"
            spaced |= piece.kind == "space"
            if commas + semicolons > 1:
                raise NotationError(
                    f"There is an empty place between two separators{_place(piece)}; write 0, or "
                    "take one of them out."
                )
            self.take()
        first = self.pieces[start - 1].kind == "open" and start > 0
        if first and commas + semicolons:
            raise NotationError(
                f"There is an empty place after a bracket{_place(piece)}; write 0, or take the "
                "separator out."
            )
        if semicolons:
            return ";"
        if lines:
            return ",\n" if commas else "\n"
        if commas:
            return ", " if spaced else ","
        return " " if spaced else ""


def _place(piece: Piece) -> str:
    return f" in line {piece.line}" if piece.line else ""


def _mixed(rows: Sequence[Sequence[Value]], line: int) -> AmbiguousError:
    """`[0,5 1,5]`: commas and spaces part numbers in one row, so the commas may be decimal."""
    first = next(row for row in rows if len(row) > 1)
    a, b = (str(value.of) for value in first[:2])
    return AmbiguousError(
        f"{a},{b}", [(f"{a}.{b}", "a decimal comma"), (f"{a} {b}", "two numbers")], line
    )


def _combined(left: Value, operator: Piece, right: Value) -> Value:
    divides = operator.text[-1] in "/÷"
    if right.is_array:
        if left.is_array or divides:
            raise NotationError(
                f"Two arrays cannot be worked out with “{operator.text}”{_place(operator)} here; "
                "paste the numbers of the result."
                if left.is_array
                else "A number divided by an array cannot be read; paste the numbers themselves."
            )
        return Value(right.of, right.factor * left.number(), right.listed)
    scale = Fraction(right.number())
    if divides:
        if scale == 0:
            raise NotationError("Nothing can be divided by 0; write a divisor such as 16.")
        scale = 1 / scale
    if left.is_array:
        return Value(left.of, left.factor * scale, left.listed)
    return Value(Fraction(left.number()) * scale)


def _times(of: Nested | Exact, factor: Fraction) -> Nested | Exact:
    return [_times(item, factor) for item in of] if isinstance(of, list) else of * factor
