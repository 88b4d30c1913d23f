"""The relationships of Dumoulin and Visin load by name, with the sizes that the paper prints."""

import pytest

from kernels.layers.relationships import RELATIONSHIPS
from kernels.scene.examples import scene_of

TRANSPOSED = [row for row in RELATIONSHIPS if row.kind == "transposed"]


@pytest.mark.parametrize("row", TRANSPOSED, ids=lambda row: str(row.number))
def test_a_transposed_relationship_loads_by_name(row):
    scene, notes = scene_of({"example": f"relationship-{row.number}"})
    assert notes == ()
    assert (scene.kind.name, scene.input_size) == ("transposed", (row.input, row.input))
    assert scene.output_size == (row.output, row.output)
