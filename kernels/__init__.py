"""Both the compute (convolution, pooling, shapes, costs) and the catalogue of image kernels.

NumPy and the standard library only; usable by itself in a notebook. Names, argument order, defaults
and semantics follow torch.nn.functional. Arrays are (N, C, H, W) or (C, H, W); sizes are
(height, width); "convolution" is cross-correlation, as everywhere in deep learning.

>>> import kernels
>>> kernels.conv2d([[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]]).tolist()
[[[19.0, 25.0], [37.0, 43.0]]]
>>> kernels.output_size((224, 224), (7, 7), stride=2, padding=3)
(112, 112)
"""

from kernels.catalogue import CATALOGUE, ImageKernel, image_kernel
from kernels.conv import conv2d
from kernels.cost import conv_macs, conv_parameters, linear_parameters
from kernels.errors import ShapeError
from kernels.examples import EXAMPLES, Example, link_of, scene_of
from kernels.formula import (
    Formula,
    Term,
    layer_formulas,
    mac_formula,
    parameter_formula,
    size_formula,
)
from kernels.geometry import Axis, largest_dilation, largest_kernel, output_size
from kernels.pool import avg_pool2d, max_pool2d
from kernels.scene import Scene
from kernels.settle import settle
from kernels.snippets import Snippet, snippets
from kernels.spec import ConvSpec, LayerSpec, PoolSpec
from kernels.trace import WindowTrace, step_place, trace_window

__all__ = [
    "CATALOGUE",
    "EXAMPLES",
    "Axis",
    "ConvSpec",
    "Example",
    "Formula",
    "ImageKernel",
    "LayerSpec",
    "PoolSpec",
    "Scene",
    "ShapeError",
    "Snippet",
    "Term",
    "WindowTrace",
    "avg_pool2d",
    "conv2d",
    "conv_macs",
    "conv_parameters",
    "image_kernel",
    "largest_dilation",
    "largest_kernel",
    "layer_formulas",
    "linear_parameters",
    "link_of",
    "mac_formula",
    "max_pool2d",
    "output_size",
    "parameter_formula",
    "scene_of",
    "settle",
    "size_formula",
    "snippets",
    "step_place",
    "trace_window",
]
