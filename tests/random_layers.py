"""Legal layers drawn at random, for tests against references: small whole numbers, exact sums."""

from tests.reference import ends

PADDINGS = ("valid", "same", "full", "same_upper", "same_lower")
MODES = ("zeros", "constant", "reflect", "replicate", "circular")


def pair(rng, low, high):
    """An int, or one number an axis; both ways to write it are drawn."""
    if rng.random() < 0.4:
        return int(rng.integers(low, high))
    return tuple(int(n) for n in rng.integers(low, high, 2))


def both(value):
    return (value, value) if isinstance(value, int) else tuple(value)


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


def conv_case(rng):
    """(x, w, bias, settings) of a convolution that torch.nn would accept or that we extend."""
    while True:
        groups = int(rng.choice([1, 1, 2, 3]))
        channels, kernels = groups * int(rng.integers(1, 3)), groups * int(rng.integers(1, 3))
        size = tuple(int(n) for n in rng.integers(1, 9, 2))
        kernel = tuple(int(n) for n in rng.integers(1, 5, 2))
        stride, dilation = pair(rng, 1, 4), pair(rng, 1, 4)
        mode = str(rng.choice(MODES))
        padding = random_padding(rng, (4, 4))
        if padding == "same":
            stride = 1
        amounts = [
            ends(padding, axis, size[axis], kernel[axis], both(stride)[axis], both(dilation)[axis])
            for axis in (0, 1)
        ]
        fits = all(
            d * (k - 1) + 1 <= n + sum(p)
            for n, k, p, d in zip(size, kernel, amounts, both(dilation), strict=True)
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


def pool_case(rng, dilated=True):
    """(x, settings) of a pooling; settings are those that max and average pooling share."""
    while True:
        size = tuple(int(n) for n in rng.integers(1, 10, 2))
        kernel = pair(rng, 1, 5)
        stride = None if rng.random() < 0.3 else pair(rng, 1, 5)
        dilation = pair(rng, 1, 4) if dilated and rng.random() < 0.5 else 1
        padding = random_padding(rng, [k // 2 for k in both(kernel)], words=())
        ceil_mode = bool(rng.random() < 0.5)
        steps = both(kernel if stride is None else stride)
        rooms = [
            n + sum(ends(padding, axis, n, k)) - (d * (k - 1) + 1)
            for axis, (n, k, d) in enumerate(zip(size, both(kernel), both(dilation), strict=True))
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
