"""The guard against hangs ends what hangs, and nothing else."""

import pytest

from tests.hangs import Hangs, no_hang


def hang():
    while True:
        pass


def test_what_hangs_is_ended():
    with pytest.raises(Hangs, match=r"after 0\.01 s"), no_hang(0.01):
        hang()


def test_the_guard_is_over_with_its_block():
    with no_hang(0.05):
        pass
    for _ in range(3_000_000):  # more work than the guard allowed
        pass
