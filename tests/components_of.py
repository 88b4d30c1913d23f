"""The components of a page that is run without a browser."""

from streamlit.testing.v1 import AppTest


def components_of(at: AppTest) -> list:
    """Those of the page itself, in its order, without the one in the heading of every page."""
    parts = at.get("bidi_component")
    return [part for part in parts if not part.proto.component_name.endswith("share")]
