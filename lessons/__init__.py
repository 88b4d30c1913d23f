"""The course and its quiz: built on kernels, and free of Streamlit."""
