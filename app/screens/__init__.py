"""The pages: one folder each, named like its address."""

from types import MappingProxyType

FIRST = "sliding_window"
"""The page at the bare address."""

TITLES = MappingProxyType(
    {
        "course": "Course",
        "sliding_window": "Sliding window",
        "picture": "Picture",
        "pooling": "Pooling",
        "channels": "Channels",
        "sizes": "Sizes",
        "networks": "Networks",
        "quiz": "Quiz",
    }
)
"""The pages in the menu's order, with their titles."""

ON_A_PHONE = ("course", FIRST, "sizes", "quiz")
"""Those in the bar of a phone, where there is no room for all: learn, try, homework, be asked."""

FOR_TEACHERS = MappingProxyType({"talks": "Talks", "make_a_set": "Make a set"})
"""What shows the answers or leads a class, apart from what students use."""
