"""Legal layers drawn at random, for tests against references: small whole numbers, exact sums."""

from tests.reference import ends

PADDINGS = ("valid", "same", "full", "same_upper", "same_lower")
MODES = ("zeros", "constant", "reflect", "replicate", "circular")


def pair(rng, low, high, rank=2):
    """An int, or one number an axis; both ways to write it are drawn."""
    if rng.random() < 0.4:
        return int(rng.integers(low, high))
    return tuple(int(n) for n in rng.integers(low, high, rank))


def both(value, rank=2):
    return (value,) * rank if isinstance(value, int) else tuple(value)


def random_padding(rng, most, words=PADDINGS):
    """Padding in any of its forms, at most `most` cells an axis and side."""
    form = rng.integers(0, 4 if words else 3)
    if form == 0:
        return int(rng.integers(0, min(most) + 1))
    if form == 1:
        return tuple(int(rng.integers(0, m + 1)) for m in most)
    if form == 2:
        return tuple(tuple(int(n) for n in rng.integers(0, m + 1, 2)) for m in most)
    return str(rng.choice(words))


def conv_case(rng, rank=2):
    """(x, w, bias, settings) of a convolution that torch.nn would accept or that we extend."""
    largest, longest = {1: (14, 6), 2: (9, 5), 3: (6, 4)}[rank]
    while True:
        groups = int(rng.choice([1, 1, 2, 3]))
        channels, kernels = groups * int(rng.integers(1, 3)), groups * int(rng.integers(1, 3))
        size = tuple(int(n) for n in rng.integers(1, largest, rank))
        kernel = tuple(int(n) for n in rng.integers(1, longest, rank))
        stride, dilation = pair(rng, 1, 4, rank), pair(rng, 1, 4, rank)
        mode = str(rng.choice(MODES))
        padding = random_padding(rng, (4,) * rank)
        if padding == "same":
            stride = 1
        amounts = [
            ends(padding, axis, n, k, s, d)
            for axis, (n, k, s, d) in enumerate(
                zip(size, kernel, both(stride, rank), both(dilation, rank), strict=True)
            )
        ]
        fits = all(
            d * (k - 1) + 1 <= n + sum(p)
            for n, k, p, d in zip(size, kernel, amounts, both(dilation, rank), strict=True)
        )
        most = {"reflect": -1, "circular": 0}.get(mode, 99)
        if fits and all(max(p) <= n + most for n, p in zip(size, amounts, strict=True)):
            break
    settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    if mode != "zeros":
        settings["padding_mode"] = mode
    if mode == "constant":
        settings["padding_value"] = float(rng.integers(-3, 4))
    x = rng.integers(-9, 10, (int(rng.integers(1, 3)), channels, *size)).astype(float)
    w = rng.integers(-4, 5, (kernels, channels // groups, *kernel)).astype(float)
    bias = rng.integers(-5, 6, kernels).astype(float) if rng.random() < 0.5 else None
    return x, w, bias, settings


def pool_case(rng, dilated=True, rank=2):
    """(x, settings) of a pooling; settings are those that all poolings share."""
    largest, longest = {1: (14, 6), 2: (10, 5), 3: (6, 4)}[rank]
    while True:
        size = tuple(int(n) for n in rng.integers(1, largest, rank))
        kernel = pair(rng, 1, longest, rank)
        stride = None if rng.random() < 0.3 else pair(rng, 1, 5, rank)
        dilation = pair(rng, 1, 4, rank) if dilated and rng.random() < 0.5 else 1
        padding = random_padding(rng, [k // 2 for k in both(kernel, rank)], words=())
        ceil_mode = bool(rng.random() < 0.5)
        steps = both(kernel if stride is None else stride, rank)
        rooms = [
            n + sum(ends(padding, axis, n, k)) - (d * (k - 1) + 1)
            for axis, (n, k, d) in enumerate(
                zip(size, both(kernel, rank), both(dilation, rank), strict=True)
            )
        ]
        if all(
            room >= 0 or (ceil_mode and room > -s) for room, s in zip(rooms, steps, strict=True)
        ):
            break
    settings = {"kernel_size": kernel, "stride": stride, "padding": padding}
    settings |= {"dilation": dilation, "ceil_mode": ceil_mode}
    shape = (int(rng.integers(1, 3)), int(rng.integers(1, 4)), *size)
    # Few different numbers, so that ties are common; often all negative.
    x = rng.integers(-6, int(rng.choice([-1, 4])), shape).astype(float)
    return x, settings


def transposed_case(rng, rank=2):
    """(x, w, bias, settings) of a transposed convolution."""
    largest, longest = {1: (9, 6), 2: (6, 5), 3: (4, 4)}[rank]
    while True:
        groups = int(rng.choice([1, 1, 2, 3]))
        channels, kernels = groups * int(rng.integers(1, 3)), int(rng.integers(1, 3))
        size = tuple(int(n) for n in rng.integers(1, largest, rank))
        kernel = tuple(int(n) for n in rng.integers(1, longest, rank))
        stride, dilation = pair(rng, 1, 4, rank), pair(rng, 1, 4, rank)
        extra = tuple(
            int(rng.integers(0, max(s, d)))
            for s, d in zip(both(stride, rank), both(dilation, rank), strict=True)
        )
        padding = random_padding(rng, (4,) * rank, words=())
        left = [
            (n - 1) * s + d * (k - 1) + 1 + e - sum(ends(padding, axis, n, k))
            for axis, (n, k, s, d, e) in enumerate(
                zip(size, kernel, both(stride, rank), both(dilation, rank), extra, strict=True)
            )
        ]
        if min(left) >= 1:
            break
    settings = {"stride": stride, "padding": padding, "output_padding": extra}
    settings |= {"groups": groups, "dilation": dilation}
    x = rng.integers(-9, 10, (int(rng.integers(1, 3)), channels, *size)).astype(float)
    w = rng.integers(-4, 5, (channels, kernels, *kernel)).astype(float)
    bias = rng.integers(-5, 6, kernels * groups).astype(float) if rng.random() < 0.5 else None
    return x, w, bias, settings
