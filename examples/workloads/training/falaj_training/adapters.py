"""Fine-tuning with low-rank adapters: the base model is frozen, in full precision (LoRA) or in four bits (QLoRA).

LoRA: Hu et al., 2021 (arXiv 2106.09685). QLoRA: Dettmers et al., 2023 (arXiv 2305.14314): the 16 values of a 4-bit
NormalFloat are those of its appendix E, and each block of 64 weights has a scale of its own.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCK = 64
"""Weights that share a scale."""

NORMAL_FLOAT = (
    -1.0,
    -0.6961928009986877,
    -0.5250730514526367,
    -0.39491748809814453,
    -0.28444138169288635,
    -0.18477343022823334,
    -0.09105003625154495,
    0.0,
    0.07958029955625534,
    0.16093020141124725,
    0.24611230194568634,
    0.33791524171829224,
    0.44070982933044434,
    0.5626170039176941,
    0.7229568362236023,
    1.0,
)


class Quantised(nn.Module):
    """A linear layer that does not learn, with weights of four bits."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.shape = layer.weight.shape
        blocks = functional.pad(layer.weight.detach().flatten(), (0, -layer.weight.numel() % BLOCK)).view(-1, BLOCK)
        scales = blocks.abs().amax(1).clamp(min=torch.finfo(blocks.dtype).tiny)
        values = torch.tensor(NORMAL_FLOAT, device=blocks.device)
        limits = (values[1:] + values[:-1]) / 2
        codes = torch.bucketize(blocks / scales[:, None], limits).to(torch.uint8).view(-1, 2)
        self.register_buffer("codes", codes[:, 0] << 4 | codes[:, 1], persistent=False)
        self.register_buffer("scales", scales, persistent=False)
        self.register_buffer("values", values, persistent=False)
        self.bias = layer.bias

    def weight(self) -> Tensor:
        """The weights as numbers."""
        codes = torch.stack((self.codes >> 4, self.codes & 15), 1).view(-1, BLOCK).int()
        return (self.values[codes] * self.scales[:, None]).flatten()[: math.prod(self.shape)].view(self.shape)

    def forward(self, inside: Tensor) -> Tensor:
        return _Linear.apply(inside, self.bias, self)


class _Linear(torch.autograd.Function):
    """Multiplies by weights that exist as numbers only while they are needed, forward and back."""

    @staticmethod
    def forward(context: Any, inside: Tensor, bias: Tensor | None, layer: Quantised) -> Tensor:
        context.layer = layer
        return functional.linear(inside, layer.weight(), bias)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        [gradient] = gradients
        return gradient @ context.layer.weight().to(gradient.dtype), None, None


class LowRank(nn.Module):
    """A frozen layer and what is added to it: two narrow matrices, of which the second begins at zero."""

    def __init__(self, layer: nn.Linear, rank: int, alpha: float, quantise: bool) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.empty(rank, layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))
        self.scale = alpha / rank
        self.base = Quantised(layer) if quantise else layer

    def forward(self, inside: Tensor) -> Tensor:
        added = functional.linear(functional.linear(inside, self.down), self.up)
        return self.base(inside) + self.scale * added


def adapt(model: nn.Module, rank: int, alpha: float, quantise: bool) -> None:
    """Freezes a model and gives each linear layer of its blocks an adapter, the only part that learns."""
    model.requires_grad_(False)
    for block in model.blocks:
        linear = [name for name, layer in block.named_modules() if isinstance(layer, nn.Linear)]
        for name in linear:
            block.set_submodule(name, LowRank(block.get_submodule(name), rank, alpha, quantise))


def weights(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The part of a model's state that the adapters are."""
    return {name: value for name, value in state.items() if name.rsplit(".", 1)[-1] in ("down", "up")}
