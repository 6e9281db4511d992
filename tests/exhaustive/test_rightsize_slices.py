"""Slices of a GPU that fit a measured load, with what they save: computed by hand."""

import pytest

from falaj.finops.rightsize.recommendation import Action
from tests.exhaustive.test_rightsize_usage import advised, of
from tests.unit.finops.utilisation import dcgm, flat, prometheus

SLICES = {
    (0.05, 0.05, 9_000): ("1g.12gb", 7),
    (0.05, 0.05, 30_000): ("3g.47gb", 2),
    # 79 of 835 TFLOPS: more than 16 of 132 multiprocessors give with headroom, 71. The next profile has 1 of 7.
    (0.095, 0.05, 9_000): ("1g.24gb", 4),
    (0.05, 0.2, 9_000): ("3g.47gb", 2),  # 0.2 x 3,938 GB/s: more than a quarter of it gives with headroom, 689
}


@pytest.mark.parametrize(("load", "slices"), SLICES.items())
def test_a_slice_of_a_large_gpu(load: tuple[float, float, float], slices: tuple[str, int]) -> None:
    tensor, dram, mib = map(flat, load)
    text = prometheus(*dcgm("a", tensor=tensor, dram=dram, fb=mib))
    result = of(advised(text, machine="Standard_NC40ads_H100_v5", region="uaenorth"), Action.MIG)
    assert result.to == f"{slices[0]} slices of H100 NVL"
    assert float(result.usd_month) == pytest.approx(9.98 * 730 * (1 - 1 / slices[1]))
