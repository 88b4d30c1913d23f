"""Every slip gives the number that its textbook example gives."""

import pytest

from kernels import Axis, ConvSpec, PoolSpec
from kernels.networks.layers import Concatenate, Flatten, Linear
from lessons.quiz.mistakes.chains import ChainWorking
from lessons.quiz.mistakes.channels import ChannelWorking
from lessons.quiz.mistakes.cost import macs_working
from lessons.quiz.mistakes.parameters import DenseCount, conv_count
from lessons.quiz.mistakes.places import PlaceWorking
from lessons.quiz.mistakes.pooling import PoolWorking
from lessons.quiz.mistakes.receptive import FieldWorking, Window
from lessons.quiz.mistakes.size_workings import InverseWorking, size_working
from lessons.quiz.mistakes.slip import can_be_made_together
from lessons.quiz.mistakes.table import SLIPS, SLIPS_OF, TOPICS
from lessons.quiz.mistakes.tensors import TensorWorking
from lessons.quiz.mistakes.totals import TotalWorking
from lessons.quiz.mistakes.transposed import TransposedWorking
from lessons.quiz.mistakes.values import ValueWorking
from lessons.quiz.quantities import working_of
from lessons.quiz.question import Field, Question, Setup
from lessons.quiz.skills import SKILLS
from lessons.quiz.wording import scene_with


def size(i, k, s=1, p=0, d=1, ceil=False, other=None, word="", pool=False, told=True):
    axis = Axis(i, k, s, p, p, d, ceil)
    return size_working(axis, Axis(other, k, s, p, p, d) if other else None, word, pool, told)


def _working(setup, asks, layer):
    field = Field(asks, asks, "integer", asks, layer)
    question = Question("", 1, 0, 2, "", (), (), setup, (field,), (), ())
    return working_of(question, field)


def _patch(weights, brightness):
    layer = ConvSpec(1, 1, 3, bias=False)
    flat = ((brightness,) * 5,) * 5
    return Setup((1, 5, 5), (layer,), scene_with(layer, (flat,), (weights,)))


MIDDLE = PoolWorking(((3, 3, 2), (0, 1, 3), (3, 4, 3)), "median", (3, 3), (1, 1), place=(0, 0))
DIGITS = TotalWorking((DenseCount((784,), 84, False), DenseCount((84,), 10, False)))
SEVEN = ChainWorking(32, (ConvSpec(1, 1, 5),) * 7)
BACKWARDS = ChainWorking(256, (ConvSpec(1, 1, 3, 2, 1), PoolSpec(4, 1)))
LENET = FieldWorking((Window(5), Window(2, 2), Window(5), Window(2, 2)))
THREE = FieldWorking((Window(3), Window(3), Window(3)))
HUNDRED = conv_count((5, 5), 3, 100, (300 * 300, 296 * 296))
NPTEL = conv_count((7, 7), 3, 128, (256 * 256, 256 * 256))
DEPTHWISE = conv_count((3, 3), 32, 32, (9, 9), groups=32)
NINE = ((0, 1, 2), (3, 4, 5), (6, 7, 8))
D2L = ValueWorking((NINE,), (((0, 1), (2, 3)),))
NEGATIVE = ValueWorking((((1, 2),),), (((-3, 1),),), place=(0, 0), relu=True)
FOUR = PoolWorking(((1, 2), (3, 4)), "max", (2, 2), (2, 2), place=(0, 0))
OVERLAP = PoolWorking(NINE, "max", (2, 2), (1, 1))
SMALL = macs_working((3, 3), 3, 16, (32 * 32, 32 * 32))
# 10 × 10, 3 × 3 kernels, then pooling 2 × 2: 8 × 8 and 4 × 4; without the + 1 7 × 7 and 3 × 3;
# pooled first 5 × 5 and 3 × 3; the pooling alone 5 × 5.
FLAT = _working(Setup((1, 10, 10), (ConvSpec(1, 3, 3), PoolSpec(2), Flatten())), "features", 2)
PADDED_COST = _working(Setup((1, 10, 10), (ConvSpec(1, 1, 3, padding=1),)), "macs", 0)
# 12 rows, 5 rows of kernel, 3 rows of padding in all: 12 + 3 − 5 + 1
TOTAL = _working(
    Setup((1, 12, 12), (ConvSpec(1, 1, 5, padding=((2, 1), (2, 1))),)), "height_by_total", 0
)
KEPT = Setup((1, 12, 12), (ConvSpec(1, 1, 6, padding=((3, 2), (3, 2))),))
IN_ALL, ABOVE = _working(KEPT, "total_rows", 0), _working(KEPT, "rows_at_top", 0)
FIVE = Setup((1, 5), (ConvSpec(1, 1, (3,), padding=1, bias=False),))
EDGES, WINDOWS = _working(FIVE, "dense_lines", 0), _working(FIVE, "conv_lines", 0)
SHARPEN = _patch(((0, -1, 0), (-1, 5, -1), (0, -1, 0)), 7)
DIAGONAL = _patch(((1, 1, 9), (1, 9, 1), (9, 1, 1)), 1)
# 64 × 64 with 32 channels beside 56 × 56 with 16
JOINED = Setup((16, 56, 56), (Concatenate(),), beside=(32, 64, 64))
CHANNELS, CROPPED = _working(JOINED, "joined_channels", 0), _working(JOINED, "crop", 0)
CLASSES = Setup((84,), (Linear(84, 10),), head=(10, 0, 4))
ONE_BOX = _working(Setup((84,), (Linear(84, 14),), head=(10, 1, 4)), "head_outputs", 0)
# 7 × 7 cells, two boxes of five numbers, 20 classes
YOLO = Setup((1024, 7, 7), (ConvSpec(1024, 30, 1),), head=(20, 2, 5))
CELL, GRID = _working(YOLO, "head_outputs", 0), _working(YOLO, "head_grid", 0)
PADDED_MEAN = PoolWorking(((1, 2), (3, 4)), "avg", (3, 3), (1, 1), (1, 1), place=(0, 0))


@pytest.mark.parametrize(
    "slip, working, right, wrong",
    [
        ("fraction-kept", size(224, 11, 4), 54, 54.25),
        ("rounded-up", size(256, 3, 2, 1), 128, 129),
        ("rounded-nearest", size(4, 3, 2, 1), 2, 3),
        ("rounded-down", size(112, 3, 2, ceil=True), 56, 55),
        ("padding-once", size(5, 3, 1, 1), 5, 4),
        ("padding-ignored", size(5, 3, 2, 1), 3, 2),
        ("padding-doubled", size_working(Axis(9, 3, 1, 1, 3)), 11, 13),
        ("padding-after", size(5, 3, 2, 1), 3, 4),
        ("one-forgotten", size(64, 5), 60, 59),
        ("one-before-division", size(5, 3, 2, 1), 3, 2),
        ("stride-ignored", size(121, 4, 3), 40, 118),
        ("divided-by-stride", size(63, 7, 2), 29, 31),
        ("kernel-ignored", size(5, 3, 1, 1), 5, 7),
        ("dilation-ignored", size(7, 3, d=2), 3, 5),
        ("dilation-times-kernel", size(7, 3, d=2), 3, 2),
        ("dilation-one-gap", size(7, 3, d=2), 3, 4),
        ("stride-and-dilation-exchanged", size(9, 3, 2), 4, 5),
        ("same-keeps-size", size_working(Axis(224, 7, 2, 2, 3), word="same_upper"), 112, 224),
        ("same-half-kernel", size_working(Axis(5, 2, 1, 0, 1), word="same"), 5, 6),
        ("axes-exchanged", size(280, 2, other=320), 279, 319),
        # ⌊(9 + 2 × 2 − 3) / 1⌋ + 1, and (9 − 1) × 2 + 3 − 2 × 1
        ("stride-and-padding-exchanged", size(9, 3, 2, 1), 5, 11),
        ("transposed-formula", size(9, 3, 2, 1), 5, 17),
        ("transposed-kernel-ignored", TransposedWorking(3, 3, 2), 7, 4),
        ("axes-exchanged", TransposedWorking(3, 3, 2, other=5), 7, 11),
        ("tensor-ends-exchanged", TensorWorking(0, 3, 6, 1, (5, 5)), 6, 3),
        ("tensor-slices-forgotten", TensorWorking(1, 3, 6, 1, (5, 5)), 3, 1),
        ("tensor-groups-ignored", TensorWorking(1, 8, 4, 4, (3, 3)), 2, 8),
        ("tensor-sides-exchanged", TensorWorking(2, 1, 1, 1, (3, 5)), 3, 5),
        # 9 × 9 with 3 × 3: down by 2, across by 1
        ("strides-exchanged", size_working(Axis(9, 3, 2), Axis(9, 3, 1)), 4, 7),
        ("max-for-min", PoolWorking(NINE, "min", (2, 2), (1, 1), place=(0, 0)), 0, 4),
        ("average-for-min", PoolWorking(NINE, "min", (2, 2), (1, 1), place=(0, 0)), 0, 2),
        ("average-for-median", MIDDLE, 3, 22 / 9),
        ("median-unsorted", MIDDLE, 3, 1),
        # 784 × 84 + 84 × 10; 784 × 84 alone; 784 + 84 + 10; 784 × 84 × 10; 784 × 10
        ("last-layer-left-out", DIGITS, 66_696, 65_856),
        ("neurons-counted", DIGITS, 66_696, 878),
        ("widths-multiplied", DIGITS, 66_696, 658_560),
        ("first-to-last", DIGITS, 66_696, 7840),
        # 256 → 128 → 125; the pooling first 256 → 253 → 127
        ("layers-turned-round", BACKWARDS, 125, 127),
        ("one-layer-less", SEVEN, 4, 8),
        ("one-layer-only", SEVEN, 4, 28),
        ("one-neuron", DenseCount((128,), 256, True), 33_024, 129),
        ("pooled-first", FLAT, 3 * 4 * 4, 3 * 3 * 3),
        ("layer-left-out", FLAT, 3 * 4 * 4, 3 * 5 * 5),
        ("one-forgotten", FLAT, 3 * 4 * 4, 3 * 3 * 3),
        ("padding-once", PADDED_COST, 9 * 100, 9 * 81),
        ("total-on-each-side", TOTAL, 11, 14),
        ("half-for-total", IN_ALL, 5, 2.5),
        ("kernel-for-total", IN_ALL, 5, 6),
        ("half-a-row", ABOVE, 3, 2.5),
        ("ends-exchanged", ABOVE, 3, 2),
        ("all-at-one-end", ABOVE, 3, 5),
        ("kernel-squared", conv_count((5,), 3, 10, (1, 1)), 160, 760),
        ("frames-not-counted", conv_count((2, 3, 3), 3, 10, (1, 1)), 550, 280),
        ("lines-added", EDGES, 25, 10),
        ("weights-for-lines", WINDOWS, 13, 3),
        ("padding-joined", WINDOWS, 13, 15),
        ("dense-convolution", WINDOWS, 13, 25),
        # weights that sum to 1 keep the brightness of 7; the weights without signs sum to 9
        (
            "brightness-always-kept",
            _working(_patch(((-1, -1, 0),) * 3, 7), "flat_number", 0),
            -42,
            7,
        ),
        ("weights-only-added", _working(SHARPEN, "flat_number", 0), 7, 1),
        ("minus-signs-dropped", _working(SHARPEN, "flat_number", 0), 7, 63),
        ("one-for-nothing", _working(SHARPEN, "middle_weight", 0), 5, 4),
        ("ring-counted-once", _working(SHARPEN, "middle_weight", 0), 5, 2),
        ("dark-weights-forgotten", _working(DIAGONAL, "score_of_white", 0), 33, 27),
        ("cells-counted", _working(DIAGONAL, "score_of_match", 0), 27, 3),
        ("mean-of-products", _working(DIAGONAL, "score_of_match", 0), 27, 3),
        ("joined-like-added", CHANNELS, 48, 32),
        ("joined-in-height", _working(JOINED, "joined_height", 0), 56, 112),
        ("channels-multiplied-in-join", CHANNELS, 48, 512),
        ("crop-of-both-sides", CROPPED, 4, 8),
        ("crop-as-size", CROPPED, 4, 56),
        ("one-output-for-all", _working(CLASSES, "head_outputs", 0), 10, 1),
        ("box-left-out", ONE_BOX, 14, 10),
        ("box-by-place-only", ONE_BOX, 14, 12),
        ("box-for-each-class", ONE_BOX, 14, 50),
        ("confidence-left-out", CELL, 30, 28),
        ("classes-for-each-box", CELL, 30, 50),
        ("one-box-counted", GRID, 1470, 1225),
        ("grid-side-once", GRID, 1470, 210),
        ("pool-stride-one", size(6, 2, 2, pool=True, told=False), 3, 5),
        ("pool-stride-kernel", size(7, 3, 2, pool=True), 3, 2),
        ("padding-once", InverseWorking(Axis(5, 3, 1, 1, 1), "padding", 5), 1, 2),
        # (10 + 3 − 4) / 3 + 1 = 4: three cells in all would do, and two on each side are four
        ("padding-of-both-sides", InverseWorking(Axis(10, 4, 3, 2, 2), "padding", 4), 2, 4),
        ("one-forgotten", InverseWorking(Axis(9, 3, 3), "stride", 3), 3, 2),
        ("depth-kept", ChannelWorking(3, 1, 5, 0, 1), 1, 3),
        ("depth-multiplied", ChannelWorking(32, 64, 3, 0, 1), 64, 2048),
        ("depth-one", ChannelWorking(1, 6, 5, 0, 1), 6, 1),
        ("depth-padded", ChannelWorking(8, 8, 3, 2, 1), 8, 12),
        ("depth-shrunk", ChannelWorking(8, 4, 3, 0, 1), 4, 6),
        ("depth-divided-by-groups", ChannelWorking(8, 16, 3, 1, 1, 4), 16, 4),
        ("depth-times-groups", ChannelWorking(8, 16, 3, 1, 1, 4), 16, 64),
        ("pool-divides-channels", ChannelWorking(16, 0, 2, 0, 2), 16, 8),
        ("pool-divides-channels-by-window", ChannelWorking(16, 0, 2, 0, 2), 16, 4),
        ("pool-one-channel", ChannelWorking(16, 0, 2, 0, 2), 16, 1),
        ("bias-forgotten", HUNDRED, 7600, 7500),
        ("bias-added", conv_count((5, 5), 10, 20, (1, 1), bias=False), 5000, 5020),
        ("bias-single", DenseCount((270_000,), 100, True), 27_000_100, 27_000_001),
        ("bias-per-slice", HUNDRED, 7600, 7800),
        ("input-channels-forgotten", HUNDRED, 7600, 2600),
        ("input-channels-forgotten", NPTEL, 18_944, 6400),
        ("filters-forgotten", HUNDRED, 7600, 76),
        ("sharing-forgotten", NPTEL, 18_944, 1_233_125_504),
        ("conv-as-dense", conv_count((2, 2), 1, 1, (9, 4)), 5, 40),
        ("kernel-one-side", HUNDRED, 7600, 1600),
        ("groups-ignored", DEPTHWISE, 320, 9248),
        ("groups-divide-both", DEPTHWISE, 320, 41),
        ("dilation-adds-weights", conv_count((3, 3), 64, 64, (1, 1), (5, 5)), 36_928, 102_464),
        ("norm-statistics-counted", conv_count((), 64, 0, (1, 1), norm=True), 128, 256),
        ("norm-forgotten", conv_count((), 64, 0, (1, 1), norm=True), 128, 0),
        ("pool-has-weights", conv_count((), 3, 0, (1, 1), pool=4), 0, 4),
        ("pool-has-weights-per-channel", conv_count((), 3, 0, (1, 1), pool=4), 0, 12),
        ("pool-one-per-channel", conv_count((), 3, 0, (1, 1), pool=4), 0, 3),
        ("pool-two-per-channel", conv_count((), 6, 0, (1, 1), pool=4), 0, 12),
        ("bias-per-input", DenseCount((128,), 256, True), 33_024, 32_896),
        ("input-channels-forgotten", DenseCount((3, 300, 300), 100, True), 27_000_100, 9_000_100),
        ("flatten-channels-forgotten", DenseCount((10, 7, 7), 0, False), 490, 49),
        ("flatten-cells-forgotten", DenseCount((10, 7, 7), 0, False), 490, 10),
        ("flatten-added", DenseCount((10, 7, 7), 0, False), 490, 24),
        ("operations-for-macs", SMALL, 442_368, 884_736),
        (
            "macs-for-operations",
            macs_working((3, 3), 3, 16, (9, 1024), asks="operations"),
            884_736,
            442_368,
        ),
        ("macs-halved", SMALL, 442_368, 221_184),
        ("one-addition-less", macs_working((1, 2), 1, 1, (1, 319 * 280)), 178_640, 267_960),
        (
            "additions-as-many-as-products",
            macs_working((1, 2), 1, 1, (1, 319 * 280), asks="singly"),
            267_960,
            357_280,
        ),
        ("input-area", macs_working((11, 11), 3, 96, (227**2, 55**2)), 105_415_200, 1_795_682_592),
        # 18 × 18, 3 × 3, padding 1: 18 × 18 of 360 products each, and 16 × 16 without the padding
        (
            "cost-padding-ignored",
            macs_working((3, 3), 4, 10, (18 * 18, 18 * 18), unpadded=16 * 16),
            116_640,
            92_160,
        ),
        # 9 × 9, 3 × 3, stride 2: 4 × 4 places, and 7 × 7 with stride 1
        (
            "cost-stride-ignored",
            macs_working((3, 3), 1, 1, (9 * 9, 4 * 4), unstrided=7 * 7),
            16 * 9,
            49 * 9,
        ),
        ("cost-channels-forgotten", SMALL, 442_368, 147_456),
        ("cost-filters-forgotten", SMALL, 442_368, 27_648),
        ("cost-area-forgotten", SMALL, 442_368, 432),
        ("cost-one-side", SMALL, 442_368, 13_824),
        ("cost-kernel-one-side", SMALL, 442_368, 147_456),
        ("cost-groups-ignored", macs_working((3, 3), 4, 4, (9, 9), groups=4), 324, 1296),
        ("bias-added-to-macs", SMALL, 442_368, 442_368 + 16 * 1024),
        ("fields-added", THREE, 7, 9),
        ("field-strides-ignored", LENET, 16, 11),
        ("fields-multiplied", FieldWorking((Window(3), Window(3))), 5, 9),
        ("own-stride-counted", LENET, 16, 19),
        ("last-kernel-only", LENET, 16, 2),
        ("strided-layers-left-out", LENET, 16, 9),
        ("padding-enlarges-field", FieldWorking((Window(3, 1, 1), Window(3, 1, 1))), 5, 9),
        ("field-dilation-ignored", FieldWorking((Window(3, 1, 0, 2),)), 5, 3),
        ("field-dilation-times-kernel", FieldWorking((Window(3, 1, 0, 2),)), 5, 6),
        ("forward-formula", TransposedWorking(3, 3, 2, 1), 5, 2),
        ("transposed-padding-added", TransposedWorking(3, 3, 2, 1), 5, 9),
        ("transposed-padding-once", TransposedWorking(3, 3, 2, 1), 5, 6),
        ("transposed-padding-ignored", TransposedWorking(3, 3, 2, 1), 5, 7),
        ("times-stride", TransposedWorking(3, 3, 2, 1), 5, 6),
        ("copies-not-steps", TransposedWorking(3, 3, 2, 1), 5, 7),
        ("output-padding-forgotten", TransposedWorking(3, 3, 2, 1, 1), 6, 5),
        ("output-padding-twice", TransposedWorking(3, 3, 2, 1, 1), 6, 7),
        ("transposed-dilation-ignored", TransposedWorking(3, 3, 1, 0, 0, 2), 7, 5),
        ("origin-without-padding", PlaceWorking(2, 3, 2, 1, 5), 3, 4),
        ("origin-padding-added", PlaceWorking(2, 3, 2, 1, 5), 3, 5),
        ("origin-stride-ignored", PlaceWorking(2, 3, 2, 1, 5), 3, 1),
        ("origin-by-window", PlaceWorking(2, 3, 2, 1, 5), 3, 5),
        ("origin-counted-from-one", PlaceWorking(2, 3, 2, 1, 5), 3, 1),
        ("origin-told-from-one", PlaceWorking(2, 3, 2, 1, 5), 3, 4),
        ("origin-one-late", PlaceWorking(2, 3, 2, 1, 5), 3, 5),
        ("origin-axes-exchanged", PlaceWorking(2, 3, 2, 1, 5), 3, 9),
        ("nothing-left-over", size_working(Axis(6, 3, 2), asks="leftover"), 1, 0),
        ("kernel-flipped", D2L, ((19, 25), (37, 43)), ((5, 11), (23, 29))),
        ("kernel-not-flipped", D2L._replace(flip=True), ((19, 25), (37, 43)), ((5, 11), (23, 29))),
        # [[0, 1], [3, 4]] @ [[0, 1], [2, 3]] = [[2, 3], [8, 15]]
        ("matrix-product", D2L._replace(place=(0, 0)), 19, 2 + 3 + 8 + 15),
        # kernel read by columns: [[0, 2], [1, 3]]
        ("kernel-transposed", D2L._replace(place=(0, 0)), 19, 0 * 0 + 1 * 2 + 3 * 1 + 4 * 3),
        ("rows-and-columns-exchanged", D2L._replace(place=(0, 1)), 25, 37),
        ("window-started-late", D2L._replace(place=(0, 0)), 19, 43),
        ("window-counted-from-one", D2L._replace(place=(1, 1)), 43, 19),
        ("kernel-normalised", D2L._replace(place=(0, 0)), 19, 19 / 6),
        ("bias-not-added", D2L._replace(place=(0, 0), bias=5), 24, 19),
        ("signs-dropped", ValueWorking((((1,),),), (((-2,),),), place=(0, 0)), -2, 2),
        (
            "channels-not-summed",
            ValueWorking((NINE, NINE), D2L.w * 2, place=(0, 0)),
            38,
            19,
        ),
        (
            "bias-for-each-channel",
            ValueWorking((NINE, NINE), D2L.w * 2, 5, place=(0, 0)),
            43,
            48,
        ),
        # the corner window with padding 1: 0 0 / 0 0 under 0 1 / 2 3; copies put the 4 all round
        (
            "edge-replicated",
            ValueWorking((((4, 1), (2, 3)),), D2L.w, 0, (1, 1), (1, 1), (1, 1), place=(0, 0)),
            12,
            4 * (1 + 2 + 3),
        ),
        (
            "edge-ones",
            ValueWorking((((4, 1), (2, 3)),), D2L.w, 0, (1, 1), (1, 1), (1, 1), place=(0, 0)),
            12,
            1 + 2 + 12,
        ),
        (
            "padding-not-drawn",
            ValueWorking((NINE,), D2L.w, 0, (1, 1), (1, 1), (1, 1), place=(1, 1)),
            19,
            43,
        ),
        ("stride-not-moved", ValueWorking((NINE,), (((1,),),), 0, (2, 2), place=(1, 1)), 8, 4),
        (
            "taps-not-spread",
            ValueWorking((NINE,), D2L.w, dilation=(2, 2), place=(0, 0)),
            2 * 1 + 6 * 2 + 8 * 3,
            19,
        ),
        ("relu-first", NEGATIVE, 0, 2),
        (
            "relu-forgotten",
            ValueWorking((((1, 2),),), (((-3, 1),),), place=(0, 0), relu=True),
            0,
            -1,
        ),
        ("divided-by-cells-present", PADDED_MEAN, 10 / 9, 10 / 4),
        ("divided-by-window", PADDED_MEAN._replace(count_padding=False), 10 / 4, 10 / 9),
        ("divisor-forgotten", PADDED_MEAN, 10 / 9, 10),
        ("max-for-average", PADDED_MEAN, 10 / 9, 4),
        (
            "max-pads-with-zero",
            PoolWorking(((-1, -2), (-3, -4)), "max", (2, 2), (2, 2), (1, 1), place=(0, 0)),
            -1,
            0,
        ),
        (
            "average-for-max",
            PoolWorking(((1, 2), (3, 4)), "max", (2, 2), (2, 2), place=(0, 0)),
            4,
            2.5,
        ),
        ("min-for-max", FOUR, 4, 1),
        ("pool-counted-from-one", OVERLAP._replace(place=(1, 1)), 8, 4),
        ("pool-window-late", OVERLAP._replace(place=(0, 0)), 4, 8),
        ("pool-moved-by-one", PoolWorking(NINE, "max", (1, 1), (2, 2), place=(1, 1)), 8, 4),
        (
            "pool-moved-by-window",
            PoolWorking(NINE, "min", (2, 2), (1, 1)),
            ((0, 1), (3, 4)),
            ((0,),),
        ),
        (
            "pool-padding-not-drawn",
            PoolWorking(NINE, "max", (2, 2), (1, 1), (1, 1), place=(0, 0)),
            0,
            4,
        ),
        (
            "pool-rows-and-columns-exchanged",
            OVERLAP._replace(place=(0, 1)),
            5,
            7,
        ),
    ],
)
def test_a_slip_gives_its_number(slip, working, right, wrong):
    def number(value):
        return value if isinstance(value, tuple) else pytest.approx(float(value), rel=1e-12)

    assert number(working.value()) == right
    assert number(SLIPS[slip].changed(working).value()) == wrong


def test_two_slips_together_give_the_published_distractors():
    def both(working, *slips):
        for id in slips:
            working = SLIPS[id].changed(working)
        return working.value()

    depth_three = conv_count((5, 5), 3, 32, (1, 1))
    assert both(depth_three, "input-channels-forgotten", "bias-forgotten") == 800
    assert both(HUNDRED, "input-channels-forgotten", "bias-single") == 2501
    colour = DenseCount((3, 300, 300), 100, True)
    assert both(colour, "input-channels-forgotten", "bias-single") == 9_000_001


def test_no_slip_is_listed_without_an_example_here():
    marks = test_a_slip_gives_its_number.pytestmark[0].args[1]
    choices = {slip.id for topic in ("choices", "shortcut") for slip in TOPICS[topic]}
    assert {case[0] for case in marks} == set(SLIPS) - choices


def test_every_slip_has_a_name_a_sentence_and_a_skill():
    assert len(SLIPS) == sum(len(table) for table in TOPICS.values())
    for slip in SLIPS.values():
        assert slip.say.endswith(".") and len(slip.say) < 110 and "-" not in slip.say.split()
        assert not slip.name.endswith(".") and slip.point in SKILLS


def test_slips_of_one_step_are_not_made_together():
    assert can_be_made_together(SLIPS["padding-once"], SLIPS["one-forgotten"])
    assert not can_be_made_together(SLIPS["padding-once"], SLIPS["padding-ignored"])
    assert not can_be_made_together(SLIPS["divided-by-stride"], SLIPS["one-forgotten"])
    assert all(slips for slips in SLIPS_OF.values())
