"""Text as numbers: which groups of three letters occur in it, each hashed to one of some thousand places."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PLACES = 4096
GROUP = 3


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row a text, of length 1; the same on every machine, since Python's own hash is not."""
    found = np.zeros((len(texts), PLACES), dtype=np.float32)
    for row, text in enumerate(texts):
        padded = f"  {text.lower()} ".encode()
        for start in range(len(padded) - GROUP + 1):
            found[row, zlib.crc32(padded[start : start + GROUP]) % PLACES] += 1
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.maximum(lengths, 1e-6)
