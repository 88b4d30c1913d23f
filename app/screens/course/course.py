"""Course: lessons of short steps, each beside a live view, with something to do."""

from app.screens.course.screen import show_course

show_course()
