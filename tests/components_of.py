"""A page that is run without a browser: its components, and the way back to a link."""

from streamlit.testing.v1 import AppTest

from app.page.own_talk import STORE

EVERYWHERE = ("share", "presenter")


def components_of(at: AppTest) -> list:
    """Those of the page itself, in its order, without the ones that every page has."""
    parts = [part for part in at.get("bidi_component") if not part.proto.id.endswith(f"-{STORE}")]
    return [part for part in parts if not part.proto.component_name.endswith(EVERYWHERE)]


def back_to(at: AppTest, address: dict[str, str]) -> None:
    """Have a page open a link again, as a browser's back button does; dearer is a new page."""
    at.query_params.clear()
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
