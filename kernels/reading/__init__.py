"""Numbers as people type and paste them: one reader for every box of the app and every link."""

from kernels.reading.boxes import read_input, read_kernels, read_row
from kernels.reading.characters import plain_text
from kernels.reading.faults import LARGEST_NUMBER, AmbiguousError, NotationError
from kernels.reading.numerals import is_thousands, read_number
from kernels.reading.reader import LONGEST_TEXT, SMALLEST_SQUARE, Numbers, read_numbers
from kernels.reading.sums import read_sum

__all__ = [
    "LARGEST_NUMBER",
    "LONGEST_TEXT",
    "SMALLEST_SQUARE",
    "AmbiguousError",
    "NotationError",
    "Numbers",
    "is_thousands",
    "plain_text",
    "read_input",
    "read_kernels",
    "read_number",
    "read_numbers",
    "read_row",
    "read_sum",
]
