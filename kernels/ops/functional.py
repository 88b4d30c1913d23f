"""torch.nn.functional's functions for one, two and three axes, each over one function for any.

What a function does and takes is said once, where it is written for any number of axes; here it
gets its name, its number of axes and its examples.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np  # noqa: F401 - the examples use it

from kernels.ops.adaptive import adaptive_avg_pool, adaptive_max_pool
from kernels.ops.conv import convolve
from kernels.ops.conv_backward import convolve_backward
from kernels.ops.conv_transpose import transpose_convolve
from kernels.ops.pool import avg_pool, lp_pool, max_pool, median_pool, min_pool
from kernels.ops.pool_backward import avg_pool_backward, max_pool_backward

Settings = ParamSpec("Settings")
Result = TypeVar("Result")

WORDS = {
    1: {"`rank` axes": "one axis", "*size": "L", "*kernel": "k", "*output": "L_out"},
    2: {"`rank` axes": "two axes", "*size": "H, W", "*kernel": "kh, kw", "*output": "H_out, W_out"},
    3: {
        "`rank` axes": "three axes",
        "*size": "D, H, W",
        "*kernel": "kd, kh, kw",
        "*output": "D_out, H_out, W_out",
    },
}
"""What the description of a function of any number of axes is read as for one, two and three."""


def of_axes(
    name: str, rank: int, function: Callable[Concatenate[int, Settings], Result], examples: str
) -> Callable[Settings, Result]:
    """A function of any number of axes as the one for `rank` axes, with examples of its own.

    >>> conv1d.__name__, conv1d.__doc__.splitlines()[0]
    ('conv1d', 'Slide kernels over inputs of one axis and sum the products under each window.')
    >>> list(inspect.signature(max_pool2d).parameters)[:3]
    ['input', 'kernel_size', 'stride']
    """

    def of_rank(*args: Settings.args, **kwargs: Settings.kwargs) -> Result:
        return function(rank, *args, **kwargs)

    said = inspect.getdoc(function) or ""
    for word, meant in WORDS[rank].items():
        said = said.replace(word, meant)
    summary, parameters = said.split("\n\n", 1)
    of_rank.__name__ = of_rank.__qualname__ = name
    of_rank.__doc__ = f"{summary}\n{examples}\n{parameters}"
    signature = inspect.signature(function)
    _rank, *others = signature.parameters.values()
    of_rank.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
    return of_rank


# fmt: off

# Convolution

conv1d = of_axes("conv1d", 1, convolve, """
>>> signal = [[1, 2, 3, 4, 5]]
>>> conv1d(signal, [[[1, 0, -1]]])
array([[-2., -2., -2.]])
>>> conv1d(signal, [[[1, 0, -1]]], padding="full")
array([[-1., -2., -2., -2., -2.,  4.,  5.]])
>>> left, right = [1, 2, 3, 4, 5], [10, 20, 30, 40, 50]
>>> conv1d([left, right], [[[1, 1]], [[-1, 1]]], bias=[0, 100], stride=2, groups=2)
array([[  3.,   7.],
       [110., 110.]])
""")

conv2d = of_axes("conv2d", 2, convolve, """
>>> image = np.arange(9).reshape(1, 3, 3)
>>> kernel = np.array([[0, 1], [2, 3]]).reshape(1, 1, 2, 2)
>>> conv2d(image, kernel)
array([[[19., 25.],
        [37., 43.]]])
>>> conv2d(image, kernel, padding="same").shape, conv2d(image, kernel, stride=2).shape
((1, 3, 3), (1, 1, 1))
>>> colour = np.stack([image[0], image[0] + 1])
>>> conv2d(colour, np.array([[[[0, 1], [2, 3]], [[1, 2], [3, 4]]]]), bias=[0.5])
array([[[ 56.5,  72.5],
        [104.5, 120.5]]])
""")

conv3d = of_axes("conv3d", 3, convolve, """
>>> volume = np.arange(8).reshape(1, 2, 2, 2)
>>> conv3d(volume, np.ones((1, 1, 2, 2, 2)))
array([[[[28.]]]])
>>> later_minus_earlier = np.array([-1, 1]).reshape(1, 1, 2, 1, 1)
>>> conv3d(volume, later_minus_earlier)
array([[[[4., 4.],
         [4., 4.]]]])
>>> film, kernels = np.zeros((3, 8, 28, 28), np.float32), np.zeros((4, 3, 3, 7, 7), np.float32)
>>> conv3d(film, kernels, stride=(1, 2, 2), padding=(1, 3, 3)).shape
(4, 8, 14, 14)
""")


# Transposed convolution

conv_transpose1d = of_axes("conv_transpose1d", 1, transpose_convolve, """
>>> conv_transpose1d([[1, 10]], [[[1, 2, 3]]])
array([[ 1., 12., 23., 30.]])
>>> conv_transpose1d([[1, 10]], [[[1, 2, 3]]], stride=2)
array([[ 1.,  2., 13., 20., 30.]])
>>> conv_transpose1d([[1, 10]], [[[1, 2, 3]]], stride=2, padding=1, output_padding=1)
array([[ 2., 13., 20., 30.]])
""")

conv_transpose2d = of_axes("conv_transpose2d", 2, transpose_convolve, """
>>> kernel = np.array([[1, 2], [3, 4]]).reshape(1, 1, 2, 2)
>>> conv_transpose2d([[[1, 10]]], kernel)
array([[[ 1., 12., 20.],
        [ 3., 34., 40.]]])
>>> conv_transpose2d([[[1, 10]]], kernel, stride=2)
array([[[ 1.,  2., 10., 20.],
        [ 3.,  4., 30., 40.]]])
>>> up = np.zeros((1024, 512, 2, 2), np.float32)
>>> conv_transpose2d(np.zeros((1024, 7, 7), np.float32), up, np.ones(512), stride=2).shape
(512, 14, 14)
""")

conv_transpose3d = of_axes("conv_transpose3d", 3, transpose_convolve, """
>>> kernel = np.array([1, 2]).reshape(1, 1, 2, 1, 1)
>>> conv_transpose3d([[[[1, 10]]]], kernel)
array([[[[ 1., 10.]],
        [[ 2., 20.]]]])
>>> conv_transpose3d(np.zeros((8, 4, 5, 6)), np.zeros((8, 3, 2, 2, 2)), stride=2).shape
(3, 8, 10, 12)
""")


# Pooling

max_pool1d = of_axes("max_pool1d", 1, max_pool, """
>>> max_pool1d([[3, 1, 4, 1, 5, 9]], 2)
array([[3., 4., 9.]])
>>> max_pool1d([[3, 1, 4, 1, 5, 9]], 3, stride=2, padding=1, return_indices=True)
(array([[3., 4., 9.]]), array([[0, 2, 5]]))
""")

max_pool2d = of_axes("max_pool2d", 2, max_pool, """
>>> picture = [[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]]
>>> max_pool2d(picture, 2)
array([[[6., 8.],
        [3., 4.]]])
>>> max_pool2d(-np.ones((1, 3, 3)), 3, stride=2, padding=1)[0, 0]
array([-1., -1.])
""")

max_pool3d = of_axes("max_pool3d", 3, max_pool, """
>>> max_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
array([21., 53.])
""")

avg_pool1d = of_axes("avg_pool1d", 1, avg_pool, """
>>> avg_pool1d([[3, 1, 4, 1, 5, 9]], 2)
array([[2. , 2.5, 7. ]])
""")

avg_pool2d = of_axes("avg_pool2d", 2, avg_pool, """
>>> avg_pool2d([[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]], 2)
array([[[3.25, 5.25],
        [2.  , 2.  ]]])
>>> corner = np.array([[[1.0, 2.0], [3.0, 4.0]]])
>>> round(float(avg_pool2d(corner, 3, 1, 1)[0, 0, 0]), 3)
1.111
>>> float(avg_pool2d(corner, 3, 1, 1, count_include_pad=False)[0, 0, 0])
2.5
""")

avg_pool3d = of_axes("avg_pool3d", 3, avg_pool, """
>>> avg_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
array([10.5, 42.5])
""")

min_pool1d = of_axes("min_pool1d", 1, min_pool, """
>>> min_pool1d([[3, 1, 4, 1, 5, 9]], 2)
array([[1., 1., 5.]])
""")

min_pool2d = of_axes("min_pool2d", 2, min_pool, """
>>> picture = [[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]]
>>> min_pool2d(picture, 2)
array([[[1., 2.],
        [1., 0.]]])
>>> min_pool2d(np.ones((1, 3, 3)), 3, stride=2, padding=1)[0, 0]
array([1., 1.])
""")

min_pool3d = of_axes("min_pool3d", 3, min_pool, """
>>> min_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
array([ 0., 32.])
""")

median_pool1d = of_axes("median_pool1d", 1, median_pool, """
>>> median_pool1d([[3, 1, 4, 1, 5, 9]], 3)
array([[3., 5.]])
""")

median_pool2d = of_axes("median_pool2d", 2, median_pool, """
>>> speck = [[[1, 1, 1, 2], [1, 99, 2, 2], [1, 2, 2, 2]]]
>>> median_pool2d(speck, 3, stride=1)
array([[[1., 2.]]])
>>> median_pool2d([[[1, 2], [4, 99]]], 2)
array([[[3.]]])
>>> median_pool2d(speck, 3, stride=1, padding=1)[0, 0]
array([1., 1., 2., 2.])
""")

median_pool3d = of_axes("median_pool3d", 3, median_pool, """
>>> median_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
array([10.5, 42.5])
""")

lp_pool1d = of_axes("lp_pool1d", 1, lp_pool, """
>>> lp_pool1d([[3, 4, 6, -8]], norm_type=2, kernel_size=2)
array([[ 5., 10.]])
""")

lp_pool2d = of_axes("lp_pool2d", 2, lp_pool, """
>>> lp_pool2d([[[3, 4, -6], [0, 0, 8]]], norm_type=2, kernel_size=(2, 1))
array([[[ 3.,  4., 10.]]])
>>> lp_pool2d([[[3, 4, -6], [0, 0, 8]]], norm_type=1, kernel_size=2, ceil_mode=True)
array([[[ 7., 14.]]])
""")

lp_pool3d = of_axes("lp_pool3d", 3, lp_pool, """
>>> lp_pool3d(np.ones((1, 4, 4, 4)), norm_type=3, kernel_size=2)[0, 0]
array([[2., 2.],
       [2., 2.]])
""")

adaptive_avg_pool1d = of_axes("adaptive_avg_pool1d", 1, adaptive_avg_pool, """
>>> adaptive_avg_pool1d([[3, 1, 4, 1, 5, 9]], 2)
array([[2.66666667, 5.        ]])
""")

adaptive_avg_pool2d = of_axes("adaptive_avg_pool2d", 2, adaptive_avg_pool, """
>>> picture = np.arange(12).reshape(1, 3, 4)
>>> adaptive_avg_pool2d(picture, 1)
array([[[5.5]]])
>>> adaptive_avg_pool2d(picture, (None, 2))
array([[[ 0.5,  2.5],
        [ 4.5,  6.5],
        [ 8.5, 10.5]]])
>>> adaptive_avg_pool2d(np.ones((512, 10, 13), np.float32), 7).shape
(512, 7, 7)
""")

adaptive_avg_pool3d = of_axes("adaptive_avg_pool3d", 3, adaptive_avg_pool, """
>>> adaptive_avg_pool3d(np.arange(64).reshape(1, 4, 4, 4), (2, 1, 1))[0, :, 0, 0]
array([15.5, 47.5])
""")

adaptive_max_pool1d = of_axes("adaptive_max_pool1d", 1, adaptive_max_pool, """
>>> adaptive_max_pool1d([[3, 1, 4, 1, 5, 9]], 2)
array([[4., 9.]])
""")

adaptive_max_pool2d = of_axes("adaptive_max_pool2d", 2, adaptive_max_pool, """
>>> adaptive_max_pool2d(np.arange(12).reshape(1, 3, 4), 2)
array([[[ 5.,  7.],
        [ 9., 11.]]])
>>> adaptive_max_pool2d([[[3, 1, 4], [1, 5, 9]]], (None, 1), return_indices=True)[1]
array([[[2],
        [5]]])
""")

adaptive_max_pool3d = of_axes("adaptive_max_pool3d", 3, adaptive_max_pool, """
>>> adaptive_max_pool3d(np.arange(64).reshape(1, 4, 4, 4), (2, 1, 1))[0, :, 0, 0]
array([31., 63.])
""")


# Gradients

conv1d_backward = of_axes("conv1d_backward", 1, convolve_backward, """
>>> grad_input, grad_weight, grad_bias = conv1d_backward([[1, 2, 3]], [[[5, 7]]], [[1, 100]])
>>> grad_input, grad_weight, grad_bias
(array([[  5., 507., 700.]]), array([[[201., 302.]]]), array([101.]))
""")

conv2d_backward = of_axes("conv2d_backward", 2, convolve_backward, """
>>> image = np.arange(9).reshape(1, 3, 3)
>>> kernel = np.array([[0, 1], [2, 3]]).reshape(1, 1, 2, 2)
>>> grad_input, grad_weight, grad_bias = conv2d_backward(image, kernel, np.ones((1, 2, 2)))
>>> grad_input
array([[[0., 1., 1.],
        [2., 6., 4.],
        [2., 5., 3.]]])
>>> grad_weight[0, 0], grad_bias
(array([[ 8., 12.],
       [20., 24.]]), array([4.]))
>>> conv2d_backward(image, kernel, np.ones((1, 2, 2)), stride=2, padding=1)[0]
array([[[3., 2., 3.],
        [1., 0., 1.],
        [3., 2., 3.]]])
""")

conv3d_backward = of_axes("conv3d_backward", 3, convolve_backward, """
>>> volume = np.arange(8).reshape(1, 2, 2, 2)
>>> grads = conv3d_backward(volume, np.ones((1, 1, 1, 2, 2)), [[[[1]], [[10]]]])
>>> grads[0][0, :, 0, 0], grads[1].ravel(), grads[2]
(array([ 1., 10.]), array([40., 51., 62., 73.]), array([11.]))
""")

max_pool1d_backward = of_axes("max_pool1d_backward", 1, max_pool_backward, """
>>> max_pool1d_backward([[3, 1, 4, 1, 5, 9]], [[10, 20, 30]], 2)
array([[10.,  0., 20.,  0.,  0., 30.]])
""")

max_pool2d_backward = of_axes("max_pool2d_backward", 2, max_pool_backward, """
>>> picture = [[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]]
>>> max_pool2d_backward(picture, [[[10, 20], [30, 40]]], 2)
array([[[ 0.,  0.,  0.,  0.],
        [ 0., 10.,  0., 20.],
        [30.,  0.,  0.,  0.],
        [ 0.,  0.,  0., 40.]]])
>>> max_pool2d_backward([[[7, 7], [7, 7]]], [[[10]]], 2)
array([[[10.,  0.],
        [ 0.,  0.]]])
""")

max_pool3d_backward = of_axes("max_pool3d_backward", 3, max_pool_backward, """
>>> volume = np.arange(8).reshape(1, 2, 2, 2)
>>> max_pool3d_backward(volume, [[[[10]]]], 2).ravel()
array([ 0.,  0.,  0.,  0.,  0.,  0.,  0., 10.])
""")

avg_pool1d_backward = of_axes("avg_pool1d_backward", 1, avg_pool_backward, """
>>> avg_pool1d_backward([[3, 1, 4, 1, 5, 9]], [[10, 20, 30]], 2)
array([[ 5.,  5., 10., 10., 15., 15.]])
""")

avg_pool2d_backward = of_axes("avg_pool2d_backward", 2, avg_pool_backward, """
>>> avg_pool2d_backward(np.zeros((1, 2, 4)), [[[8, 80]]], 2)
array([[[ 2.,  2., 20., 20.],
        [ 2.,  2., 20., 20.]]])
>>> avg_pool2d_backward(np.zeros((1, 2, 4)), [[[8, 80, 800]]], 2, 1)
array([[[  2.,  22., 220., 200.],
        [  2.,  22., 220., 200.]]])
""")

avg_pool3d_backward = of_axes("avg_pool3d_backward", 3, avg_pool_backward, """
>>> avg_pool3d_backward(np.zeros((1, 2, 2, 2)), [[[[16]]]], 2).ravel()
array([2., 2., 2., 2., 2., 2., 2., 2.])
""")
