"""Both the compute (convolution, pooling, shapes, costs) and the catalogue of image kernels.

NumPy only (SciPy for sparse matrices); usable by itself in a notebook. Names, argument order,
defaults and semantics follow torch.nn.functional. Arrays are (N, C, H, W) or (C, H, W); sizes are
(height, width); "convolution" is cross-correlation, as everywhere in deep learning.

>>> import kernels
>>> kernels.conv2d([[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]]).tolist()
[[[19.0, 25.0], [37.0, 43.0]]]
>>> kernels.output_size((224, 224), (7, 7), stride=2, padding=3)
(112, 112)

Here is what people call first; the rest is in the subpackages: `layers`, `ops`, `pictures`,
`catalogue`, `networks`, `scene`, `reading`.
"""

from kernels.catalogue import CATALOGUE, ImageKernel, image_kernel
from kernels.catalogue.kernel_tools import describe_kernel
from kernels.errors import ShapeError
from kernels.layers.cost import conv_macs, conv_parameters, linear_parameters
from kernels.layers.formula import layer_formulas, mac_formula, parameter_formula, size_formula
from kernels.layers.geometry import Axis, output_size
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.transposed import conv_transpose_output_size
from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.network import Network, sequence
from kernels.networks.receptive import effective_kernel, receptive_field, receptive_fields
from kernels.networks.summary import summarise
from kernels.ops.functional import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    adaptive_max_pool3d,
    avg_pool1d,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool3d,
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv3d,
    conv3d_backward,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
    lp_pool1d,
    lp_pool2d,
    lp_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    median_pool2d,
    min_pool2d,
)
from kernels.ops.matrix import convolution_matrix, im2col
from kernels.ops.trace import trace_window
from kernels.pictures.filtering import filter2d
from kernels.scene.examples import EXAMPLES
from kernels.scene.scene import Scene
from kernels.scene.snippets import snippets

__all__ = [  # noqa: RUF022 - in the order in which one reads about them
    # What a layer is
    "ConvSpec",
    "ConvTransposeSpec",
    "PoolSpec",
    "Axis",
    "ShapeError",
    # How large its output is, what it costs, what it sees
    "output_size",
    "conv_transpose_output_size",
    "conv_parameters",
    "conv_macs",
    "linear_parameters",
    "effective_kernel",
    "receptive_field",
    "receptive_fields",
    # The same as formulas, term by term
    "size_formula",
    "parameter_formula",
    "mac_formula",
    "layer_formulas",
    # What it computes
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "lp_pool1d",
    "lp_pool2d",
    "lp_pool3d",
    "min_pool2d",
    "median_pool2d",
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "adaptive_max_pool3d",
    # Its gradients
    "conv1d_backward",
    "conv2d_backward",
    "conv3d_backward",
    "max_pool2d_backward",
    "avg_pool2d_backward",
    # One step of it, and the whole of it as a matrix
    "trace_window",
    "im2col",
    "convolution_matrix",
    # Image kernels and photographs
    "CATALOGUE",
    "ImageKernel",
    "image_kernel",
    "describe_kernel",
    "filter2d",
    # Networks of layers
    "Network",
    "sequence",
    "summarise",
    "KNOWN_NETWORKS",
    "known_network",
    # A layer with its numbers, and its code
    "Scene",
    "EXAMPLES",
    "snippets",
]
