"""The stage's picture keeps what the next layer still has of it: nothing else of the one before."""

import random

import pytest

from app.components.assets import component_text
from app.components.stage import PARTS, STYLES
from tests.browser.test_board import SEEN
from tests.mounted_stage import FIXTURES, STAGE, load, mount_stage

pytestmark = pytest.mark.browser

# What is seen, and what is read out; a node that shows nothing may have stayed.
TOLD = f"""
const seen = {SEEN};
const SPOKEN = ['role', 'tabindex', 'id'];
// A layer that leaves something over is tried at once, where another one was there before.
const withoutTry = (svg) => {{
  svg.querySelector('.attempts')?.replaceChildren();
  svg.classList.remove('trying');
}};
const told = (svg) => [
  ...(withoutTry(svg), seen(svg)),
  ...[...svg.querySelectorAll('[role]')].map((node) => [...node.attributes]
    .filter(({{ name }}) => SPOKEN.includes(name) || name.startsWith('aria-'))
    .map(({{ name, value }}) => `${{name}}=${{value}}`).sort().join(' ')),
];
"""
# Every layer in a stage of its own, then all of them one after the other in one.
COMPARE = f"""
({{ layers, order, html, css }}) => {{
  {TOLD}
  const host = document.getElementById('host');
  const fresh = (data) => {{
    const other = host.cloneNode(false);
    host.after(other);
    host.style.display = 'none';
    const shadow = other.attachShadow({{ mode: 'open' }});
    shadow.innerHTML = `<style>${{css}}</style>${{html}}`;
    mount({{ ...component(data), parentElement: shadow }});
    const drawn = told(shadow.querySelector('.picture'));
    other.remove();
    host.style.display = '';
    return drawn;
  }};
  const alone = Object.fromEntries(
    Object.entries(layers).map(([name, data]) => [name, fresh(data)]));
  const wrong = [];
  let before = order[0];
  for (const name of order) {{
    mount(component(layers[name]));
    const drawn = told(root.querySelector('.picture'));
    const other = drawn.filter((line) => !alone[name].includes(line));
    const missing = alone[name].filter((line) => !drawn.includes(line));
    const more = drawn.length - alone[name].length;
    if (more || other.length || missing.length)
      wrong.push([`${{before}} -> ${{name}}`, more, other[0], missing[0]]);
    before = name;
  }}
  return wrong;
}}
"""


def test_after_any_other_layer_the_picture_is_the_one_that_is_drawn_alone(blank_page):
    layers = {path.stem: {**load(path.stem), "step": 0} for path in sorted(FIXTURES.glob("*.json"))}
    order = random.Random(12).sample(list(layers), len(layers))
    page = mount_stage(blank_page, layers["textbook"])
    page.emulate_media(reduced_motion="reduce")
    text = component_text(STAGE, PARTS, STYLES)
    given = {"layers": layers, "order": order, "html": text.html, "css": text.css}
    assert page.evaluate(COMPARE, given) == []
