"""A page that is run without a browser: its components, and the way back to a link."""

from streamlit.testing.v1 import AppTest


def components_of(at: AppTest) -> list:
    """Those of the page itself, in its order, without the one in the heading of every page."""
    parts = at.get("bidi_component")
    return [part for part in parts if not part.proto.component_name.endswith("share")]


def back_to(at: AppTest, address: dict[str, str]) -> None:
    """Have a page open a link again, as a browser's back button does; dearer is a new page."""
    at.query_params.clear()
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
