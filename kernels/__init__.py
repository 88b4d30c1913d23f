"""Both the compute (convolution, pooling, shapes, costs) and the catalogue of image kernels.

NumPy only (SciPy for sparse matrices); usable by itself in a notebook. Names, argument order,
defaults and semantics follow torch.nn.functional. Arrays are (N, C, H, W) or (C, H, W); sizes are
(height, width); "convolution" is cross-correlation, as everywhere in deep learning.

>>> import kernels
>>> kernels.conv2d([[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]]).tolist()
[[[19.0, 25.0], [37.0, 43.0]]]
>>> kernels.output_size((224, 224), (7, 7), stride=2, padding=3)
(112, 112)
"""

from kernels.catalogue import CATALOGUE, ImageKernel, gabor_bank, image_kernel
from kernels.catalogue.kernel_tools import KernelFacts, describe_kernel
from kernels.errors import ShapeError
from kernels.layers.cost import conv_macs, conv_parameters, linear_parameters
from kernels.layers.dense import dense_parameters
from kernels.layers.formula import (
    Formula,
    Term,
    layer_formulas,
    mac_formula,
    parameter_formula,
    size_formula,
)
from kernels.layers.geometry import Axis, largest_dilation, largest_kernel, output_size
from kernels.layers.relationships import RELATIONSHIPS, Relationship
from kernels.layers.separable import separable_layers, separable_ratio
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.layers.transposed import TransposedAxis, conv_transpose_output_size
from kernels.networks.known import KNOWN_NETWORKS, KnownNetwork, known_network
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    LocalResponseNorm,
    ZeroPad,
)
from kernels.networks.network import Network, Node, chain, sequence
from kernels.networks.receptive import (
    ReceptiveField,
    StackRow,
    effective_kernel,
    receptive_field,
    receptive_fields,
)
from kernels.networks.receptive_window import receptive_window
from kernels.networks.summary import Row, Totals, last_map, summarise, totals
from kernels.ops.functional import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    adaptive_max_pool3d,
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool3d,
    avg_pool3d_backward,
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
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    max_pool3d_backward,
    median_pool1d,
    median_pool2d,
    median_pool3d,
    min_pool1d,
    min_pool2d,
    min_pool3d,
)
from kernels.ops.matrix import convolution_matrix, im2col
from kernels.ops.misread import as_deep_as_input, map_per_slice
from kernels.ops.pool import pool_layer
from kernels.ops.trace import WindowTrace, step_place, trace_window
from kernels.pictures.filtering import filter2d
from kernels.pictures.histogram import Histogram, value_histogram
from kernels.pictures.shift import Change, ShiftTest, changes, framed, shift_row, shift_test
from kernels.scene.examples import EXAMPLES, Example, link_of, scene_of
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from kernels.scene.scene import Scene
from kernels.scene.settle import settle
from kernels.scene.snippets import Snippet, snippets

__all__ = [
    "CATALOGUE",
    "EXAMPLES",
    "KNOWN_NETWORKS",
    "POOLING_EXAMPLES",
    "RELATIONSHIPS",
    "Activation",
    "AdaptiveAvgPool",
    "Add",
    "Axis",
    "BatchNorm",
    "Change",
    "Concatenate",
    "ConvSpec",
    "ConvTransposeSpec",
    "Crop",
    "Dropout",
    "Example",
    "Flatten",
    "Formula",
    "Histogram",
    "ImageKernel",
    "InstanceNorm",
    "KernelFacts",
    "KnownNetwork",
    "Layer",
    "LayerSpec",
    "Linear",
    "LocalResponseNorm",
    "Network",
    "Node",
    "PoolSpec",
    "ReceptiveField",
    "Relationship",
    "Row",
    "Scene",
    "ShapeError",
    "ShiftTest",
    "Snippet",
    "StackRow",
    "Term",
    "Totals",
    "TransposedAxis",
    "WindowTrace",
    "ZeroPad",
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "adaptive_max_pool3d",
    "as_deep_as_input",
    "avg_pool1d",
    "avg_pool1d_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "avg_pool3d",
    "avg_pool3d_backward",
    "chain",
    "changes",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv3d",
    "conv3d_backward",
    "conv_macs",
    "conv_parameters",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "conv_transpose_output_size",
    "convolution_matrix",
    "dense_parameters",
    "describe_kernel",
    "effective_kernel",
    "filter2d",
    "framed",
    "gabor_bank",
    "im2col",
    "image_kernel",
    "known_network",
    "largest_dilation",
    "largest_kernel",
    "last_map",
    "layer_formulas",
    "linear_parameters",
    "link_of",
    "lp_pool1d",
    "lp_pool2d",
    "lp_pool3d",
    "mac_formula",
    "map_per_slice",
    "max_pool1d",
    "max_pool1d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "max_pool3d",
    "max_pool3d_backward",
    "median_pool1d",
    "median_pool2d",
    "median_pool3d",
    "min_pool1d",
    "min_pool2d",
    "min_pool3d",
    "output_size",
    "parameter_formula",
    "pool_layer",
    "receptive_field",
    "receptive_fields",
    "receptive_window",
    "scene_of",
    "separable_layers",
    "separable_ratio",
    "sequence",
    "settle",
    "shift_row",
    "shift_test",
    "size_formula",
    "snippets",
    "step_place",
    "summarise",
    "totals",
    "trace_window",
    "value_histogram",
]
