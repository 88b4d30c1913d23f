"""What each page shows, as data: a frozen view, its flat text form, its link, its limits, `settle`.

A page, a lesson's step, a talk, a link and a test all hold the same view; nothing here draws it.
"""
