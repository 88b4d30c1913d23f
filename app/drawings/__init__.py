"""Pictures to take along: a stage as a drawing, as pixels and as an animation.

Who owns what: `board` draws a layer at a step, from the same payload that the stage is handed and
the same `Scene`; `places` says where its panels stand; `sums` writes the step's arithmetic; `svg`
has the shapes, the palette and the text of a file; `files` makes pixels of any SVG, and animations
of boards. `pair` puts photographs side by side. Nothing here knows Streamlit; the drawer that
offers the files is `app.page.taking`.
"""
