"""How fast whole pictures are filtered beside OpenCV, PyTorch, SciPy and scikit-image.

`make bench` runs this; by itself:

    OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.filters

All make a result of the picture's size, with zeros around it: ours, PyTorch and the Fourier
transforms of a picture that was padded before, the others as they go.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
import scipy.ndimage
import scipy.signal

from kernels.pictures.filtering import filter2d
from tests.bench._side_by_side import (
    OURS,
    Calls,
    cv2,
    describe_machine,
    differs,
    installed,
    seconds,
    torch,
    torch_call,
)

skimage = installed("skimage.filters", "scikit-image")

SIZES = [(512, 512), (1080, 1920), (3000, 4000)]
LONGEST = [3, 5, 7, 11, 31]
KINDS = ("any", "separable", "stride 2")
LARGE = 11  # kernels from here on are also given to scipy.signal's Fourier transforms
HOPELESS = 5  # who took so many times as long as the fastest is not asked again
SCIPY = "SciPy correlate"


@lru_cache(1)
def picture(size: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(0).standard_normal(size, np.float32)


def filtering(kind: str, size: tuple[int, int], k: int) -> Calls:
    x, stride = picture(size), 2 if kind == "stride 2" else 1
    sigma, around = k / 6, k // 2
    line = np.exp(-0.5 * ((np.arange(k) - around) / sigma) ** 2).astype(np.float32)
    line /= line.sum()
    w = np.random.default_rng(1).standard_normal((k, k), np.float32)
    if kind == "separable":
        w = np.outer(line, line)
    padded = np.pad(x, around)
    # A large result is written where the last one was, here as in OpenCV and SciPy.
    out = filter2d(padded, w, stride)
    same = np.empty_like(x)
    calls: Calls = {OURS: lambda: filter2d(padded, w, stride, out=out)}
    if cv2:
        zeros = {"dst": same, "borderType": cv2.BORDER_CONSTANT}
        calls["OpenCV filter2D"] = lambda: cv2.filter2D(x, -1, w, **zeros)[::stride, ::stride]
        if kind == "separable":
            calls["OpenCV sepFilter2D"] = lambda: cv2.sepFilter2D(x, -1, line, line, **zeros)
            calls["OpenCV GaussianBlur"] = lambda: cv2.GaussianBlur(x, (k, k), sigma, **zeros)
    if torch:
        layer = padded[None, None], w[None, None]
        conv2d = torch_call(torch.nn.functional.conv2d, *layer, stride=stride)
        calls["PyTorch"] = lambda: conv2d()[0, 0]
    if k >= LARGE:
        flipped = w[::-1, ::-1]
        for name in ("fftconvolve", "oaconvolve"):
            convolve = getattr(scipy.signal, name)
            calls[f"SciPy {name}"] = lambda convolve=convolve: convolve(
                padded, flipped, mode="valid"
            )[::stride, ::stride]
    if kind == "separable" and skimage:
        settings = {"mode": "constant", "preserve_range": True, "truncate": around / sigma}
        calls["scikit-image gaussian"] = lambda: skimage.gaussian(x, sigma, out=same, **settings)
    if kind == "separable":
        down = np.empty_like(x)
        one_way = scipy.ndimage.correlate1d
        calls[SCIPY] = lambda: one_way(
            one_way(x, line, 0, down, mode="constant"), line, 1, same, mode="constant"
        )
    return calls


@lru_cache
def correlate_seconds(size: tuple[int, int], k: int) -> float:
    """What scipy.ndimage.correlate takes for any kernel; once if it is long."""
    x, w = picture(size), np.ones((k, k), np.float32)
    return min(first_seconds(lambda: scipy.ndimage.correlate(x, w, mode="constant")))


def measure(calls: Calls) -> dict[str, float]:
    """Seconds of each call: for those far behind of the best of a few, else the median of many."""
    took = {name: min(first_seconds(call)) for name, call in calls.items()}
    near = HOPELESS * min(took.values())
    return took | seconds({n: c for n, c in calls.items() if n == OURS or took[n] <= near}, 5, 0.04)


def first_seconds(call: Callable[[], object]) -> Iterator[float]:
    """Seconds of the first calls, until they took a tenth of a second."""
    end = time.perf_counter() + 0.1
    while True:
        start = time.perf_counter()
        call()
        yield time.perf_counter() - start
        if time.perf_counter() > end:
            return


def main() -> None:
    describe_machine()
    print(f"\nOne kernel over one plane, float32\n{'milliseconds':<27}{'here':>8}"
          "   ratio to the fastest peer, times as fast as scipy.ndimage.correlate")  # fmt: skip
    ratios, gains = {}, {}
    for size in SIZES:
        for k in LONGEST:
            for kind in KINDS:
                name = f"{k}x{k} {kind} {size[0]}x{size[1]}"
                calls = filtering(kind, size, k)
                assert differs(calls) < 1e-5, f"{name}: the results differ"
                took = measure(calls)
                ours = took.pop(OURS)
                if kind != "separable":
                    took[SCIPY] = correlate_seconds(size, k)
                ratios[name] = ours / min(took.values())
                gains[name] = took[SCIPY] / ours
                others = "  ".join(f"{peer} {1e3 * t:.2f}" for peer, t in took.items())
                print(f"{name:<27}{1e3 * ours:>8.2f} {ratios[name]:>6.2f} {gains[name]:>6.1f}"
                      f"   {others}", flush=True)  # fmt: skip
    worst, least = max(ratios, key=ratios.__getitem__), min(gains, key=gains.__getitem__)
    print(f"geometric mean {statistics.geometric_mean(ratios.values()):.2f}, worst "
          f"{ratios[worst]:.2f} ({worst}); at least {gains[least]:.1f} times as fast as "
          f"scipy.ndimage.correlate, twice correlate1d where separable ({least})")  # fmt: skip


if __name__ == "__main__":
    main()
