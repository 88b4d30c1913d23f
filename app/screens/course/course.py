"""Course: lessons of short steps, each beside a live view, with something to do."""

from app.page.address import presenting
from app.screens.course.screen import show_course

show_course(present=presenting())
