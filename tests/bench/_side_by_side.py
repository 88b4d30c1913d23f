"""What the benchmarks of `kernels` share: the peers, the clock, the machine, the table.

A peer that is not installed is left out with a line that says so. All get as many threads as
`kernels` takes. Many libraries keep their threads spinning for a while after a call, which slows
down whoever is measured next; so each is rested before, warmed up, and then called for a while in a
row, and the turns alternate.
"""

import importlib
import math
import os
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from kernels.engine import threads

REST, TURN, ROUNDS = 0.02, 0.06, 7
OURS = "here"

Calls = dict[str, Callable[[], object]]


def installed(module: str, name: str) -> object | None:
    """A library to compare with, or None and a line that says that it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        print(f"{name} is not installed, so it is not compared (make bench installs it).")
        return None


torch = installed("torch", "PyTorch")
onnxruntime = installed("onnxruntime", "onnxruntime")
onnx = installed("onnx.helper", "onnx") and importlib.import_module("onnx")
cv2 = installed("cv2", "OpenCV")
if torch:
    torch.set_num_threads(threads.THREADS)
if cv2:
    cv2.setNumThreads(threads.THREADS)


def torch_call(function: Callable, *arrays: np.ndarray, last: bool = False, **settings) -> Callable:
    """Call a function of PyTorch; `last`: on arrays with the channels last in memory."""
    tensors = [torch.from_numpy(array) for array in arrays]
    if last:
        order = {"memory_format": torch.channels_last}
        tensors = [t.contiguous(**order) if t.ndim == 4 else t for t in tensors]

    def call() -> object:
        with torch.inference_mode():
            return function(*tensors, **settings)

    return call


def onnx_call(operator: str, *arrays: np.ndarray, **attributes) -> Callable:
    """Run a model of one operator, whose first array is the input and the others its weights."""
    x, *weights = arrays
    names = [f"w{n}" for n in range(len(weights))]
    number = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node(operator, ["x", *names], ["y"], **attributes)],
        "one_operator",
        [onnx.helper.make_tensor_value_info("x", number, x.shape)],
        [onnx.helper.make_tensor_value_info("y", number, None)],
        [onnx.numpy_helper.from_array(w, name) for w, name in zip(weights, names, strict=True)],
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    model = onnx.helper.make_model(graph, opset_imports=opset, ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = threads.THREADS, 4
    providers = ["CPUExecutionProvider"]
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=providers)
    return lambda: session.run(None, {"x": x})[0]


def seconds(calls: Calls, rounds: int = ROUNDS, turn: float = TURN) -> dict[str, float]:
    """Median seconds of each call: the median of its turns, each the median of many calls."""
    turns: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            time.sleep(REST)
            call(), call(), call()
            times, end = [], time.perf_counter() + turn
            while time.perf_counter() < end:
                start = time.perf_counter()
                call()
                times.append(time.perf_counter() - start)
            turns[name].append(statistics.median(times))
    return {name: statistics.median(medians) for name, medians in turns.items()}


def differs(calls: Calls) -> float:
    """How far our result is from a peer's, relative to the largest number."""
    peers = [call for name, call in calls.items() if name != OURS]
    ours = calls[OURS]()
    if not peers:
        return 0.0
    theirs = np.asarray(peers[0]())
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


def compare(
    title: str, rows: Sequence[tuple[str, Callable[[], Calls]]], rounds: int = ROUNDS
) -> None:
    """Print a table: each row's times side by side, ours as a ratio to the fastest peer's."""
    print(f"\n{title}\n{'microseconds':<26}{OURS:>10}   ratio to the fastest peer")
    ratios = {}
    for name, make in rows:
        calls = make()
        assert differs(calls) < 1e-5, f"{name}: the results differ"
        took = seconds(calls, rounds)
        ours = took.pop(OURS)
        others = "  ".join(f"{peer} {1e6 * t:.0f}" for peer, t in took.items())
        ratio = ""
        if took:
            ratios[name] = ours / min(took.values())
            ratio = f"{ratios[name]:.2f}"
        print(f"{name:<26}{1e6 * ours:>10.0f} {ratio:>7}   {others}", flush=True)
    if ratios:
        worst = max(ratios, key=ratios.__getitem__)
        mean = statistics.geometric_mean(ratios.values())
        print(f"geometric mean {mean:.2f}, worst {ratios[worst]:.2f} ({worst})")


def describe_machine() -> None:
    """Print what the memory and the matrix product of this machine can do."""
    kernel = os.environ.get("OPENBLAS_CORETYPE")
    told = f", BLAS told to use its kernels for {kernel} (OPENBLAS_CORETYPE)" if kernel else ""
    if not threads.BLAS_IS_SINGLE:
        print("BLAS was not told to use one thread: set OPENBLAS_NUM_THREADS=1, as make bench does")
    print(f"{os.cpu_count()} cores, {threads.THREADS} threads used, NumPy {np.__version__}{told}")
    factor = np.ones((768, 768), np.float32)
    products = [np.empty_like(factor) for _ in range(8)]
    cells = np.ones(2**24, np.float32)
    pieces = list(zip(np.split(np.empty_like(cells), 8), np.split(cells, 8), strict=True))
    calls = {
        "product": lambda: threads.share_out(
            lambda out, do: do.matmul(factor, factor, out=out), products, seconds=1
        ),
        "copy": lambda: threads.share_out(lambda pair, do: do.copyto(*pair), pieces, seconds=1),
    }
    worth, rates = threads.WORTH_A_THREAD, []
    for workers in sorted({1, threads.THREADS}):
        threads.WORTH_A_THREAD = 0 if workers > 1 else math.inf
        took = seconds(calls, rounds=5)
        rates.append(8 * 2 * 768**3 / took["product"] / 1e9)
        copied = 2 * cells.nbytes / took["copy"] / 1e9
        print(f"{workers} thread{'s' if workers > 1 else ''}: matrix product {rates[-1]:.0f} "
              f"GFLOP/s, copy {copied:.0f} GB/s (read and written)")  # fmt: skip
    threads.WORTH_A_THREAD = worth
    if len(rates) > 1 and rates[1] < 1.6 * rates[0]:
        print("Something else keeps the cores busy: what follows is not to be trusted.")
