"""The quiz page: practice, and a set from a link."""
