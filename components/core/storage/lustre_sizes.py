"""Size of a file system for scratch data (FSx for Lustre)."""

from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.validation.problems import refusal

STEP_GIB = 2400
MIN_GIB = 1200
"""Sizes of a Lustre file system on SSD: 1200, 2400 and multiples of 2400 (FSx API reference, CreateFileSystem)."""


def _check_size(gib: int) -> int:
    if gib != MIN_GIB and (gib < STEP_GIB or gib % STEP_GIB):
        nearest = max(MIN_GIB, -(-gib // STEP_GIB) * STEP_GIB)
        raise refusal(f"{MIN_GIB} or a multiple of {STEP_GIB}", f"take {nearest}")
    return gib


ScratchGib = Annotated[int, AfterValidator(_check_size)]
"""Size of a Lustre file system in GiB: 1200 or a multiple of 2400."""
