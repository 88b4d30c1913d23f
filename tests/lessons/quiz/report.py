"""How soon simulated students are named, slip by slip and overall.

OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.lessons.quiz.report [runs per slip and level]
"""

import sys
from collections import defaultdict

from tests.lessons.quiz.students import classes, named_after, pools


def results(runs: int, most: int, noise: float):
    """For each slip, whether each run named it, and after how many questions."""
    found = defaultdict(list)
    for pool in pools():
        for slip in classes(pool):
            for seed in range(runs):
                found[slip].append((*named_after(slip, pool, 1000 * seed, most, noise), pool))
    return found


def main(runs: int) -> None:
    steady, noisy = results(runs, 3, 0.0), results(runs, 5, 0.1)
    print(f"{'slip':34} {'runs':>5}  always: within 3   10 % random: within 5")
    for slip in sorted(steady):
        shares = [sum(ok for ok, *_ in found[slip]) / len(found[slip]) for found in (steady, noisy)]
        print(f"{slip:34} {len(steady[slip]):5}  {shares[0]:17.1%}  {shares[1]:22.1%}")
    for name, found in (("always, within 3", steady), ("10 % random, within 5", noisy)):
        every = [ok for one in found.values() for ok, *_ in one]
        print(f"{name}: {sum(every)} of {len(every)} runs = {sum(every) / len(every):.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
