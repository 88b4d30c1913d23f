"""What pytest must not import: the scripts of the pages, which Streamlit runs."""

from pathlib import Path


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Skip `app/screens/<page>/<page>.py`, whichever pages there are."""
    folder = collection_path.parent
    is_page = folder.parent.name == "screens" and collection_path.stem == folder.name
    return True if is_page else None
