"""Text in windows, in an order that depends on nothing but the seed and the step: a run resumes by its step alone."""

from __future__ import annotations

import torch
from torch import Tensor

from falaj_training.storage import read

WORDS = [
    "ماء",
    "فلج",
    "نخل",
    "تمر",
    "بحر",
    "لؤلؤ",
    "صحراء",
    "واحة",
    "water",
    "channel",
    "palm",
    "date",
    "sea",
    "pearl",
    "desert",
    "oasis",
]


def text(uri: str | None, seed: int) -> bytes:
    """The data of the run; sentences made on the spot where there is none."""
    if uri:
        return read(uri)
    made = torch.randint(len(WORDS), (6000,), generator=torch.Generator().manual_seed(seed))
    return " ".join(WORDS[index] for index in made.tolist()).encode()


class Windows:
    """Each epoch shows every window once, in an order of its own."""

    def __init__(self, data: bytes, length: int, batch: int, seed: int) -> None:
        self.bytes = torch.frombuffer(bytearray(data), dtype=torch.uint8)
        self.length, self.batch, self.seed = length, batch, seed
        self.count = (len(self.bytes) - 1) // length
        if self.count < batch:
            raise ValueError(f"{len(data)} bytes are not enough for {batch} windows of {length}")

    def at(self, step: int, process: int, processes: int) -> tuple[Tensor, Tensor]:
        """This process's part of the batch of a step: all processes together see the same batch, however many."""
        epoch, place = divmod(step, self.count // self.batch)
        order = torch.randperm(self.count, generator=torch.Generator().manual_seed(self.seed + epoch))
        rows = order[place * self.batch : (place + 1) * self.batch][process::processes]
        at = rows[:, None] * self.length + torch.arange(self.length + 1)
        window = self.bytes[at].long()
        return window[:, :-1], window[:, 1:]
