"""The drawing of a network as SVG: the same on the page and in the file to take along."""

from __future__ import annotations

from html import escape

from lessons.views.networks_drawing import Body, Drawing, Way, arc_top, sizes_below, title_above

WORDS = 11.0
"""The size of its words, in the drawing's units."""
STYLE = """
.network { font: 500 %.1fpx "Slide Sum Text", system-ui, sans-serif; }
.network text { fill: var(--text, #1c1c1a); text-anchor: middle; }
.network .size { fill: var(--quiet, #5c5c58); font-weight: 400; }
.network .body path { stroke-width: 1; stroke-linejoin: round; }
.network .input path { stroke: var(--ss-input, #0067A3); fill: var(--fill-input, #c9e0ef); }
.network .conv path { stroke: var(--ss-output, #00734F); fill: var(--fill-output, #c6e3d8); }
.network .block path { stroke: var(--ss-output, #00734F); fill: var(--fill-block, #9fd0bd); }
.network .pool path { stroke: var(--ss-padding, #5F6672); fill: var(--fill-pool, #dddfe3); }
.network .join path { stroke: var(--ss-window, #7A5B00); fill: var(--fill-join, #f4e6ba); }
.network .row path { stroke: var(--ss-kernel, #B54700); fill: var(--fill-row, #f3d3bf); }
.network .hit { fill: transparent; }
.network .labels { pointer-events: none; }
.network .way { fill: none; stroke: var(--quiet, #5c5c58); stroke-width: 1; }
.network .arc { stroke: var(--ss-window, #7A5B00); stroke-width: 1.4; }
"""


def network_svg(drawn: Drawing, title: str) -> str:
    """The whole drawing as text; colours follow the page's, or suit print."""
    bodies = {body.id: body for body in drawn.bodies}
    style = STYLE % (WORDS * drawn.words)
    parts = [_way(bodies, way, drawn) for way in drawn.ways]
    parts += [_body(body, drawn) for body in drawn.bodies]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network" role="group" '
        f'data-letters="{WORDS * drawn.words:.1f}" '
        f'aria-label="{escape(title)}" width="{drawn.width:.0f}" height="{drawn.height:.0f}" '
        f'viewBox="0 0 {drawn.width:.0f} {drawn.height:.0f}"><style>{style}</style>'
        f"{''.join(parts)}</svg>"
    )


def _body(body: Body, drawn: Drawing) -> str:
    baseline, larger = body.baseline, drawn.words
    x, y, thick, high, back = body.x, body.y, body.thick, body.high, body.back
    front = f"M{x:.1f} {y:.1f}h{thick:.1f}v{high:.1f}h{-thick:.1f}z"
    top = f"M{x:.1f} {y:.1f}l{back:.1f} {-back:.1f}h{thick:.1f}l{-back:.1f} {back:.1f}z"
    side = f"M{x + thick:.1f} {y:.1f}l{back:.1f} {-back:.1f}v{high:.1f}l{-back:.1f} {back:.1f}z"
    faces = "".join(f'<path d="{face}"/>' for face in (top, side, front))
    sizes = "".join(
        f'<text class="size" x="{body.middle:.1f}" '
        f'y="{baseline + (16 + 13 * n) * larger:.1f}">{escape(line)}</text>'
        for n, line in enumerate(sizes_below(body, drawn.terse))
    )
    title = title_above(body)
    above = f'<text x="{body.middle:.1f}" y="{y - back - 7:.1f}">{escape(title)}</text>'
    left, right = min(x, body.middle - 30), max(x + thick + back, body.middle + 30)
    highest = y - back - 18 * larger
    hit = (
        f'<rect class="hit" x="{left:.1f}" y="{highest:.1f}" width="{right - left:.1f}" '
        f'height="{baseline + 34 * larger - highest:.1f}"/>'
    )
    return (
        f'<g class="body {body.role}" tabindex="-1" role="img" data-id="{escape(body.id)}" '
        f'aria-label="{escape(body.words)}">'
        f'{hit}{faces}</g><g class="labels" aria-hidden="true">{above}{sizes}</g>'
    )


def _way(bodies: dict[str, Body], way: Way, drawn: Drawing) -> str:
    start, end = bodies[way.start], bodies[way.end]
    together = start.baseline == end.baseline
    return _arc(start, end, way.skips, drawn) if way.skips else _line(start, end, drawn, together)


def _line(start: Body, end: Body, drawn: Drawing, together: bool) -> str:
    """From one body to the next, which may be the first of the next line."""
    a, b = start.x + start.thick + start.back / 2, end.x + end.back / 2
    first, last = (body.y + body.high / 2 - body.back / 2 for body in (start, end))
    path = f"M{a:.1f} {first:.1f}H{b:.1f}"
    if not together:
        path = f"M{a:.1f} {first:.1f}H{drawn.width:.1f}M0 {last:.1f}H{b:.1f}"
    return f'<path class="way" d="{path}"/>'


def _arc(start: Body, end: Body, skips: int, drawn: Drawing) -> str:
    """Over the bodies between; into another line it goes by way of both edges."""
    a, b, larger = start.middle, end.middle, drawn.words
    first, last = (body.y - body.back - 20 * larger for body in (start, end))
    if start.baseline == end.baseline:
        top = arc_top(start, end, skips, larger)
        path = f"M{a:.1f} {first:.1f}C{a:.1f} {top:.1f} {b:.1f} {top:.1f} {b:.1f} {last:.1f}"
    else:
        out, into = (arc_top(body, body, skips, larger) for body in (start, end))
        path = f"M{a:.1f} {first:.1f}Q{a:.1f} {out:.1f} {drawn.width:.1f} {out:.1f}"
        path += f"M0 {into:.1f}Q{b:.1f} {into:.1f} {b:.1f} {last:.1f}"
    return f'<path class="way arc" d="{path}"/>'
