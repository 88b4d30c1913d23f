"""The states of every page that are looked over for accessibility: one walk for each page.

A walk is a generator: it brings a page into one state after another and yields the name of each.
`go(address)` opens an address and waits until it is drawn. A state whose kinds of elements another
one shows as well is looked at in `make check-long` alone.
"""

import re
from collections.abc import Iterator
from typing import Protocol

from playwright.sync_api import Page, expect

from lessons.quiz import QuizSet, question_of, solve
from lessons.quiz.compare import written
from lessons.views.networks_pad import packed
from tests.browser.drawers import unfold
from tests.browser.runs import turn


class Go(Protocol):
    """Open an address; `everything` says whether the states for `make check-long` count as well."""

    everything: bool

    def __call__(self, address: str) -> None: ...


QUESTION = "output_size.2.3.1"
SET = QuizSet((("output_size", (2,)),), 1, 5)
READY = {
    "stage": ".stage .count:not(:empty)",
    "loupe": ".loupe .sum .result:not(:empty)",
    "gallery": ".gallery .tile canvas:visible",
    "tensor": ".tensor .line b:not(:empty)",
    "rows": ".shiftrows",
    "scale": ".to-scale .inside.output",
    "answers": ".answers tbody tr",
    "shrinking": ".shrinking .map",
    "counting": ".counting .mark",
    "connections": ".connections :is(.panel, .node)",
    "layers": ".layer-table tbody tr",
    "drawing": ".network-drawing .body",
    "field": ".unit-field .map",
    "step": "[class*=styled-step] h2",
    "quiz": ".question h2",
    "set": "[class*=styled-controls]",
    "invitation": ".invitation",
}


def drawn(page: Page, part: str) -> None:
    expect(page.locator(READY[part]).first).to_be_visible()


def act(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def at_length(go: Go, name: str) -> Iterator[str]:
    """The state that the page is in, if it is looked at in `make check-long` alone."""
    if go.everything:
        yield name


def presented(page: Page, go: Go, address: str, part: str, name: str) -> Iterator[str]:
    """The same before a class, at length alone: each page is presented once in any case."""
    if go.everything:
        turn(page, f"{address}&present=1")
        drawn(page, part)
        yield f"{name}, presented"


def answered(page: Page, texts: list[str]) -> None:
    boxes = page.locator(".st-key-quiz_boxes input")
    expect(boxes).to_have_count(len(texts))
    for box, text in zip(boxes.all(), texts, strict=True):
        box.fill(text)
        box.blur()
    act(page, "Check")


def sliding_window(page: Page, go: Go) -> Iterator[str]:
    go("/")
    drawn(page, "stage")
    yield "as it opens"
    page.locator(".stage [data-act=play]").click()
    expect(page.locator(".stage.playing")).to_be_visible()
    yield "playing"
    page.locator(".stage [data-act=play]").click()
    page.locator(".stage .panel.input .cells rect").first.click()
    expect(page.locator(".stage .edit")).to_be_visible()
    yield from at_length(go, "editing a cell")
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    expect(page.locator(".stage .wrong")).to_be_visible()
    yield "a number that cannot be read"
    page.keyboard.press("Escape")
    for drawer in ("Sizes and padding", "Padding cells, flip", "Channels"):
        unfold(page, drawer)
    yield from at_length(go, "drawers unfolded")
    unfold(page, "Type or paste numbers")
    unfold(page, "Code of this layer")
    page.locator(".stage .lock").click()
    page.locator(".stage .panel.input").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.locator(".stage .formulas .handle").first.hover()
    expect(page.locator(".stage .panel.walking")).to_have_count(1)
    yield "all unfolded, both axes apart, walking on the cells, a card at a letter"
    looks = dict.fromkeys(("use", "matrix", "lines", "turned"), "connections")
    for look, part in (looks | {"count": "counting"}).items():
        if go.everything or look in ("matrix", "count"):
            turn(page, f"/?look={look}&padding=1x1&counted=0.1.2.3.4x0")
            drawn(page, part)
            yield look
            yield from presented(page, go, f"/?look={look}", part, look)
    for address, part, name in (
        ("look=ways&example=checkerboard&step=5", "connections", "both ways of a transposed one"),
        (
            "example=rgb&stride=9x9&predict=1",
            "stage",
            "several channels, a sentence about the link, results to predict",
        ),
        ("example=no-checkerboard&step=15", "stage", "copies of a kernel added up, some cropped"),
        ("example=causal&step=3", "stage", "a signal with bars"),
        ("example=video-causal&step=20", "stage", "a video, frame by frame"),
        ("example=rgb&present=1", "stage", "presented"),
    ):
        go(f"/?{address}")
        drawn(page, part)
        yield name
    if go.everything:
        go("/?example=transposed&way=zeros&step=12")
        drawn(page, "stage")
        yield "a window over zeros put in"
        go("/?example=rgb&padding=9x9&predict=1")
        drawn(page, "stage")
        yield "several channels in wide padding"


def picture(page: Page, go: Go) -> Iterator[str]:
    go("/picture?kernel=corner")
    drawn(page, "loupe")
    yield "original and result"
    unfold(page, "Your own photograph")
    unfold(page, "Padding and stride")
    yield from at_length(go, "own photograph, padding and stride unfolded")
    unfold(page, "Take it along")
    unfold(page, "Histogram of values")
    yield "own photograph, padding and stride, files and histogram unfolded"
    turn(page, "/picture?kernel=gaussian&ksize=7x7&curtain=1")
    drawn(page, "loupe")
    yield "under a curtain"
    for look in ("channels", "bank", "border") if go.everything else ("bank",):
        turn(page, f"/picture?picture=coffee&look={look}")
        drawn(page, "gallery")
        yield look
        yield from presented(page, go, f"/picture?picture=coffee&look={look}", "gallery", look)
    turn(page, "/picture?picture=coffee&colour=each&present=1")
    drawn(page, "loupe")
    yield "presented"


def pooling(page: Page, go: Go) -> Iterator[str]:
    go("/pooling?kinds=max.avg.min.median.lp")
    drawn(page, "stage")
    yield from at_length(go, "numbers")
    unfold(page, "Type or paste numbers")
    yield "numbers unfolded"
    yield from presented(page, go, "/pooling?kinds=max.avg.min.median.lp", "stage", "numbers")
    for address, part, name in (
        ("look=photo", "gallery", "photograph"),
        ("look=shift", "rows", "shift of a row"),
        ("look=shift&on=photo", "gallery", "shift of a photograph"),
        ("look=shift&predict=1", "rows", "shift to predict"),
    ):
        if go.everything or name in ("photograph", "shift to predict"):
            turn(page, f"/pooling?{address}")
            drawn(page, part)
            yield name
            yield from presented(page, go, f"/pooling?{address}", part, name)
    turn(page, "/pooling?look=shift&present=1")
    drawn(page, "rows")
    yield "presented"


def channels(page: Page, go: Go) -> Iterator[str]:
    looks = {"cell": "stage", "weights": "tensor", "mix": "gallery"}
    go("/channels")
    for look, part in (looks | {"separable": "tensor", "dense": "tensor"}).items():
        if look == "separable" and not go.everything:
            continue  # it is presented below
        turn(page, f"/channels?look={look}")
        drawn(page, part)
        if look == "cell":
            yield from at_length(go, look)
            unfold(page, "Type or paste numbers")
            yield "cell, numbers unfolded"
        elif look == "weights":
            yield from at_length(go, look)
            page.locator(".tensor tbody th[tabindex]").first.focus()
            expect(page.locator(".tensor tr.on")).to_have_count(1)
            yield "weights, a kernel lit up"
        elif look == "dense":
            unfold(page, "How both grow with the picture")
            expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=60_000)
            yield look
        else:
            yield look
        yield from presented(page, go, f"/channels?look={look}", part, look)
    turn(page, "/channels?look=weights&cin=64&cout=128&groups=2&predict=1")
    drawn(page, "tensor")
    yield "many weights, to predict"
    turn(page, "/channels?look=separable&present=1")
    drawn(page, "tensor")
    yield "presented"


def sizes(page: Page, go: Go) -> Iterator[str]:
    for look, part in {"layer": "scale", "solver": "answers", "shrink": "shrinking"}.items():
        if go.everything or look != "layer":
            go(f"/sizes?look={look}")
            drawn(page, part)
            yield look
            yield from presented(page, go, f"/sizes?look={look}", part, look)
    go("/sizes?size=16x112x112&kernel=3&stride=1&padding=1&op=transposed")
    drawn(page, "scale")
    unfold(page, "Four ways to write it")
    yield from at_length(go, "three axes, every convention")
    unfold(page, "Code of this layer")
    unfold(page, "Dilation, groups, bias, batch")
    yield "three axes, every convention, code and rare settings"
    go("/sizes?look=shrink&present=1")
    drawn(page, "shrinking")
    yield "presented"


def quiz(page: Page, go: Go) -> Iterator[str]:
    go(f"/quiz?q={QUESTION}")
    drawn(page, "quiz")
    yield from at_length(go, "a question")
    unfold(page, "Your progress")
    act(page, "Hint 1 of 3")
    expect(page.locator(".quiz .hint")).to_have_count(1)
    yield "a question with a hint, progress unfolded"
    answer = [written(value) for value in solve(question_of(QUESTION)).values()]
    for texts, marked in ((["x", "y"], ".unread"), (["1", "1"], ".wrong"), (answer, ".right")):
        if marked == ".right":
            go(f"/quiz?q={QUESTION}")
            drawn(page, "quiz")
        answered(page, texts)
        expect(page.locator(f".quiz .marks {marked}").first).to_be_visible()
        if marked == ".wrong":
            yield "answered, wrong"
        else:
            yield from at_length(go, f"answered, {marked[1:]}")
    act(page, "Show the solution")
    expect(page.locator(".working .answer").first).to_be_visible()
    yield "answered, right, and solved"
    for key in ("which_kernel.1.3.1", "whole_output.2.3.1"):
        go(f"/quiz?q={key}")
        drawn(page, "quiz")
        yield f"{key.split('.')[0]}, asked"
    go(f"/quiz?q={QUESTION}&present=1")
    drawn(page, "quiz")
    yield "presented"
    go("/quiz?mode=set")
    expect(page.get_by_text("A set of questions", exact=True)).to_be_visible()
    yield "ready sets"
    go("/quiz?" + "&".join(f"{key}={value}" for key, value in SET.to_link().items()))
    expect(page.locator(".st-key-quiz_begin_boxes input")).to_be_visible()
    yield "before a set"
    act(page, "Begin")
    drawn(page, "quiz")
    yield from at_length(go, "a set's question")
    answered(page, ["1", "1"])
    act(page, "Finish")
    expect(page.locator(".quiz .total")).to_be_visible()
    yield "a finished set"


def make_a_set(page: Page, go: Go) -> Iterator[str]:
    go("/make_a_set")
    drawn(page, "set")
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    yield "as it opens"
    page.get_by_test_id("stMultiSelect").locator("input").first.click()
    expect(page.get_by_role("option").first).to_be_visible()
    yield "choosing kinds"
    go("/make_a_set?own=1&minutes=20")
    drawn(page, "set")
    yield "own sets"
    go("/make_a_set?present=1")
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    yield "presented"


def talks(page: Page, go: Go) -> Iterator[str]:
    go("/talks?talk=padding")
    act(page, "Copy into my talk")
    page.get_by_role("button", name="Edit").first.click()
    expect(page.get_by_role("textbox", name="Title of the scene")).to_be_visible()
    yield "one's own talk"
    go("/talks?talk=padding&scene=6&present=1")
    act(page, "Show the answer")
    expect(page.locator(".working")).to_be_visible()
    yield "a question presented"
    go("/talks?remote=1")
    expect(page.locator(".remote .waiting")).to_be_visible()
    yield "the remote"


def networks(page: Page, go: Go) -> Iterator[str]:
    go("/networks?at=conv2")
    drawn(page, "layers")
    page.get_by_role("combobox", name="Add after conv2").fill("Skip connection")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Comes back behind")).to_be_visible()
    yield "a layer chosen, a skip connection to add"
    if go.everything:
        turn(page, "/networks?net=resnet18&open=stage1")
        drawn(page, "layers")
        yield "folded"
    turn(page, "/networks?layers=1x16x16;c40k13;flat;l10i1280")
    expect(page.get_by_test_id("stAlertContentError")).to_be_visible()
    for drawer in ("Questions that come up", "Paste code, or open a file"):
        unfold(page, drawer)
    yield "a layer that does not fit, questions, a box for code"
    turn(page, "/networks?look=draw&net=u_net")
    drawn(page, "drawing")
    yield "drawn"
    turn(page, "/networks?look=unit")
    drawn(page, "field")
    yield "what a unit sees"
    turn(page, f"/networks?look=maps&picture=drawn&drawn={packed('0' * 400 + 'f' * 384)}")
    drawn(page, "gallery")
    unfold(page, "Your own photograph")
    yield "feature maps of one's own drawing, a box for a photograph"
    turn(page, "/networks?look=compare")
    expect(page.locator("table.facts")).to_be_visible()
    yield "compared"
    go("/networks?look=draw&present=1")
    drawn(page, "drawing")
    yield "presented"
    yield from presented(page, go, "/networks?look=maps", "gallery", "feature maps")


def course(page: Page, go: Go) -> Iterator[str]:
    go("/course?lesson=padding&step=zeros")
    drawn(page, "step")
    drawn(page, "stage")
    yield "something to do"
    unfold(page, "Contents")
    yield "contents"
    # Seen on a phone alone.
    page.evaluate("document.getElementById('more-pages').click()")
    yield "the list of all pages"
    turn(page, "/course?covers=1")
    expect(page.locator("table.facts").first).to_be_visible()
    yield "what it covers"
    turn(page, "/course?lesson=stride&step=floor")
    page.get_by_placeholder("a number").fill("3")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlertContentWarning")).to_be_visible()
    yield "a wrong prediction"
    turn(page, "/course?lesson=padding&step=check")
    drawn(page, "quiz")
    answered(page, ["1", "1"])
    expect(page.locator(".quiz .marks li").first).to_be_visible()
    yield "a wrong answer"


WALKS = {
    walk.__name__.replace("_", " "): walk
    for walk in (
        course,
        sliding_window,
        picture,
        pooling,
        channels,
        sizes,
        networks,
        quiz,
        talks,
        make_a_set,
    )
}
