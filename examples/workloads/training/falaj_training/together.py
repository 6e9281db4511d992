"""Processes that work together: how they meet, agree and share a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import torch
from torch import distributed, nn

from falaj_training.contract import Contract

LOST = ("connection", "gloo", "nccl", "timed out", "timeout", "socket", "broken pipe", "store")
"""Words in what PyTorch says when another process is gone."""

MEET = timedelta(minutes=10)
"""How long machines wait for each other at the start: spot comes one by one."""


class PeerLost(Exception):
    """Another process is gone, whatever the reason."""


@contextmanager
def group(contract: Contract, rank: int, device: torch.device) -> Iterator[None]:
    """The processes of the run, found by the first one's address; nothing where there is only one."""
    if contract.processes == 1:
        yield
        return
    try:
        with losing_peers():
            distributed.init_process_group(
                "nccl" if device.type == "cuda" else "gloo",
                init_method=f"tcp://{contract.master_address}:{contract.master_port}",
                rank=rank,
                world_size=contract.processes,
                timeout=MEET,
            )
        yield
    finally:
        if distributed.is_initialized():
            distributed.destroy_process_group()


@contextmanager
def losing_peers() -> Iterator[None]:
    """Turns whatever PyTorch raises when others are gone into `PeerLost`, and nothing else."""
    try:
        yield
    except (RuntimeError, distributed.DistError) as error:
        if isinstance(error, distributed.DistError) or any(word in str(error).lower() for word in LOST):
            raise PeerLost(str(error).splitlines()[0]) from error
        raise


def shared(model: nn.Module, strategy: str) -> nn.Module:
    """The model as the strategy shares it."""
    if strategy == "ddp":
        return nn.parallel.DistributedDataParallel(model)
    if strategy == "fsdp":
        from torch.distributed.fsdp import fully_shard

        for block in model.blocks:
            fully_shard(block)
        return fully_shard(model)
    return model


def agree(*wishes: bool) -> tuple[bool, ...]:
    """What any of the processes wishes: they save and stop together or not at all."""
    if not distributed.is_initialized():
        return wishes
    device = "cuda" if distributed.get_backend() == "nccl" else "cpu"
    votes = torch.tensor([float(wish) for wish in wishes], device=device)
    distributed.all_reduce(votes, distributed.ReduceOp.MAX)
    return tuple(vote > 0 for vote in votes.tolist())


def mean(value: torch.Tensor) -> float:
    """The mean over all processes."""
    if distributed.is_initialized():
        value = value.clone()
        distributed.all_reduce(value)
        value /= distributed.get_world_size()
    return value.item()
