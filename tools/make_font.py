"""Make the app's text face from IBM Plex Sans: `python tools/make_font.py FOLDER`.

FOLDER is where the npm package @ibm/plex-sans-variable was unpacked; fonttools and brotli must be
installed. The face is cut down to the letters that the app writes and to weights 400 to 700, and
has another name, since its licence reserves "Plex" for the whole one. Its figures are all of one
width. Printed is what the face that stands in for it, until it has come, needs to be as wide.
"""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

APP = Path(__file__).parents[1] / "app"
MADE = APP / "static" / "slide-sum-text.woff2"
# What makes pixels of a drawing reads neither packed faces nor those of many weights.
PLAIN, WEIGHTS = APP / "drawings", (400, 600)
FAMILY, LARGEST = "Slide Sum Text", 60_000
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x100)]
SIGNS = "–—‘’“”•…−×÷±·≈≠≤≥∞√∗→←↑↓Σσπµ½¼¾²³¹⁄✓°"
# Advance widths of Arial, and of Liberation Sans, which was made to them, in 2048ths.
ARIAL = {
    **dict.fromkeys("eaonhdu", 1139),
    **dict.fromkeys("til ", 569) | dict.fromkeys("il", 455),
    "s": 1024,
    "r": 682,
}


def make(folder: Path) -> TTFont:
    """The face, cut down and renamed."""
    (source,) = folder.rglob("complete/ttf/*Roman.ttf")
    font = TTFont(source)
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], flavor="woff2", hinting=False
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[*LATIN, *map(ord, SIGNS)])
    cut.subset(font)
    font = instantiateVariableFont(font, {"wdth": 100, "wght": (400, 700)})
    for record in font["name"].names:
        if record.nameID not in (0, 13, 14):  # copyright and licence stay as they are
            record.string = re.sub(r"IBM ?Plex ?Sans( ?Var)?", FAMILY, record.toUnicode())
    font.flavor = "woff2"
    return font


def save_plain(weight: int) -> None:
    """The same face in one weight."""
    font = instantiateVariableFont(TTFont(MADE), {"wght": weight})
    font.flavor = None
    font["OS/2"].usWeightClass = weight
    font.save(PLAIN / f"slide-sum-text-{weight}.ttf")


def main() -> None:
    font = make(Path(sys.argv[1]))
    font.save(MADE)
    size = MADE.stat().st_size
    widths, letters, em = font["hmtx"], font.getBestCmap(), font["head"].unitsPerEm
    own = sum(widths[letters[ord(letter)]][0] for letter in ARIAL) / em
    adjust = own / (sum(ARIAL.values()) / 2048)
    ascent, descent = font["hhea"].ascent / em, -font["hhea"].descent / em
    print(f"{MADE.name}: {size:,} bytes, {len(letters)} letters")
    print(f"size-adjust {adjust:.2%} ascent {ascent / adjust:.2%} descent {descent / adjust:.2%}")
    print({widths[letters[ord(digit)]][0] for digit in "0123456789"}, "units for a figure")
    assert size <= LARGEST, f"more than {LARGEST:,} bytes"
    for weight in WEIGHTS:
        save_plain(weight)


if __name__ == "__main__":
    main()
