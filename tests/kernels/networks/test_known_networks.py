"""Ready networks: their figures, as PyTorch counts them and as their papers print them."""

from dataclasses import replace
from functools import cache

import pytest

from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.known.pictures import u_net
from kernels.networks.known.plain import mobilenet_v1
from kernels.networks.known.residual import resnet
from kernels.networks.layers import Crop
from kernels.networks.receptive_window import receptive_window
from kernels.networks.summary import last_map, summarise, totals


@cache
def network(id):
    return known_network(id).build()


@cache
def rows(id):
    return summarise(network(id))


def row(id, name):
    (found,) = (row for row in rows(id) if row.name == name)
    return found


# Every figure was computed with PyTorch from modules of the same sizes; receptive fields of
# LeNet, AlexNet, VGG, ResNet and PatchGAN also by the gradients of one output.
IMAGE, CLASSES = (3, 224, 224), (1000,)
BY_POSITION = None  # after a transposed convolution the field depends on the position
TABLE = {
    # input, output, parameters: all, (conv, linear, norm); MACs; field, stride, padding
    "one_block": (
        (1, 6, 6), (2, 2, 2), 2 * (9 + 1), (20, 0, 0), 2 * 4 * 4 * 9, (4, 2, 0),
    ),
    "lenet_5": (
        (1, 28, 28), (10,), 61_706, (2_572, 59_134, 0), 416_520, (16, 4, 2),
    ),
    "lenet_5_1998": (
        (1, 32, 32), (84,), 60_000, (49_836, 10_164, 0), 327_256, (32, 4, 0),
    ),
    "digits_dense": (
        (1, 28, 28), (10,), 66_696, (0, 66_696, 0), 66_696, None,
    ),
    "digits_no_bias": (
        (1, 28, 28), (10,), 32_970, (5_250, 27_720, 0), 491_720, (16, 4, 0),
    ),
    "digits": (
        (1, 28, 28), (10,), 33_094, (5_280, 27_814, 0), 491_720, (16, 4, 0),
    ),
    "alexnet_2012": (
        (3, 227, 227), CLASSES, 60_965_224, (2_334_080, 58_631_144, 0), 724_406_816, (195, 32, 64),
    ),
    "alexnet_2012_ungrouped": (
        (3, 227, 227), CLASSES, 62_378_344, (3_747_200, 58_631_144, 0), 1_135_256_096,
        (195, 32, 64),
    ),
    "alexnet_torchvision": (
        IMAGE, CLASSES, 61_100_840, (2_469_696, 58_631_144, 0), 714_188_480, (195, 32, 66),
    ),
    "vgg11": (
        IMAGE, CLASSES, 132_863_336, (9_220_480, 123_642_856, 0), 7_609_090_048, (150, 32, 59),
    ),
    "vgg13": (
        IMAGE, CLASSES, 133_047_848, (9_404_992, 123_642_856, 0), 11_308_466_176, (156, 32, 62),
    ),
    "vgg16": (
        IMAGE, CLASSES, 138_357_544, (14_714_688, 123_642_856, 0), 15_470_264_320, (212, 32, 90),
    ),
    "vgg19": (
        IMAGE, CLASSES, 143_667_240, (20_024_384, 123_642_856, 0), 19_632_062_464, (268, 32, 118),
    ),
    "googlenet": (
        IMAGE, CLASSES, 6_998_552, (5_973_552, 1_025_000, 0), 1_582_671_872, (715, 32, 327),
    ),
    "googlenet_torchvision": (
        IMAGE, CLASSES, 6_624_904, (5_585_344, 1_025_000, 14_560), 1_498_376_192, (379, 32, 167),
    ),
    "resnet18": (
        IMAGE, CLASSES, 11_689_512, (11_166_912, 513_000, 9_600), 1_814_073_344, (435, 32, 217),
    ),
    "resnet34": (
        IMAGE, CLASSES, 21_797_672, (21_267_648, 513_000, 17_024), 3_663_761_408, (899, 32, 449),
    ),
    "plain34": (
        IMAGE, CLASSES, 21_623_848, (21_095_616, 513_000, 15_232), 3_644_493_824, (899, 32, 449),
    ),
    "resnet50": (
        IMAGE, CLASSES, 25_557_032, (23_454_912, 2_049_000, 53_120), 4_089_184_256, (427, 32, 213),
    ),
    "resnet101": (
        IMAGE, CLASSES, 44_549_160, (42_394_816, 2_049_000, 105_344), 7_801_405_440,
        (971, 32, 485),
    ),
    "resnet152": (
        IMAGE, CLASSES, 60_192_808, (57_992_384, 2_049_000, 151_424), 11_513_626_624,
        (1451, 32, 725),
    ),
    "mobilenet_v2": (
        IMAGE, CLASSES, 3_504_872, (2_189_760, 1_281_000, 34_112), 300_774_272, (491, 32, 245),
    ),
    "mobilenet_v1": (
        IMAGE, CLASSES, 4_231_976, (3_185_088, 1_025_000, 21_888), 568_740_352, (315, 32, 157),
    ),
    "mobilenet_v1_full": (
        IMAGE, CLASSES, 29_294_088, (28_257_120, 1_025_000, 11_968), 4_867_293_184,
        (315, 32, 157),
    ),
    "squeezenet_1_0": (
        IMAGE, CLASSES, 1_248_424, (1_248_424, 0, 0), 818_924_576, (155, 16, 60),
    ),
    "densenet_121": (
        IMAGE, CLASSES, 7_978_856, (6_870_208, 1_025_000, 83_648), 2_834_161_664,
        (2071, 32, 1021),
    ),
    "inception_v3": (
        (3, 299, 299), CLASSES, 23_834_568, (21_751_136, 2_049_000, 34_432), 5_713_216_096,
        (1311, 32, 618),
    ),
    "u_net": (
        (1, 572, 572), (2, 388, 388), 31_030_658, (31_030_658, 0, 0), 150_428_424_448, BY_POSITION,
    ),
    "autoencoder": (
        (1, 28, 28), (1, 28, 28), 1_477, (1_477, 0, 0), 112_896, BY_POSITION,
    ),
    "dcgan_generator": (
        (100, 1, 1), (3, 64, 64), 3_576_704, (3_574_784, 0, 1_920), 104_628_224, BY_POSITION,
    ),
    "dcgan_discriminator": (
        (3, 64, 64), (1, 1, 1), 2_765_568, (2_763_776, 0, 1_792), 103_817_216, (94, 16, 15),
    ),
    "cyclegan_9": (
        (3, 256, 256), (3, 256, 256), 11_378_179, (11_378_179, 0, 0), 49_551_507_456, BY_POSITION,
    ),
    "cyclegan_6": (
        (3, 128, 128), (3, 128, 128), 7_837_699, (7_837_699, 0, 0), 8_763_998_208, BY_POSITION,
    ),
    "patchgan": (
        (3, 256, 256), (1, 30, 30), 2_764_737, (2_764_737, 0, 0), 3_146_809_344, (70, 8, 23),
    ),
}  # fmt: skip


@pytest.mark.parametrize("id", TABLE)
def test_a_network_has_its_figures(id):
    shape, output, parameters, split, macs, field = TABLE[id]
    total, last = totals(rows(id)), last_map(rows(id))
    assert (network(id).input_shape, rows(id)[-1].shape) == (shape, output)
    assert total.parameters == parameters == sum(split)
    assert (total.conv, total.linear, total.norm) == split
    assert total.macs == macs
    assert (last.field[:3] if last.field else None) == field


def test_every_network_is_in_the_table_once_with_a_title_and_source():
    assert sorted(network.id for network in KNOWN_NETWORKS) == sorted(TABLE)
    assert len({network.title for network in KNOWN_NETWORKS}) == len(KNOWN_NETWORKS)
    assert all(network.source for network in KNOWN_NETWORKS)
    with pytest.raises(KeyError, match="'resnet19' is not a known network; use one of"):
        known_network("resnet19")


# Layer by layer


def test_lenet_layer_by_layer():
    shapes = [row.shape for row in rows("lenet_5") if row.kind != "relu"]
    assert shapes == [
        (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (400,), (120,), (84,), (10,),
    ]  # fmt: skip
    learned = [row.parameters for row in rows("lenet_5") if row.parameters]
    assert learned == [6 * 25 + 6, 16 * 6 * 25 + 16, 400 * 120 + 120, 120 * 84 + 84, 84 * 10 + 10]


def test_lenet_of_1998_reads_only_some_maps_and_learns_in_its_pooling():
    c1 = 6 * (5 * 5 + 1)
    s2, s4 = 6 * (1 + 1), 16 * (1 + 1)  # a coefficient and a bias for each map
    # Six maps of C3 read 3 maps of S2, six read 4 neighbours, three read 4 others, one reads all.
    maps_read = [3] * 6 + [4] * 6 + [4] * 3 + [6]
    c3 = sum(5 * 5 * n + 1 for n in maps_read)
    c5, f6 = 120 * (16 * 5 * 5 + 1), 84 * (120 + 1)
    assert (c1, s2, c3, s4, c5, f6) == (156, 12, 1_516, 32, 48_120, 10_164)
    assert c1 + s2 + c3 + s4 + c5 + f6 == 60_000
    assert sum(maps_read) == 60 and row("lenet_5", "conv2").parameters == 2_416
    connections = (28**2 * c1, 14**2 * 6 * (2 * 2 + 1), 10**2 * c3, 5**2 * 16 * (2 * 2 + 1), c5, f6)
    assert connections == (122_304, 5_880, 151_600, 2_000, 48_120, 10_164)
    learned = dict.fromkeys(("c1", "s2", "c3", "s4", "c5", "f6"), 0)
    for r in rows("lenet_5_1998"):
        if r.parameters:
            learned[r.name.split(".")[0]] += r.parameters
    assert tuple(learned.values()) == (c1, s2, c3, s4, c5, f6)


def test_each_map_of_c3_reads_the_maps_that_the_paper_s_table_marks():
    """Table I of LeCun et al. 1998: a row for each map of S2, a column for each of C3."""
    table = """
        X . . . X X X . . X X X X . X X
        X X . . . X X X . . X X X X . X
        X X X . . . X X X . . X . X X X
        . X X X . . X X X X . . X . X X
        . . X X X . . X X X X . X X . X
        . . . X X X . . X X X X . X X X
    """
    marked = [line.split() for line in table.strip().splitlines()]
    for n in range(16):
        (node,) = (node for node in network("lenet_5_1998").nodes if node.name == f"c3.map{n}.read")
        read = [int(source.split(".")[1].removeprefix("map")) for source in node.inputs]
        assert read == [m for m in range(6) if marked[m][n] == "X"]
    assert {row("lenet_5_1998", f"c3.map{n}").shape for n in range(16)} == {(1, 10, 10)}


def test_alexnet_layer_by_layer():
    learned = {row.name: row.parameters for row in rows("alexnet_2012") if row.parameters}
    assert learned == {
        "conv1": 96 * 3 * 11 * 11 + 96,
        "conv2": 256 * 48 * 5 * 5 + 256,
        "conv3": 384 * 256 * 3 * 3 + 384,
        "conv4": 384 * 192 * 3 * 3 + 384,
        "conv5": 256 * 192 * 3 * 3 + 256,
        "fc6": 9216 * 4096 + 4096,
        "fc7": 4096 * 4096 + 4096,
        "fc8": 4096 * 1000 + 1000,
    }
    assert list(learned.values()) == [
        34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000,
    ]  # fmt: skip
    assert row("alexnet_2012", "conv1").shape == (96, 55, 55)


def test_shortcuts_of_resnet_34_that_change_the_shape_cost_parameters():
    shortcuts = [r.parameters for r in rows("resnet34") if r.name.endswith(".shortcut")]
    assert shortcuts == [64 * 128, 128 * 256, 256 * 512]
    norms = [r.parameters for r in rows("resnet34") if r.name.endswith(".shortcut.norm")]
    assert sum(shortcuts) + sum(norms) == 173_824


def test_feature_vectors_of_the_inception_networks():
    assert row("googlenet", "flatten").shape == (1024,)
    assert row("inception_v3", "flatten").shape == (2048,)


def test_the_generator_of_dcgan_doubles():
    sizes = [r.shape for r in rows("dcgan_generator") if r.kind == "transposed conv"]
    assert sizes == [(512, 4, 4), (256, 8, 8), (128, 16, 16), (64, 32, 32), (3, 64, 64)]


def test_the_sizes_and_crops_of_u_net():
    convs = [r.shape[1] for r in rows("u_net") if "conv" in r.kind]
    assert convs == [
        570, 568, 282, 280, 138, 136, 66, 64, 30, 28,
        56, 54, 52, 104, 102, 100, 200, 198, 196, 392, 390, 388, 388,
    ]  # fmt: skip
    crops = [r.layer.cells[0] for r in rows("u_net") if isinstance(r.layer, Crop)]
    copied_and_grown = [(64, 56), (136, 104), (280, 200), (568, 392)]
    assert crops == [((n - m) // 2, (n - m) // 2) for n, m in copied_and_grown]
    assert row("u_net", "concat4").shape == (512 + 512, 56, 56)


# What an output sees


def test_an_output_of_u_net_sees_more_or_less_by_its_place():
    assert row("u_net", "bottom.conv2").field.size == 140
    # Small enough to ask every place of a row: 204 or 188 cells, as gradients show.
    net = u_net(size=236)
    assert summarise(net)[-1].shape == (2, 52, 52)
    seen = []
    for n in range(52):
        ((first, last), _) = receptive_window(net, "classes", (n, 26))
        seen.append(last - first + 1)
    assert set(seen) == {188, 204}


def test_a_network_with_transposed_layers_says_why_it_has_no_one_field():
    assert row("u_net", "classes").note == (
        "Layer 'up4' (transposed conv): with stride 2, how much an output sees depends on its "
        "position; ask receptive_window for one position."
    )


@pytest.mark.parametrize("id", ["vgg11", "resnet18", "squeezenet_1_0", "mobilenet_v2", "patchgan"])
def test_the_field_is_what_a_position_really_sees(id):
    last = last_map(rows(id))
    field, position = last.field, (3, 4)
    windows = receptive_window(network(id), last.name, position)
    for n, (first, last_cell), size in zip(
        position, windows, network(id).input_shape[1:], strict=True
    ):
        u, v = field.window(n)
        assert (first, last_cell) == (max(u, 0), min(v, size - 1))


@pytest.mark.parametrize(
    "depth, size, padding", [(50, 483, 241), (101, 1027, 513), (152, 1507, 753)]
)
def test_a_resnet_that_halves_in_its_1x1_sees_more(depth, size, padding):
    """Sizes as Araujo et al. 2019 print them; their padding is 2 less, by a pooling padded SAME."""
    field = last_map(summarise(resnet(depth, stride_on="1x1"))).field
    assert field[:3] == (size, 32, padding)


@pytest.mark.parametrize("size, padding", [(224, 126), (321, 157)])
def test_mobilenet_padded_as_tensorflow_does_moves_with_the_input_size(size, padding):
    net = replace(mobilenet_v1(padding="same_upper"), input_shape=(3, size, size))
    assert last_map(summarise(net)).field[:3] == (315, 32, padding)
