"""Networks in a real browser: built, broken and mended, folded and unfolded, followed by keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.runs import eventually, turn

pytestmark = pytest.mark.browser


def line(page, name: str):
    return page.locator(f'.layer-table tr[data-id="{name}"]')


def is_uncut(part):
    """Nothing in it stands out at the side, of itself or of a cell."""
    assert part.evaluate("""(part) => [part, ...part.querySelectorAll('th, td')]
        .every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)""")


def test_a_large_network_opens_folded_unfolds_and_is_compared(page, open_page):
    open_page(page, "/networks?net=resnet50")
    rows = page.locator(".layer-table tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() < 15
    block = page.locator(".layer-table tr.folds .name").nth(1)
    expect(block).to_have_attribute("aria-expanded", "false")
    block.press("Enter")
    expect(page.locator(".layer-table tr.inner").first).to_be_visible()
    page.get_by_role("radio", name="Drawing").click()
    bodies = page.locator(".network-drawing .body")
    expect(bodies.first).to_be_visible()
    bodies.nth(1).hover()
    expect(page.locator(".network-drawing .said")).to_contain_text("Output")
    page.get_by_role("radio", name="Compare two").click()
    page.get_by_role("button", name="VGG-16 and MobileNet").click()
    expect(page.locator("table.facts")).to_contain_text("138,357,544")
    expect(page.locator("table.facts")).to_contain_text("4,231,976")
    # Nothing of the longest figures is cut on a phone, on the page or presented.
    page.set_viewport_size({"width": 390, "height": 844})
    table = page.locator(".layer-table")
    for present in ("", "&present=1"):
        turn(page, f"/networks?net=vgg16{present}")
        expect(table.locator("tfoot")).to_contain_text("15,470,264,320")
        eventually(page, lambda: is_uncut(table))


# PyTorch's own example for handwritten digits, its dropout left out.
MODULE = """
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2(x), 2))
        x = x.view(-1, 320)
        return self.fc2(F.relu(self.fc1(x)))
"""
SEQUENTIAL = """
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, (3, 3), activation="relu"),
    layers.MaxPooling2D((2, 2)),
    layers.Flatten(),
    layers.Dense(10),
])
"""


def test_pasted_code_opens_unreadable_code_loses_nothing_and_a_broken_stack_is_mended_by_a_click(
    page, open_page
):
    open_page(page, "/networks")
    page.get_by_text("Paste code, or open a file").click()
    box = page.get_by_role("textbox", name="PyTorch or Keras code")
    totals = page.locator(".layer-table tfoot")

    def paste(code):
        box.fill(code)
        box.press("Control+Enter")

    paste(MODULE)
    expect(line(page, "conv2")).to_contain_text("20 × 8 × 8")
    expect(line(page, "fc1")).to_contain_text("16,000")
    # Weights and biases by hand.
    expect(totals).to_contain_text(f"{25 * 10 + 250 * 20 + 320 * 50 + 50 * 10:,}")
    expect(totals).to_contain_text(str(10 + 20 + 50 + 10))
    expect(box).to_have_value("")
    paste("nn.Conv2d(1, 6, kernel=")
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text("not Python code in line 1")
    expect(box).to_have_value("nn.Conv2d(1, 6, kernel=")  # to be mended
    expect(line(page, "conv2")).to_contain_text("20 × 8 × 8")
    paste(SEQUENTIAL)
    expect(line(page, "conv1")).to_contain_text("32 × 26 × 26")
    expect(totals).to_contain_text(f"{9 * 32 + 13 * 13 * 32 * 10:,}")
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    turn(page, "/networks?layers=1x16x16;c8k3;m2;flat;l10")
    line(page, "conv1").get_by_role("button").first.click()
    expect(line(page, "conv1")).to_have_class(re.compile("chosen"))
    page.get_by_label("Kernel").fill("5")
    page.get_by_label("Kernel").press("Enter")
    expect(line(page, "conv1")).to_contain_text("8 × 12 × 12")
    expect(line(page, "linear1")).to_contain_text("2,880")  # 8 · 6 · 6 numbers, followed by itself
    line(page, "max_pool1").get_by_role("button").first.click()
    line(page, "max_pool1").get_by_role("button", name="Remove").click()
    expect(line(page, "max_pool1")).to_have_count(0)
    turn(page, "/networks?layers=1x16x16;c40k13;flat;l10i1280")
    expect(line(page, "linear1")).to_have_class(re.compile("bad"))
    page.get_by_role("button", name="Set in_features to 640").click()
    expect(line(page, "linear1")).not_to_have_class(re.compile("bad"))
    page.get_by_role("button", name="Undo").click()
    expect(line(page, "linear1")).to_have_class(re.compile("bad"))


@pytest.mark.long
def test_a_network_moves_in_a_file_and_another_file_is_refused(page, open_page, new_page, tmp_path):
    open_page(page, "/networks?layers=1x16x16;c40k13;flat;l7")
    page.get_by_text("Take it along").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the network as a file").click()
    file = tmp_path / "network.json"
    download.value.save_as(file)
    other = new_page()
    open_page(other, "/networks")
    other.get_by_text("Paste code, or open a file").click()
    upload = other.locator("input[type=file]")
    upload.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"[1]"})
    refusal = other.get_by_text("This JSON file was not saved here")
    expect(refusal).to_be_visible()
    expect(line(other, "fc3")).to_be_visible()  # LeNet-5 as before
    upload.set_input_files(file)
    expect(line(other, "linear1")).to_contain_text("7 neurons")
    expect(refusal).to_have_count(0)
    expect(other).to_have_url(re.compile("c40k13"))


def test_a_field_is_followed_by_keys_and_a_digit_drawn_by_pointer_and_keys_and_its_maps_follow(
    page, open_page
):
    open_page(page, "/networks?look=unit&at=conv2")
    where = page.locator(".unit-field .where")
    expect(where).to_contain_text("Unit at row 5, column 5 of conv2")
    last = page.locator(".unit-field .map").last
    last.focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowLeft")
    # By hand: conv2's window reaches 5 cells of pool1, so 10 of conv1, so 14 of the padded input.
    expect(where).to_have_text(
        "Unit at row 0, column 0 (top left) of conv2 sees 12 × 12 cells of the input: "
        "rows 0 to 11, columns 0 to 11."
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("unit=0x0"))
    turn(page, "/networks?look=maps&picture=drawn")
    square = page.locator(".drawing-pad canvas")
    expect(square).to_be_visible()
    expect(page.get_by_text("Draw a digit in the black square")).to_be_visible()
    box = square.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 60, steps=5)
    page.mouse.up()
    expect(page.locator(".gallery .tile canvas").first).to_be_visible()
    expect(page).to_have_url(re.compile("drawn=eN"))
    drawn = page.url
    square.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator(".drawing-pad .where")).to_have_text("Row 15, column 14: white")
    expect(page).not_to_have_url(drawn)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Draw a digit in the black square")).to_be_visible()
    expect(page).not_to_have_url(re.compile("drawn=e"))
