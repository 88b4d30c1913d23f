"""The Networks page: every ready network through the page's own path, built, broken and mended."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.pictures.shrunk import photograph
from kernels.networks.known import KNOWN_NETWORKS
from kernels.networks.network import INPUT
from kernels.networks.receptive_window import receptive_window
from kernels.networks.summary import last_map, totals
from lessons.views.networks import (
    LOOKS,
    PHOTOGRAPHS,
    blocks_of,
    open_networks,
    ready,
    settle_networks,
)
from lessons.views.networks_compare import PAIRS, compared, pair_of
from lessons.views.networks_drawing import (
    HALL,
    PAGE,
    PHONE,
    TITLE,
    arc_top,
    drawing,
    sizes_below,
    title_above,
)
from lessons.views.networks_maps import _run, first_layer_sentence, map_rows
from lessons.views.networks_pad import packed
from lessons.views.networks_questions import QUESTIONS
from lessons.views.networks_svg import network_svg
from lessons.views.networks_table import as_csv, as_markdown, lines, total_line
from lessons.views.networks_units import units

FIGURES = {
    "one_block": (20, 288, (2, 2, 2), 4),
    "lenet_5_1998": (60_000, 327_256, (84,), 32),
    "digits_dense": (66_696, 66_696, (10,), None),
    "plain34": (21_623_848, 3_644_493_824, (1000,), 899),
    "autoencoder": (1_477, 112_896, (1, 28, 28), None),
    "lenet_5": (61_706, 416_520, (10,), 16),
    "digits_no_bias": (32_970, 491_720, (10,), 16),
    "digits": (33_094, 491_720, (10,), 16),
    "alexnet_2012": (60_965_224, 724_406_816, (1000,), 195),
    "alexnet_2012_ungrouped": (62_378_344, 1_135_256_096, (1000,), 195),
    "alexnet_torchvision": (61_100_840, 714_188_480, (1000,), 195),
    "vgg11": (132_863_336, 7_609_090_048, (1000,), 150),
    "vgg13": (133_047_848, 11_308_466_176, (1000,), 156),
    "vgg16": (138_357_544, 15_470_264_320, (1000,), 212),
    "vgg19": (143_667_240, 19_632_062_464, (1000,), 268),
    "googlenet": (6_998_552, 1_582_671_872, (1000,), 715),
    "googlenet_torchvision": (6_624_904, 1_498_376_192, (1000,), 379),
    "resnet18": (11_689_512, 1_814_073_344, (1000,), 435),
    "resnet34": (21_797_672, 3_663_761_408, (1000,), 899),
    "resnet50": (25_557_032, 4_089_184_256, (1000,), 427),
    "resnet101": (44_549_160, 7_801_405_440, (1000,), 971),
    "resnet152": (60_192_808, 11_513_626_624, (1000,), 1451),
    "mobilenet_v2": (3_504_872, 300_774_272, (1000,), 491),
    "mobilenet_v1": (4_231_976, 568_740_352, (1000,), 315),
    "mobilenet_v1_full": (29_294_088, 4_867_293_184, (1000,), 315),
    "squeezenet_1_0": (1_248_424, 818_924_576, (1000,), 155),
    "densenet_121": (7_978_856, 2_834_161_664, (1000,), 2071),
    "inception_v3": (23_834_568, 5_713_216_096, (1000,), 1311),
    "u_net": (31_030_658, 150_428_424_448, (2, 388, 388), None),
    "dcgan_generator": (3_576_704, 104_628_224, (3, 64, 64), None),
    "dcgan_discriminator": (2_765_568, 103_817_216, (1, 1, 1), 94),
    "cyclegan_9": (11_378_179, 49_551_507_456, (3, 256, 256), None),
    "cyclegan_6": (7_837_699, 8_763_998_208, (3, 128, 128), None),
    "patchgan": (2_764_737, 3_146_809_344, (1, 30, 30), 70),
}
"""Parameters, MACs, output shape and receptive field of the last map, computed with PyTorch."""


@pytest.mark.parametrize("id", FIGURES)
def test_a_ready_network_has_its_figures_on_the_page(id):
    parameters, macs, output, field = FIGURES[id]
    view, notes = open_networks({"net": id})
    assert notes == ()
    rows = view.checked.rows
    assert (totals(rows).parameters, totals(rows).macs, rows[-1].shape) == (
        parameters,
        macs,
        output,
    )
    if field is not None:
        assert last_map(rows).field.size == field
    weights, biases = (int(cell.replace(",", "")) for cell in total_line(view)[1:3])
    assert weights + biases == parameters


def test_every_ready_network_is_held_to_its_figures():
    assert set(FIGURES) == {row.id for row in KNOWN_NETWORKS}


@pytest.mark.parametrize("id", [row.id for row in KNOWN_NETWORKS])
def test_folded_lines_add_up_to_the_whole_and_nothing_is_drawn_twice(id):
    view, _ = settle_networks({"net": id})
    found = lines(view)
    weights = sum(int((line.cells[1] or "0").replace(",", "")) for line in found if not line.inner)
    assert weights == totals(view.checked.rows).weights
    drawn = drawing(view)
    names = [body.id for body in drawn.bodies]
    ends = {body.id: body for body in drawn.bodies}
    assert len(set(names)) == len(names)
    assert {way.start for way in drawn.ways} | {way.end for way in drawn.ways} <= set(names)
    assert all(a.x + a.thick <= b.x for a, b in zip(drawn.bodies, drawn.bodies[1:], strict=False))
    assert network_svg(drawn, view.title).count('<g class="body') == len(names)
    tops = [arc_top(*(ends[n] for n in (way.start, way.end)), way.skips) for way in drawn.ways
            if way.skips]  # fmt: skip
    assert min([*tops, *(body.y - body.back - TITLE for body in drawn.bodies)]) == pytest.approx(6)


@pytest.mark.parametrize("paper", [PAGE, PHONE, HALL], ids=["page", "phone", "hall"])
@pytest.mark.parametrize("id", [row.id for row in KNOWN_NETWORKS])
def test_a_drawing_fits_its_paper_and_no_words_meet(id, paper):
    view, _ = settle_networks({"net": id, "open": "stage1"})
    drawn = drawing(view, paper)
    assert drawn.width <= paper.wide
    assert drawn.height <= paper.tall + 1
    for a, b in pairwise(drawn.bodies):
        if a.baseline == b.baseline:
            room = b.middle - a.middle
            assert room >= (a.wide + b.wide) / 2
            for one, other in zip(words_around(a, drawn), words_around(b, drawn), strict=False):
                assert room >= 6 * drawn.words * (len(one) + len(other)) / 2
        else:
            assert b.y - b.back > a.baseline > a.y + a.high - 1


def words_around(body, drawn):
    return title_above(body), *sizes_below(body, drawn.terse)


def test_an_unfolded_block_lists_its_layers():
    folded, _ = settle_networks({"net": "resnet18"})
    title = next(block.title for block in blocks_of(ready("resnet18")) if len(block.names) > 1)
    view, _ = settle_networks({"net": "resnet18", "open": title})
    inner = [line.id for line in lines(view) if line.inner]
    block = next(block for block in blocks_of(ready("resnet18")) if block.title == title)
    assert inner == list(block.names)
    assert len(lines(view)) == len(lines(folded)) + len(inner)


@pytest.mark.parametrize("id", ["lenet_5", "resnet18", "u_net", "dcgan_generator", "googlenet"])
def test_what_a_unit_sees_by_its_tables_is_what_the_engine_finds(id):
    view, _ = settle_networks({"net": id})
    found = units(view)
    last = len(found.stops) - 1
    for unit in [(0, 0), found.unit, tuple(n - 1 for n in found.stops[last].size)]:
        fields = fields_by_tables(found.stops, last, unit)
        assert fields[0] == receptive_window(view.network, found.stops[last].name, unit)


def fields_by_tables(stops, at, unit):
    """What app/components/unit_field/fields.mjs does, in Python."""
    fields = [None] * len(stops)
    fields[at] = tuple((n, n) for n in unit)
    for index in range(at, 0, -1):
        if fields[index] is None:
            continue
        read = []
        for axis, (first, last) in enumerate(fields[index]):
            spans = [span for span in stops[index].spans[axis][first : last + 1] if span]
            read.append((min(a for a, _ in spans), max(b for _, b in spans)) if spans else None)
        if None in read:
            continue
        for source in stops[index].inputs:
            before = fields[source]
            fields[source] = tuple(
                span if before is None else (min(before[n][0], span[0]), max(before[n][1], span[1]))
                for n, span in enumerate(read)
            )
    return fields


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_worth_comparing_opens_without_a_word_and_has_figures(name):
    view, notes = settle_networks({**PAIRS[name].settings, "look": "compare"})
    assert notes == ()
    assert pair_of(view) is PAIRS[name]
    assert view.checked.fits
    rows = {label: (one, other) for label, one, other in compared(view)}
    assert all(rows["Parameters"])


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_classic_question_opens_the_view_that_answers_it(name):
    at = opened()
    at.session_state["networks_questions"] = True  # the expander stands open
    at.run()
    at.button(key=f"networks_question_{name}").click().run()
    assert not at.exception
    assert QUESTIONS[name].says() in [one.value for one in (*at.info, *at.caption)]
    view, notes = open_networks({**dict(at.query_params)})
    assert notes == () and view == QUESTIONS[name].view()


def test_the_answers_to_the_classic_questions_are_those_of_plain_arithmetic():
    said = {name: question.says() for name, question in QUESTIONS.items()}
    assert "fc1 (78%)" in said["most"] and round(100 * 48_120 / 61_706) == 78
    assert f"= {(224 - 11) / 4 + 1}, rounded down 54" in said["fifty_five"]
    assert said["fifty_five"].endswith(f"= {(227 - 11) // 4 + 1}.")
    one = QUESTIONS["stride"].view().fitting("conv1")
    assert one.shape == (96, 227 - 11 + 1, 227 - 11 + 1)
    # VGG's 13 convolutions of 3 x 3, with 4 poolings between: 2 cells more at each level's jump.
    sees = 1 + sum(2 * 2**level * count for level, count in enumerate((2, 2, 3, 3, 3)))
    sees += sum(2**level for level in range(4))
    assert f"sees {sees} × {sees} cells" in said["vgg"]


def test_two_small_kernels_see_what_one_large_one_sees_for_fewer_weights():
    view, _ = settle_networks(PAIRS["five"].settings)
    rows = {label: (one, other) for label, one, other in compared(view)}
    assert rows["Receptive field of the last map"] == ("5", "5")
    assert rows["Parameters"] == (f"{64 * 64 * 25 + 64:,}", f"{2 * (64 * 64 * 9 + 64):,}")


def test_tables_to_take_along_have_a_line_for_each_layer():
    view, _ = settle_networks({})
    nodes = view.network.nodes
    assert as_csv(view).count("\n") == len(nodes) + 1
    assert as_markdown(view).count("\n") == len(nodes) + 2
    assert "conv1,conv,6x28x28,150,6,117600,5,1,input" in as_csv(view)


def opened(**link: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/networks/networks.py")
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("net", ["lenet_5", "resnet152", "u_net", "dcgan_generator"])
def test_every_look_draws_every_kind_of_network(look, net):
    opened(net=net, look=look)


@pytest.mark.parametrize("net", ["lenet_5", "resnet18", "alexnet_2012"])
@pytest.mark.parametrize("library", ["PyTorch", "Keras", "CSV", "Short form"])
def test_a_network_can_be_taken_along(net, library):
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/networks/networks.py")
    at.query_params["net"] = net
    at.session_state["networks_code"] = True  # the expander stands open
    at.session_state["networks_library"] = library
    at.run()
    assert not at.exception


def layers_of(at: AppTest) -> str:
    return at.query_params.get("layers", "")


def test_a_changed_number_is_followed_and_can_be_undone():
    at = opened(at="conv2")
    at.text_input(key="networks_set_out_channels").set_value("32").run()
    assert "c32k5" in layers_of(at)
    assert not at.error  # the fully connected layer takes 32 maps now
    at.button(key="networks_undo").click().run()
    assert layers_of(at) == ""
    assert at.button(key="networks_undo").disabled


@pytest.mark.parametrize("net", ["alexnet_2012", "vgg11"])
def test_undo_leads_back_to_any_ready_network(net):
    at = opened(net=net, at="conv1" if net.startswith("alex") else "conv1_1")
    at.text_input(key="networks_set_out_channels").set_value("32").run()
    assert "c32k" in layers_of(at)
    at.button(key="networks_undo").click().run()
    assert layers_of(at) == "" and at.query_params["net"] == net
    assert not at.info


def test_a_number_that_cannot_be_is_refused_and_stays_to_be_mended():
    at = opened(at="conv2")
    at.text_input(key="networks_set_stride").set_value("0").run()
    assert "cannot be a stride" in at.error[0].value
    assert layers_of(at) == ""
    at.text_input(key="networks_set_stride").set_value("2").run()
    assert not [one for one in at.error if "stride" in one.value]
    assert "s2" in layers_of(at)


def test_a_layer_that_does_not_fit_is_mended_by_a_click():
    at = opened(layers="1x16x16;c40k13;flat;l10i1280")
    assert "1,280" in at.error[0].value
    assert "640" in at.error[0].value
    at.button(key="networks_mend_0").click().run()
    assert not at.error
    assert "i1280" not in layers_of(at)


def test_layers_are_added_behind_the_chosen_one():
    at = opened(at="pool2")
    at.selectbox(key="networks_new").set_value("bn").run()
    at.button(key="networks_add").click().run()
    assert ";bn" in layers_of(at)
    assert not at.error


def test_a_skip_is_added_by_its_two_ends_mended_by_a_projection_and_taken_back():
    at = opened(layers="8x6x6;c8k3p1;relu;c16k3s2p1;relu;gap;flat;l10")
    at.selectbox(key="networks_new").set_value("skip").run()
    at.selectbox(key="networks_start").set_value("input").run()
    at.selectbox(key="networks_end").set_value("conv2").run()
    assert "16 × 3 × 3 and 8 × 6 × 6 cannot be added" in " ".join(c.value for c in at.caption)
    at.button(key="networks_add").click().run()
    assert "'add1'" in at.error[0].value
    assert "1×1 convolution from 8 to 16 channels with stride 2" in at.error[0].value
    offers = {b.label: b for b in at.button if (b.key or "").startswith("networks_mend_")}
    offers["Project the input by a 1×1 convolution to 16 channels, stride 2"].click().run()
    assert not at.error
    mended = layers_of(at)
    assert "c16k1s2b0<input;add<conv2,conv3;relu" in mended
    assert [row.parameters for row in settle_networks({"layers": mended})[0].checked.rows] == [
        584, 0, 1168, 128, 0, 0, 0, 0, 170,
    ]  # fmt: skip
    for _ in range(2):
        at.button(key="networks_undo").click().run()
    assert "add" not in layers_of(at)


def test_a_branch_through_a_convolution_is_stacked_and_what_follows_takes_more_channels():
    at = opened(layers="8x6x6;c8k3p1;relu;c16k3p1;flat;l10")
    at.selectbox(key="networks_new").set_value("branch").run()
    at.selectbox(key="networks_start").set_value("conv1").run()
    at.selectbox(key="networks_through").set_value("three").run()
    assert at.selectbox(key="networks_end").value == "conv2"  # the last window
    at.button(key="networks_add").click().run()
    assert not at.error
    assert layers_of(at) == "8x6x6;c8k3p1;relu;c16k3p1;c8k3p1<conv1;cat<conv2,conv3;flat;l10"


def test_a_layer_that_does_not_read_the_one_above_says_which_it_reads():
    view, _ = settle_networks({"layers": "8x6x6;c8k3p1;c8k1<input;add<conv1,conv2;relu"})
    assert [line.words.rpartition(", ")[2] for line in lines(view)] == [
        "padding 1", "of input", "of conv1 and conv2", "",
    ]  # fmt: skip


def test_sliders_count_out_the_kernels_of_the_digit_network():
    at = opened(net="digits_no_bias")
    first, second = (at.slider(key=f"networks_{name}").value for name in ("n1", "n2"))
    assert (first, second) == (10, 20)
    at.slider(key="networks_n2").set_value(8).run()
    # conv1, conv2, 8 maps of 4 x 4 into 84 neurons, and these into 10.
    weights = 10 * 25 + 8 * 10 * 25 + 8 * 16 * 84 + 84 * 10
    assert settle_networks({"layers": layers_of(at)})[0].checked.rows[0].shape == (10, 24, 24)
    assert totals(settle_networks({"layers": layers_of(at)})[0].checked.rows).parameters == weights


def test_an_input_that_cannot_be_read_is_said_and_changes_nothing():
    at = opened()
    at.text_input(key="networks_input").set_value("large").run()
    assert "cannot be read" in at.error[0].value
    assert layers_of(at) == ""
    at.text_input(key="networks_input").set_value("3, 32, 32").run()
    assert layers_of(at).startswith("3x32x32")


def test_another_ready_network_takes_the_place_of_a_changed_one():
    at = opened(layers="1x16x16;c4k3;flat;l10")
    at.selectbox(key="networks_net").set_value("vgg16").run()
    assert at.query_params["net"] == "vgg16"
    assert layers_of(at) == ""


def test_a_link_that_cannot_be_read_says_so_and_shows_a_network():
    at = opened(layers="1x28x28;conv6")
    assert "is not a layer" in " ".join(one.value for one in at.info)


def test_the_tables_handed_to_the_browser_begin_at_the_input():
    at = opened(look="unit")
    parts = at.get("bidi_component")
    proto = next(part.proto for part in parts if part.proto.id.endswith("-networks_field"))
    data = json.loads(proto.mixed.json or proto.json)
    assert data["stops"][0]["name"] == INPUT
    assert len(data["stops"][1]["spans"][0]) == data["stops"][1]["size"][0]


def maps_by_hand(numbers):
    """One block on typed numbers: window by window, with the two Sobel kernels."""
    across = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    convolved = np.array(
        [
            [[(numbers[r : r + 3, c : c + 3] * kernel).sum() for c in range(4)] for r in range(4)]
            for kernel in (across, across.T)
        ]
    )
    rectified = np.maximum(convolved, 0)
    pooled = np.array(
        [[[m[r : r + 2, c : c + 2].max() for c in (0, 2)] for r in (0, 2)] for m in rectified]
    )
    return {"conv": convolved, "relu": rectified, "pool": pooled}


def test_typed_numbers_go_through_a_block_with_image_kernels():
    view, notes = settle_networks(
        {"net": "one_block", "look": "maps", "picture": "typed", "weights": "kernels"}
    )
    assert notes == ()
    rows = {row.name: row for row in map_rows(view)}
    wanted = maps_by_hand(rows["input"].maps[0])
    for name, values in wanted.items():
        assert np.array_equal(rows[name].maps, values), name
    assert rows["conv"].kernels == ("Sobel, vertical edges (Gx)", "Sobel, horizontal edges (Gy)")
    assert first_layer_sentence(view) == "conv has image kernels."


def test_typed_numbers_of_another_size_are_said_and_taken_by_a_click():
    at = opened(net="lenet_5", look="maps", picture="typed")
    assert "Your numbers are 1 × 6 × 6" in at.info[0].value
    at.button(key="networks_typed_size").click().run()
    assert layers_of(at).startswith("1x6x6")


def test_numbers_that_cannot_be_read_are_refused_below_their_box():
    at = opened(net="one_block", look="maps", picture="typed")
    at.text_area(key="networks_numbers").set_value("1 2; 3").run()
    assert at.error
    at.text_area(key="networks_numbers").set_value("\n".join(["1 2 3 4 5 6"] * 6)).run()
    assert not at.error
    assert "1 2 3 4 5 6" in at.query_params["numbers"]


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_is_shrunk_to_what_a_network_takes(name):
    planes = photograph(name, 3 if name != "camera" else 1, (24, 32))
    assert planes.shape[1:] == (24, 32)
    assert 0 <= planes.min() < planes.max() <= 1
    opened(net="lenet_5", look="maps", picture=name)


def cells_with(*white):
    """A drawing of 28 × 28 cells, black but for these (row, column)."""
    return "".join("f" if (n // 28, n % 28) in white else "0" for n in range(28 * 28))


def test_a_drawing_goes_through_the_network_and_with_the_link():
    cells = cells_with((3, 5), (20, 9))
    view, notes = open_networks({"look": "maps", "picture": "drawn", "drawn": packed(cells)})
    assert notes == ()
    assert view.link()["drawn"] == packed(cells)
    picture = map_rows(view)[0].maps[0]
    assert {(int(r), int(c)) for r, c in np.argwhere(picture)} == {(3, 5), (20, 9)}
    smaller, _ = settle_networks({**view.to_flat(), "layers": "1x14x14;c2k3"})
    assert map_rows(smaller)[0].maps[0][1, 2] == 0.25  # one white cell of four


@pytest.mark.parametrize("text", ["x", "AAAA", "é", "eJxjYBgFIx0AAAMQAAE=" * 90])
def test_a_drawing_that_cannot_be_read_is_said_and_the_square_is_empty(text):
    view, notes = open_networks({"look": "maps", "picture": "drawn", "drawn": text})
    assert notes == ("The drawing cannot be read. The square is empty.",)
    assert view.drawn == ""


def test_an_empty_square_asks_for_a_digit_instead_of_showing_black_maps():
    at = opened(look="maps", picture="drawn")
    assert "Draw a digit" in at.info[0].value


def picture_file(*pixels):
    file = BytesIO()
    Image.fromarray(np.array(pixels, np.uint8)).save(file, "PNG")
    return file.getvalue()


def test_ones_own_photograph_is_shrunk_to_the_input_and_never_kept_for_others():
    at = opened(look="maps")
    at.session_state["networks_own"] = True  # the expander stands open
    at.run()
    computed = _run.cache_info().misses
    upload = at.file_uploader(key="networks_photo")
    upload.set_value(("mine.png", picture_file([0, 255], [255, 0]), "image/png")).run()
    assert not at.exception
    assert at.query_params["picture"] == "upload"
    assert "mine.png" in at.selectbox(key="networks_picture").options
    assert _run.cache_info().misses == computed
    upload = at.file_uploader(key="networks_photo")
    upload.set_value(("mine.txt", b"no picture", "text/plain")).run()
    assert at.error[0].value.startswith("mine.txt: This is text, not a picture")
    assert at.query_params["picture"] == "upload"  # as before


def test_a_link_to_ones_own_photograph_shows_the_seven_and_says_so():
    at = opened(look="maps", picture="upload")
    assert "A link never carries an uploaded photograph" in at.info[0].value
    assert at.selectbox(key="networks_picture").value == "digit"


def test_every_activation_is_changed_at_once():
    at = opened(net="one_block", look="maps")
    at.segmented_control(key="networks_activation").set_value("tanh").run()
    assert layers_of(at) == "1x6x6;conv=c2k3;relu=tanh;pool=m2"


def test_the_bars_and_with_them_plotly_wait_for_a_click():
    at = opened(net="googlenet", look="draw")
    assert not at.get("plotly_chart")
    at.session_state["networks_bars"] = True  # the expander stands open
    at.run()
    assert at.get("plotly_chart")
