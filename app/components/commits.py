"""What a person does in a component: `shared/commits.mjs` sends it, the page takes it in."""


def ignore() -> None:
    """The callback that Streamlit wants for a component's value; the page reads it when it runs."""
