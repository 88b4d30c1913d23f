"""A line of arithmetic, read and worked out as a person does it."""

from fractions import Fraction


def worked_out(line):
    """What a line comes to."""
    for sign, code in (
        ("⌊", "down("),
        ("⌋", ")"),
        ("⌈", "up("),
        ("⌉", ")"),
        ("×", "*"),
        ("·", "*"),
        ("−", "-"),
        ("mod", "%"),
    ):
        line = line.replace(sign, code)
    exact = "".join(
        f"Number({part})" if part.isdigit() else part for part in split_at_numbers(line)
    )
    names = {
        "Number": Fraction,
        "down": lambda n: n // 1,
        "up": lambda n: -(-n // 1),
        "round": lambda n: (2 * n + 1) // 2,
        "max": max,
        "min": min,
        "median": lambda *cells: sorted(cells)[len(cells) // 2],
    }
    return eval(exact, {"__builtins__": {}}, names)


def split_at_numbers(line):
    parts = [""]
    for letter in line.replace(",", ", "):
        if parts[-1][-1:].isdigit() != letter.isdigit():
            parts.append("")
        parts[-1] += letter
    return parts
