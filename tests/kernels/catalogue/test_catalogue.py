"""The named image kernels: each one does what its name says, at every size that it can have.

Oracle: scipy.signal. A kernel of the catalogue without a meaning here fails.
"""

import re
from itertools import product

import numpy as np
import pytest
from scipy.signal import correlate2d

from kernels.catalogue import CATALOGUE, GROUPS, gabor_bank, image_kernel


def answer(kernel, picture):
    """Every place where the kernel lies fully on the picture."""
    kernel = image_kernel(kernel) if isinstance(kernel, str) else kernel
    picture = np.asarray(picture, dtype=float)
    return correlate2d(picture, kernel.weights, mode="valid") + kernel.offset


def rows(text):
    return np.array([[float(number) for number in row.split()] for row in text.split("/")])


N = 64
ROW, COLUMN = np.indices((N, N))
FLAT = np.full((N, N), 100.0)
UPRIGHT = 10.0 * (N // 2 <= COLUMN)  # gets brighter to the right, once
LEVEL = UPRIGHT.T
FALLING = 10.0 * (COLUMN >= ROW)  # an edge that falls to the right; brighter at the top right
RISING = 10.0 * (COLUMN + ROW >= N)  # an edge that rises to the right; brighter at the bottom right
RAMP = 3.0 * ROW + 2.0 * COLUMN
PHOTO = np.random.default_rng(3).uniform(0, 255, (N, N))
TOWARDS = {"across": UPRIGHT, "down": LEVEL, "diagonal-up": FALLING, "diagonal-down": RISING}
BLIND = {"across": "down", "down": "across", "diagonal-up": "diagonal-down"}
BLIND["diagonal-down"] = "diagonal-up"


@pytest.mark.parametrize(
    ("name", "taps", "divisor"),
    [
        ("identity", "0 0 0/0 1 0/0 0 0", 1),
        ("shift", "0 0 0/1 0 0/0 0 0", 1),
        ("brighten", "0 0 0/0 1.5 0/0 0 0", 1),
        ("box", "1 1 1/1 1 1/1 1 1", 9),
        ("gaussian", "1 2 1/2 4 2/1 2 1", 16),
        ("motion", "0 0 0 0 0 0 0/" * 3 + "1 1 1 1 1 1 1" + "/0 0 0 0 0 0 0" * 3, 7),
        ("sharpen", "0 -1 0/-1 5 -1/0 -1 0", 1),
        ("sharpen-8", "-1 -1 -1/-1 9 -1/-1 -1 -1", 1),
        ("sharpen-bell", "0 -3 0/-3 21 -3/0 -3 0", 9),
        (
            "unsharp",
            "-1 -4 -6 -4 -1/-4 -16 -24 -16 -4/-6 -24 476 -24 -6/-4 -16 -24 -16 -4/-1 -4 -6 -4 -1",
            256,
        ),
        ("edge-mixed", "1 0 -1/0 0 0/-1 0 1", 1),
        ("edge-4", "0 1 0/1 -4 1/0 1 0", 1),
        ("edge-8", "-1 -1 -1/-1 8 -1/-1 -1 -1", 1),
        ("difference-across", "-1 1", 1),
        ("difference-down", "-1/1", 1),
        ("sobel-across", "-1 0 1/-2 0 2/-1 0 1", 1),
        ("sobel-down", "-1 -2 -1/0 0 0/1 2 1", 1),
        ("prewitt-across", "-1 0 1/-1 0 1/-1 0 1", 1),
        ("prewitt-down", "-1 -1 -1/0 0 0/1 1 1", 1),
        ("scharr-across", "-3 0 3/-10 0 10/-3 0 3", 1),
        ("scharr-down", "-3 -10 -3/0 0 0/3 10 3", 1),
        ("diagonal-down", "-2 -1 0/-1 0 1/0 1 2", 1),
        ("diagonal-up", "0 1 2/-1 0 1/-2 -1 0", 1),
        ("roberts-down", "-1 0/0 1", 1),
        ("roberts-up", "0 1/-1 0", 1),
        ("emboss", "-2 -1 0/-1 1 1/0 1 2", 1),
        ("emboss-grey", "-1 0 0/0 0 0/0 0 1", 1),
        ("line-across", "-1 -1 -1/2 2 2/-1 -1 -1", 1),
        ("line-down", "-1 2 -1/-1 2 -1/-1 2 -1", 1),
        ("line-diagonal-down", "2 -1 -1/-1 2 -1/-1 -1 2", 1),
        ("line-diagonal-up", "-1 -1 2/-1 2 -1/2 -1 -1", 1),
        ("angle", ".1 .1 .9/.1 .9 .1/.9 .1 .1", 1),
        ("angle-zero-mean", "-.8 -.8 1.6/-.8 1.6 -.8/1.6 -.8 -.8", 3),
        ("corner", "-4 5 5/-4 5 5/-4 -4 -4", 1),
        (
            "curve",
            "0 0 0 0 0 30 0/0 0 0 0 30 0 0" + "/0 0 0 30 0 0 0" * 4 + "/0 0 0 0 0 0 0",
            1,
        ),
    ],
)
def test_built_from_its_meaning_it_has_the_numbers_of_the_textbook(name, taps, divisor):
    kernel = image_kernel(name)
    np.testing.assert_array_equal(kernel.taps, rows(taps))
    assert kernel.divisor == divisor
    np.testing.assert_allclose(kernel.weights, rows(taps) / divisor, rtol=1e-15)


@pytest.mark.parametrize(
    ("name", "size", "settings", "taps", "divisor"),
    [
        ("identity", (1, 3), {}, "0 1 0", 1),
        ("shift", None, {"down": 2, "across": 0}, "0 0 1 0 0" + "/0 0 0 0 0" * 4, 1),
        ("shift", (3, 5), {"down": -1, "across": 2}, "0 0 0 0 0/0 0 0 0 0/1 0 0 0 0", 1),
        ("box", (2, 4), {}, "1 1 1 1/1 1 1 1", 8),
        ("gaussian", (5, 2), {}, "1 1/4 4/6 6/4 4/1 1", 32),
        ("gaussian", (1, 5), {"sigma": 1}, ".14 .61 1 .61 .14", 2.5),
        ("gaussian", (3, 3), {"sigma": 1}, ".3721 .61 .3721/.61 1 .61/.3721 .61 .3721", 4.9284),
        ("motion", (3, 3), {"angle": 45}, "0 0 1/0 1 0/1 0 0", 3),
        ("motion", (3, 3), {"angle": 90}, "0 1 0/0 1 0/0 1 0", 3),
        ("motion", (3, 3), {"angle": 135}, "1 0 0/0 1 0/0 0 1", 3),
        ("motion", (5, 5), {"angle": 30}, "0 0 0 0 0/0 0 0 1 1/0 0 1 0 0/1 1 0 0 0/0 0 0 0 0", 5),
        (
            "sharpen-8",
            (5, 5),
            {},
            "-1 -1 -1 -1 -1/" * 2 + "-1 -1 25 -1 -1" + "/-1 -1 -1 -1 -1" * 2,
            1,
        ),
        ("unsharp", (3, 3), {}, "-1 -2 -1/-2 28 -2/-1 -2 -1", 16),
        ("edge-8", (5, 5), {}, "-1 -1 -1 -1 -1/" * 2 + "-1 -1 24 -1 -1" + "/-1 -1 -1 -1 -1" * 2, 1),
        (
            "sobel-across",
            (5, 5),
            {},
            "-1 -2 0 2 1/-4 -8 0 8 4/-6 -12 0 12 6/-4 -8 0 8 4/-1 -2 0 2 1",
            1,
        ),
        (
            "sobel-down",
            (5, 5),
            {},
            "-1 -4 -6 -4 -1/-2 -8 -12 -8 -2/0 0 0 0 0/2 8 12 8 2/1 4 6 4 1",
            1,
        ),
        ("prewitt-across", (5, 5), {}, "/".join(["-2 -1 0 1 2"] * 5), 1),
        ("line-down", (5, 5), {}, "/".join(["-1 -1 4 -1 -1"] * 5), 1),
    ],
)
def test_at_another_size_it_follows_its_own_rule(name, size, settings, taps, divisor):
    kernel = CATALOGUE[name].at(size, **settings)
    np.testing.assert_array_equal(kernel.taps, rows(taps))
    assert kernel.divisor == divisor


# What each kernel means, asked of the kernel at any of its sizes and settings.


def keeps_every_pixel(kernel):
    height, width = kernel.size
    inside = PHOTO[height // 2 : N - height // 2, width // 2 : N - width // 2]
    np.testing.assert_array_equal(answer(kernel, PHOTO), inside)


def moves_the_picture_by_exactly_so_many_pixels(kernel):
    height, width = kernel.size
    moved = np.roll(PHOTO, (kernel.settings["down"], kernel.settings["across"]), (0, 1))
    inside = moved[height // 2 : N - height // 2, width // 2 : N - width // 2]
    np.testing.assert_array_equal(answer(kernel, PHOTO), inside)


def multiplies_every_pixel(kernel):
    height, width = kernel.size
    inside = PHOTO[height // 2 : N - height // 2, width // 2 : N - width // 2]
    np.testing.assert_allclose(answer(kernel, PHOTO), kernel.settings["factor"] * inside)


def blurs(kernel):
    height, width = kernel.size
    around = ((height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2))
    blurred = answer(kernel, np.pad(PHOTO, around, mode="wrap"))
    assert blurred.mean() == pytest.approx(PHOTO.mean())
    assert blurred.min() >= PHOTO.min() - 1e-9
    assert blurred.max() <= PHOTO.max() + 1e-9
    assert kernel.weights.min() >= 0
    # Noise that is independent from pixel to pixel calms down as the squares of the weights add up.
    assert blurred.std() == pytest.approx(
        PHOTO.std() * np.sqrt((kernel.weights**2).sum()), rel=0.3, abs=1
    )
    np.testing.assert_allclose(kernel.weights, kernel.weights[::-1, ::-1])


def box(kernel):
    blurs(kernel)
    height, width = kernel.size
    assert answer(kernel, PHOTO)[3, 5] == pytest.approx(PHOTO[3 : 3 + height, 5 : 5 + width].mean())


def gaussian(kernel):
    blurs(kernel)
    sigma = kernel.settings["sigma"]
    for weights, length in zip(
        (kernel.weights.sum(1), kernel.weights.sum(0)), kernel.size, strict=True
    ):
        steps = np.arange(length) - (length - 1) / 2
        variance = (weights * steps**2).sum()
        if sigma == 0:
            assert variance == pytest.approx((length - 1) / 4)  # of a binomial distribution
        elif length >= 6 * sigma and sigma >= 0.8:  # a narrower bell falls between the pixels
            assert variance == pytest.approx(sigma**2, rel=0.05)


def smears_along_its_angle(kernel):
    blurs(kernel)
    side = kernel.size[0]
    turn = np.radians(kernel.settings["angle"])
    assert np.count_nonzero(kernel.taps) == side == kernel.divisor
    row, column = np.nonzero(kernel.taps)
    up, right = side // 2 - row, column - side // 2
    # The distance of each tap from the line through the middle: less than a pixel.
    assert np.abs(up * np.cos(turn) - right * np.sin(turn)).max() < 0.75
    if side >= 5:
        variances = [(d**2).mean() for d in (np.cos(turn) * right + np.sin(turn) * up,)]
        assert variances[0] >= (side**2 - 1) / 12 - 0.5


def sharpens(kernel):
    np.testing.assert_allclose(answer(kernel, FLAT), 100)
    height, width = kernel.size
    if kernel.size == (1, 1):
        return
    inside = RAMP[height // 2 : N - height // 2, width // 2 : N - width // 2]
    np.testing.assert_allclose(answer(kernel, RAMP), inside)  # no edge, nothing to sharpen
    for picture in [UPRIGHT] * (width > 1) + [LEVEL] * (height > 1):
        assert answer(kernel, picture).min() < -0.5
        assert answer(kernel, picture).max() > 10.5


def unsharp(kernel):
    sharpens(kernel)
    height, width = kernel.size
    inside = PHOTO[height // 2 : N - height // 2, width // 2 : N - width // 2]
    blurred = answer(image_kernel("gaussian", kernel.size, **kernel.settings), PHOTO)
    np.testing.assert_allclose(answer(kernel, PHOTO), 2 * inside - blurred)


def answers_brighter_towards(direction):
    """Positive on its own edge, negative on the reverse, 0 on flat areas and on the other edge."""

    def check(kernel):
        assert not answer(kernel, FLAT).any()
        own = answer(kernel, TOWARDS[direction])
        assert own.min() == 0
        assert own.max() == pytest.approx(10 * kernel.weights[kernel.weights > 0].sum())
        assert answer(kernel, 10 - TOWARDS[direction]).max() == 0
        assert not answer(kernel, TOWARDS[BLIND[direction]]).any()
        # On an even slope it is the same all over: so much per step down, so much per step across.
        down, across = (answer(kernel, steps)[0, 0] for steps in (ROW, COLUMN))
        assert (answer(kernel, RAMP) == 3 * down + 2 * across).all()
        signs = {"across": (0, 1), "down": (1, 0), "diagonal-up": (-1, 1), "diagonal-down": (1, 1)}
        assert (np.sign(down), np.sign(across)) == signs[direction]

    return check


def answers_bends(kernel):
    """The Laplacians: 0 on flat areas and even slopes, both signs on edges of each direction."""
    np.testing.assert_allclose(answer(kernel, FLAT), 0, atol=1e-10)
    np.testing.assert_allclose(answer(kernel, RAMP), 0, atol=1e-10)
    for picture in TOWARDS.values():
        found = answer(kernel, picture)
        assert found.min() < -0.5
        assert found.max() > 0.5
        assert found.min() == pytest.approx(-found.max(), rel=0.02)
    np.testing.assert_array_equal(kernel.taps, kernel.taps.T)
    np.testing.assert_array_equal(kernel.taps, kernel.taps[::-1])


def laplacian_of_gaussian(kernel):
    answers_bends(kernel)
    sigma = kernel.settings["sigma"]
    side = kernel.size[0]
    if side < 6 * sigma or sigma < 1.4:
        return
    # The spot that answers most strongly in its middle is as wide as 2 √2 sigma.
    steps = np.arange(side) - side // 2
    distance = np.hypot(steps[:, None], steps)
    spots = [distance <= radius for radius in np.arange(0.5, 3 * sigma, 0.25)]
    best = max(spots, key=lambda spot: -(kernel.weights * spot).sum())
    width = 2 * np.sqrt(best.sum() / np.pi)  # of a disc of the same area
    assert width == pytest.approx(2 * np.sqrt(2) * sigma, rel=0.2)


def mixed(kernel):
    assert not answer(kernel, FLAT).any()
    assert not answer(kernel, UPRIGHT).any()
    assert not answer(kernel, LEVEL).any()
    assert answer(kernel, FALLING).any()
    assert answer(kernel, RISING).any()
    # Brightness row × column bends by 1 each way; the taps are two pixels apart in both directions.
    assert (answer(kernel, ROW * COLUMN) == 2 * 2).all()


def embosses(kernel):
    flat = answer(kernel, FLAT)
    base = 128 if kernel.offset else 100
    assert (flat == base).all()
    for picture in (UPRIGHT, LEVEL, RISING):
        level = 128 if kernel.offset else 10
        assert answer(kernel, picture).max() > level  # brighter to the bottom right: lit
        assert answer(kernel, 10 - picture).min() < (128 if kernel.offset else 0)  # in shadow


def line(kernel):
    """More on its own thin line than on any other, and than on an edge; 0 on flat areas."""
    assert not answer(kernel, FLAT).any()
    half = N // 2
    lines = {
        "line-across": half == ROW,
        "line-down": half == COLUMN,
        "line-diagonal-down": ROW == COLUMN,
        "line-diagonal-up": ROW + COLUMN == N,
    }
    found = {name: answer(kernel, 10.0 * picture).max() for name, picture in lines.items()}
    side = kernel.size[0]
    own = found.pop(kernel.name)
    assert own == (side - 1) * 10 * side  # side taps of side − 1 on the line
    assert own > max(found.values())
    assert own > max(answer(kernel, edge).max() for edge in TOWARDS.values())


PATCHES = {  # white is 1
    "match": rows("0 0 1/0 1 0/1 0 0"),
    "other diagonal": rows("1 0 0/0 1 0/0 0 1"),
    "bar": rows("0 1 0/0 1 0/0 1 0"),
    "white": np.ones((3, 3)),
}


def angle(kernel):
    scores = {name: answer(kernel, patch)[0, 0] for name, patch in PATCHES.items()}
    assert scores == pytest.approx({"match": 2.7, "other diagonal": 1.1, "bar": 1.1, "white": 3.3})


def angle_zero_mean(kernel):
    scores = {name: answer(kernel, patch)[0, 0] for name, patch in PATCHES.items()}
    assert scores == pytest.approx({"match": 1.6, "other diagonal": 0, "bar": 0, "white": 0})
    mean_off = CATALOGUE["angle"].weights - CATALOGUE["angle"].weights.mean()
    np.testing.assert_allclose(kernel.weights, mean_off)


def curve(kernel):
    matching = rows("0 0 0 0 0 0 30/0 0 0 0 50 50 50/0 0 0 20 50 0 0" + "/0 0 0 50 50 0 0" * 4)
    other = rows(
        "0 0 0 0 0 0 0/0 40 0 0 0 0 0/40 0 40 0 0 0 0/40 20 0 0 0 0 0/"
        "0 50 0 0 0 0 0/0 0 50 0 0 0 0/25 25 0 50 0 0 0"
    )
    assert answer(kernel, matching) == 50 * 30 + 20 * 30 + 3 * 50 * 30 == 6600
    assert answer(kernel, other) == 0


def corner(kernel):
    assert not answer(kernel, FLAT).any()
    picture = np.zeros((9, 9))
    picture[:5, 4:] = 10
    best = answer(kernel, picture)
    assert best.max() == (5 + 5 + 5 + 5) * 10
    assert np.unravel_index(best.argmax(), best.shape) == (3, 3)
    turned = [np.rot90(edge, k) for edge in (UPRIGHT, RISING) for k in range(4)]
    assert max(answer(kernel, edge).max() for edge in turned) < best.max()


def stripes(orientation, wavelength, phase=0.0):
    """Level stripes for orientation 0; with a bigger one they turn anticlockwise."""
    turn = np.radians(orientation)
    # Across the stripes: down for level ones, to the right for upright ones.
    along = (ROW - N // 2) * np.cos(turn) + (COLUMN - N // 2) * np.sin(turn)
    return 127.5 + 127.5 * np.cos(2 * np.pi * along / wavelength - np.radians(phase))


def gabor(kernel):
    np.testing.assert_allclose(answer(kernel, FLAT), 0, atol=1e-10)
    # Black where it subtracts and white where it adds: the largest answer that there is.
    assert 255 * kernel.weights[kernel.weights > 0].sum() == pytest.approx(255)
    orientation, wavelength, phase = kernel.settings.values()
    own = stripes(orientation, wavelength)
    strength = np.abs(answer(kernel, own)).max()
    assert strength > 100
    for turn in (30, 60, 90, 120, 150):
        assert np.abs(answer(kernel, stripes(orientation + turn, wavelength))).max() < strength
    if kernel.size[0] >= 2 * wavelength:  # it sees two stripes, so it can tell how wide they are
        for factor in (0.6, 1.6):
            others = stripes(orientation, factor * wavelength)
            assert np.abs(answer(kernel, others)).max() < strength
    if phase == 0:
        np.testing.assert_allclose(kernel.taps, kernel.taps[::-1, ::-1], atol=1e-12)
        assert kernel.taps.argmax() == kernel.taps.size // 2
    if phase == 90:  # an edge
        np.testing.assert_allclose(kernel.taps, -kernel.taps[::-1, ::-1], atol=1e-12)
        # The edge that gets brighter downwards, or to the right.
        middle, turn = kernel.size[0] // 2, np.radians(orientation)
        beside = middle + round(np.cos(turn)), middle + round(np.sin(turn))
        assert kernel.taps[beside] > 0.5


MEANINGS = {
    "identity": keeps_every_pixel,
    "shift": moves_the_picture_by_exactly_so_many_pixels,
    "brighten": multiplies_every_pixel,
    "box": box,
    "gaussian": gaussian,
    "motion": smears_along_its_angle,
    "sharpen": sharpens,
    "sharpen-8": sharpens,
    "sharpen-bell": sharpens,
    "unsharp": unsharp,
    "edge-4": answers_bends,
    "edge-8": answers_bends,
    "edge-mixed": mixed,
    "laplacian-of-gaussian": laplacian_of_gaussian,
    "roberts-down": answers_brighter_towards("diagonal-down"),
    "roberts-up": answers_brighter_towards("diagonal-up"),
    "diagonal-down": answers_brighter_towards("diagonal-down"),
    "diagonal-up": answers_brighter_towards("diagonal-up"),
    **{
        f"{name}-{direction}": answers_brighter_towards(direction)
        for name in ("difference", "sobel", "prewitt", "scharr")
        for direction in ("across", "down")
    },
    "emboss": embosses,
    "emboss-grey": embosses,
    "line-across": line,
    "line-down": line,
    "line-diagonal-down": line,
    "line-diagonal-up": line,
    "angle": angle,
    "angle-zero-mean": angle_zero_mean,
    "curve": curve,
    "corner": corner,
    "gabor": gabor,
}

SOME_SIZES = [(1, 1), (1, 4), (2, 3), (5, 3), (3, 3), (5, 5), (7, 7), (9, 9), (11, 11), (31, 31)]
SETTINGS = {
    "shift": [{"down": d, "across": a} for d, a in [(0, 0), (4, -1), (-15, 15), (2, 0)]],
    "brighten": [{"factor": 0}, {"factor": 0.5}],
    "gaussian": [{"sigma": sigma} for sigma in (0.1, 0.5, 0.8, 1.5, 3.3, 5)],
    "unsharp": [{"sigma": 1.0}, {"sigma": 4.2}],
    "motion": [{"angle": angle} for angle in (15, 30, 45, 60, 90, 105, 135, 180)],
    "laplacian-of-gaussian": [{"sigma": sigma} for sigma in (0.5, 1, 2, 5)],
    "gabor": [
        {"orientation": angle, "wavelength": wavelength, "phase": phase}
        for angle, wavelength, phase in [
            (0, 4, 0), (90, 4, 0), (15, 8, 0), (135, 12, 0), (0, 8, 90), (60, 6, 90), (90, 5, -90),
        ]
    ],
}  # fmt: skip


def cases():
    for name, kernel in CATALOGUE.items():
        yield name, None, {}
        for settings in SETTINGS.get(name, []):
            yield name, None, settings
        for size in SOME_SIZES:
            if size == kernel.size or not kernel.recipe.sizes.allows(size):
                continue
            if name in ("gaussian", "unsharp") and max(size) > 9:
                yield name, size, {"sigma": 2.5}
            elif name == "gabor" and size[0] < 11:
                yield name, size, {"wavelength": 3}
            elif name == "shift" and size == (1, 1):
                yield name, size, {"across": 0}
            else:
                yield name, size, {}


@pytest.mark.parametrize(("name", "size", "settings"), list(cases()))
def test_it_does_what_its_name_says(name, size, settings):
    MEANINGS[name](image_kernel(name, size, **settings))


def test_every_meaning_belongs_to_a_kernel():
    assert set(MEANINGS) == set(CATALOGUE)


def test_sharpening_overshoots_on_both_sides_of_an_edge():
    # On the dark side 5 × 0 − (0 + 0 + 0 + 10), on the bright side 5 × 10 − (10 + 10 + 10 + 0).
    edge = [[0, 0, 0, 10, 10, 10]] * 3
    assert answer("sharpen", edge).tolist() == [[0, -10, 20, 10]]
    assert answer("sharpen-8", edge).tolist() == [[0, -30, 40, 10]]
    np.testing.assert_allclose(answer("sharpen-bell", edge), [[0, -30 / 9, 120 / 9, 10]])


def test_the_smoothing_of_a_gradient_is_its_gain():
    # On an even slope: the rise over two pixels, once for each unit of smoothing.
    gains = {"difference": 1, "sobel": 2 * 4, "prewitt": 2 * 3, "scharr": 2 * 16}
    for name, gain in gains.items():
        assert (answer(f"{name}-across", RAMP) == gain * 2).all()
        assert (answer(f"{name}-down", RAMP) == gain * 3).all()


def test_one_bright_pixel_is_answered_by_the_middle_tap():
    dot = np.zeros((3, 3))
    dot[1, 1] = 7
    assert answer("edge-4", dot) == -4 * 7
    assert answer("edge-8", dot) == 8 * 7


def test_motion_leaves_the_edges_that_it_runs_along():
    level = image_kernel("motion", (5, 5))
    assert (answer(level, LEVEL) == LEVEL[2:-2, 2:-2]).all()
    np.testing.assert_allclose(
        answer(level, [[0] * 5 + [10] * 5] * 5), [[0, 2, 4, 6, 8, 10]], atol=1e-12
    )


def test_a_bank_has_one_kernel_for_each_wavelength_and_orientation():
    bank = gabor_bank((0, 45, 90), (4, 8), (15, 15))
    found = [(kernel.settings["wavelength"], kernel.settings["orientation"]) for kernel in bank]
    assert found == list(product((4, 8), (0, 45, 90)))
    for place, (wavelength, orientation) in enumerate(found):
        strengths = [np.abs(answer(k, stripes(orientation, wavelength))).max() for k in bank]
        assert np.argmax(strengths) == place
    assert {kernel.size for kernel in gabor_bank((0,), (4, 8))} == {(11, 11), (19, 19)}
    with pytest.raises(ValueError, match="orientation must be from 0 to 180 degrees, not 200"):
        gabor_bank((200,), (4,))


def test_every_kernel_is_complete_and_cannot_be_written_to():
    for name, kernel in CATALOGUE.items():
        assert kernel.name == name
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert kernel.title
        assert kernel.group in GROUPS
        assert kernel.source
        for sentence in (kernel.reason, kernel.look_for):
            assert re.fullmatch(r"[A-Z0-9].*[^.]\.", sentence)
        assert kernel.shows in ("clip", "signed", "rescale")
        assert kernel.weights.dtype == np.float64
        assert set(kernel.settings) == {parameter.name for parameter in kernel.parameters}
        for parameter in kernel.parameters:
            assert kernel.settings[parameter.name] == parameter.default
            assert parameter.low <= parameter.default <= parameter.high
            steps = (parameter.default - parameter.low) / parameter.step
            assert steps == pytest.approx(round(steps))
            assert isinstance(kernel.settings[parameter.name], type(parameter.default))
        for array in (kernel.taps, kernel.weights):
            with pytest.raises(ValueError, match="read-only"):
                array[0, 0] = 1
        with pytest.raises(TypeError):
            kernel.settings["new"] = 1
    with pytest.raises(TypeError):
        CATALOGUE["new"] = kernel
    assert len({kernel.title for kernel in CATALOGUE.values()}) == len(CATALOGUE)


def test_no_two_kernels_are_the_same_numbers():
    seen = {(k.taps.tobytes(), k.size, k.divisor, k.offset) for k in CATALOGUE.values()}
    assert len(seen) == len(CATALOGUE)


def test_the_groups_come_one_after_the_other():
    assert GROUPS == (
        "Unchanged and shifted", "Blur", "Sharpen", "Edges", "Relief", "Detectors", "Gabor",
    )  # fmt: skip
    in_order = [kernel.group for kernel in CATALOGUE.values()]
    assert in_order == sorted(in_order, key=GROUPS.index)


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_shown_signed_answers_zero_on_a_flat_area(name):
    kernel = CATALOGUE[name]
    if kernel.shows == "signed":
        np.testing.assert_allclose(answer(kernel, FLAT), 0, atol=1e-10)


@pytest.mark.parametrize("name", CATALOGUE)
def test_at_every_size_there_are_short_finite_numbers_or_one_sentence(name):
    kernel = CATALOGUE[name]
    allowed = 0
    for size in [(n, n) for n in range(1, 32)] + [(1, 5), (1, 2), (2, 1), (4, 9), (31, 2)]:
        if not kernel.recipe.sizes.allows(size):
            with pytest.raises(ValueError, match=f"cannot be {size[0]} × {size[1]}; its sizes are"):
                kernel.at(size)
            continue
        settings = {}
        if name in ("gaussian", "unsharp") and max(size) > 9:
            settings["sigma"] = 4.0
            with pytest.raises(ValueError, match=r"up to 9 taps .* is larger; give a sigma"):
                kernel.at(size)
        if name == "shift" and min(size) < 3:
            with pytest.raises(ValueError, match="needs at least 1 × 3"):
                kernel.at((1, 1))
            continue
        built = kernel.at(size, **settings)
        assert built.size == size
        # Numbers up to a million are read where they are typed, with up to four decimals.
        assert np.abs(built.taps).max() <= 1e6
        assert (built.taps == built.taps.round(4)).all()
        assert built.divisor > 0
        assert not np.signbit(built.taps[built.taps == 0]).any()
        allowed += 1
    assert allowed


def test_what_is_not_given_stays_and_the_size_follows_the_settings():
    wide = image_kernel("gaussian", sigma=2)
    assert wide.size == (13, 13)
    assert wide.at((5, 5)).settings == {"sigma": 2.0}
    assert wide.at(sigma=0).size == (3, 3)
    assert image_kernel("shift", down=-3).size == (7, 7)
    assert image_kernel("shift", down=-3).settings == {"down": -3, "across": 1}
    assert image_kernel("box") is CATALOGUE["box"]
    assert image_kernel("box", [np.int64(5), 5]).size == (5, 5)


@pytest.mark.parametrize(
    ("name", "size", "settings", "sentence"),
    [
        ("curve", (3, 3), {}, "“Curve detector, 7×7” cannot be 3 × 3; its sizes are: only 7 × 7."),
        (
            "sobel-down",
            (4, 4),
            {},
            "cannot be 4 × 4; its sizes are: odd squares from 3 × 3 to 9 × 9.",
        ),
        ("box", (0, 3), {}, "cannot be 0 × 3; its sizes are: any size from 1 × 1 to 31 × 31."),
        ("box", (33, 3), {}, "cannot be 33 × 3"),
        ("identity", (2, 2), {}, "its sizes are: odd height and width from 1 × 1 to 31 × 31."),
        ("box", 3, {}, r"a size is two whole numbers, (height, width), such as (3, 3), not 3."),
        ("box", (3.0, 3), {}, "a size is two whole numbers"),
        ("box", None, {"sigma": 1}, "“Box blur” has no setting 'sigma'; it has none."),
        ("shift", None, {"left": 1}, "“Shift” has no setting 'left'; it has down, across."),
        ("gaussian", None, {"sigma": -1}, "sigma must be from 0 to 5 pixels, not −1."),
        ("gaussian", None, {"sigma": float("nan")}, "sigma must be from 0 to 5 pixels, not nan."),
        ("gaussian", None, {"sigma": "2"}, "sigma must be from 0 to 5 pixels, not '2'."),
        (
            "shift",
            None,
            {"down": 1.5},
            "down must be a whole number from −15 to 15 pixels, not 1.5.",
        ),
        ("brighten", None, {"factor": 9}, "factor must be from 0 to 4, not 9."),
        (
            "shift",
            (3, 3),
            {"down": -2},
            "a move of 2 up and 1 right does not fit into 3 × 3 taps; it needs at least 5 × 3.",
        ),
        (
            "gaussian",
            (15, 15),
            {},
            "rows of Pascal's triangle (sigma 0) go up to 9 taps and 15 × 15 is larger; give a "
            "sigma, such as 1.9.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(name, size, settings, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        image_kernel(name, size, **settings)


def test_an_unknown_name_is_answered_with_the_nearest_ones():
    with pytest.raises(ValueError, match=r"the nearest names are .*sobel-across"):
        image_kernel("sobel")
    with pytest.raises(ValueError, match="the nearest names are gaussian"):
        image_kernel("Gaussan")
    with pytest.raises(ValueError, match="the nearest name is identity"):
        image_kernel("identiti")
    with pytest.raises(ValueError, match="the names are identity, shift, brighten, box"):
        image_kernel("zzz")
