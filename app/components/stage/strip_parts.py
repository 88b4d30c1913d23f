"""The parts of the stage that a component needs which draws cells under the strip of steppers."""

STRIP_PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/keys.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/numbers.mjs",
    "../shared/roving.mjs",
    "../shared/room.mjs",
    "../shared/reading.mjs",
    "../stage/drawing.mjs",
    "../stage/numbers.mjs",
    "../stage/windows.mjs",
    "../stage/links.mjs",
    "../stage/stepping.mjs",
    "../stage/field.mjs",
    "../stage/holding.mjs",
    "../stage/strip.mjs",
    "../stage/panel.mjs",
    "../stage/patterns.mjs",
    "../stage/tints.mjs",
)
"""Each stands after the parts that it imports."""

STRIP_STYLES = (
    "../stage/stage.css",
    "../stage/strip.css",
    "../stage/picture.css",
    "../stage/transport.css",
)
"""The cells, the strip of settings and the colours."""
