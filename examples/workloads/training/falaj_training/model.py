"""A small transformer over bytes that predicts the next one."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

BYTES = 256


@dataclass(frozen=True)
class Shape:
    """How large it is."""

    layers: int = 2
    width: int = 64
    heads: int = 4
    length: int = 64
    dropout: float = 0.1


class Block(nn.Module):
    """Attention to what came before, and a small network."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, shape.dropout
        self.before, self.between = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.ask, self.answer = nn.Linear(shape.width, 3 * shape.width), nn.Linear(shape.width, shape.width)
        self.think = nn.Sequential(
            nn.Linear(shape.width, 4 * shape.width), nn.GELU(), nn.Linear(4 * shape.width, shape.width)
        )

    def forward(self, inside: Tensor) -> Tensor:
        rows, length, width = inside.shape
        asked = self.ask(self.before(inside)).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0
        seen = functional.scaled_dot_product_attention(query, key, value, is_causal=True, dropout_p=rate)
        inside = inside + self.answer(seen.transpose(1, 2).reshape(rows, length, width))
        return inside + functional.dropout(self.think(self.between(inside)), self.dropout, self.training)


class Model(nn.Module):
    """`gradient_checkpointing` keeps only what enters each block, and computes the rest again on the way back."""

    def __init__(self, shape: Shape, gradient_checkpointing: bool = False) -> None:
        super().__init__()
        self.gradient_checkpointing = gradient_checkpointing
        self.meaning, self.place = nn.Embedding(BYTES, shape.width), nn.Embedding(shape.length, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.head = nn.Sequential(nn.LayerNorm(shape.width), nn.Linear(shape.width, BYTES))

    def forward(self, read: Tensor, following: Tensor) -> Tensor:
        """The loss, in nats a byte."""
        inside = self.meaning(read) + self.place(torch.arange(read.shape[1], device=read.device))
        for block in self.blocks:
            again = self.gradient_checkpointing and self.training
            inside = checkpoint(block, inside, use_reentrant=False) if again else block(inside)
        return functional.cross_entropy(self.head(inside).float().flatten(0, 1), following.flatten())

    def learn_head_only(self) -> None:
        """Transfer learning: all but the head stays as it is."""
        for name, weight in self.named_parameters():
            weight.requires_grad_(name.startswith("head"))
