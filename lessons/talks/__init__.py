"""Talks: ordered scenes for an instructor, each a page as a link shows it, with a note.

Who owns what: `talk` the talk and what can be done to it; `written` its two texts, a file and a
part of a link; `ready` the talks that come with the app, one file each, which `loader` reads and
`linter` checks. The talk of a learner is kept by `app.page.own_talk` in the browser; the page that
lists, orders and presents them is `app.screens.talks`, and its view `lessons.views.talks`.
"""
