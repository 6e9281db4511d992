"""One process of a run: learns, saves, and resumes where the run stopped."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import Any

import torch
from torch.distributed.checkpoint.state_dict import StateDictOptions, get_state_dict, set_state_dict

from falaj_training import adapters, checkpoints, together
from falaj_training.contract import PEER_WAIT_SECONDS, TRY_AGAIN, Contract
from falaj_training.data import Windows, text
from falaj_training.model import Model, Shape
from falaj_training.storage import read, store

NUMBERS = {"bf16": torch.bfloat16, "fp16": torch.float16}
ADAPTED = ("lora", "qlora")
"""Ways of learning in which only adapters learn, and only they are saved."""


class Run:
    """What a process has in hand."""

    def __init__(self, contract: Contract, rank: int) -> None:
        self.contract, self.rank = contract, rank
        self.asked_to_stop, self.save_seconds, self.saved_step = False, 0.0, 0
        self.device = torch.device("cpu")
        if torch.cuda.is_available():
            self.device = torch.device("cuda", rank % contract.processes_per_node)
            torch.cuda.set_device(self.device)
        self.seed, self.steps = int(contract.parameter("seed", 1)), int(contract.parameter("steps", 100))
        self.store = store(contract.checkpoint_uri)
        self.adapted = contract.base_model_uri is not None and contract.learning in ADAPTED
        self.rank_of_adapters = int(contract.parameter("rank", 8))
        self.alpha = contract.parameter("alpha", 16)
        # The state of all processes in one: a run may resume on another number of them.
        self.whole = StateDictOptions(full_state_dict=True, cpu_offload=True, ignore_frozen_params=self.adapted)

    def prepare(self) -> None:
        """Model, optimizer and data, as a run that has not begun has them."""
        contract, number = self.contract, self.contract.parameter
        sizes = (int(number(name, default)) for name, default in (("layers", 2), ("width", 64)))
        shape = Shape(*sizes, length=int(number("length", 64)), dropout=number("dropout", 0.1))
        torch.manual_seed(self.seed)
        model = Model(shape, contract.gradient_checkpointing)
        if contract.base_model_uri:
            model.load_state_dict(checkpoints.unpack(read(contract.base_model_uri)))
            if contract.learning == "transfer":
                model.learn_head_only()
            if self.adapted:
                adapters.adapt(model, self.rank_of_adapters, self.alpha, quantise=contract.learning == "qlora")
        self.model = together.shared(model.to(self.device), contract.strategy)
        learnt = [weight for weight in self.model.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(learnt, lr=number("learning_rate", 1e-3))
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=contract.precision == "fp16")
        batch = int(number("batch", 16))
        self.data = Windows(text(contract.dataset_uri, self.seed), shape.length, batch, self.seed)

    def resume(self) -> int:
        """The step to go on with: that of the newest checkpoint, else the first."""
        found = checkpoints.newest(self.store)
        if found is None:
            return 0
        set_state_dict(
            self.model,
            self.optimizer,
            model_state_dict=found["model"],
            optim_state_dict=found["optimizer"],
            options=StateDictOptions(full_state_dict=True, ignore_frozen_params=self.adapted, strict=not self.adapted),
        )
        self.scaler.load_state_dict(found["scaler"])
        self.saved_step = found["step"]
        return self.saved_step

    def save(self, step: int) -> None:
        """All processes give their part; the first one writes."""
        began = time.monotonic()
        model, optimizer = get_state_dict(self.model, self.optimizer, options=self.whole)
        self.saved_step = step
        if self.rank == 0:
            state = {"step": step, "model": model, "optimizer": optimizer, "scaler": self.scaler.state_dict()}
            size = checkpoints.save(self.store, step, state, self.contract.checkpoints_kept)
            self.save_seconds = time.monotonic() - began
            self.say(event="checkpoint", step=step, bytes=size, seconds=round(self.save_seconds, 4))

    def learn(self, step: int) -> float:
        """One step; the loss of the whole batch before it."""
        # By seed, step and process, so that no state of the dice has to be saved.
        torch.manual_seed(self.seed + 7919 * step + self.rank)
        read_, following = self.data.at(step, self.rank, self.contract.processes)
        number = NUMBERS.get(self.contract.precision)
        with torch.autocast(self.device.type, dtype=number, enabled=number is not None):
            loss = self.model(read_.to(self.device), following.to(self.device))
        self.scaler.scale(loss).backward()
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.optimizer.zero_grad(set_to_none=True)
        return together.mean(loss.detach())

    def go(self) -> int:
        """All the steps that are left; the exit code."""
        self.prepare()
        begin = self.resume()
        self.say(event="start", step=begin)
        saved, loss = time.monotonic(), None
        for step in range(begin, self.steps):
            loss = self.learn(step)
            self.say(event="step", step=step + 1, loss=loss)
            due = time.monotonic() - saved >= self.contract.checkpoint_interval_seconds
            # The first process's clock decides when to save, anybody's SIGTERM when to stop.
            due, stopping = together.agree(due and self.rank == 0, self.asked_to_stop)
            if stopping:
                # A checkpoint that does not fit into what is left would be in the way of those after us. Only the first
                # process knows how long one takes, so its vote against decides.
                [too_long] = together.agree(self.save_seconds >= self.contract.grace_seconds * 0.8)
                if not too_long:
                    self.save(step + 1)
                return TRY_AGAIN
            if due:
                self.save(step + 1)
                saved = time.monotonic()
        self.finish(loss)
        return 0

    def finish(self, loss: float | None) -> None:
        """The last checkpoint and the model; a finished run that is started again has nothing else to do."""
        if self.saved_step < self.steps:
            self.save(self.steps)
        model, _ = get_state_dict(self.model, self.optimizer, options=self.whole)
        if self.rank == 0:
            target = store(self.contract.model_uri or self.contract.checkpoint_uri)
            if self.adapted:
                added = {"rank": self.rank_of_adapters, "alpha": self.alpha, "weights": adapters.weights(model)}
                target.write("adapters.pt", checkpoints.pack(added))
            else:
                target.write("model.pt", checkpoints.pack(model))
            self.say(event="done", step=self.steps, loss=loss)

    def say(self, **what: Any) -> None:
        """One line of JSON for whoever reads the log, from the first process."""
        if self.rank == 0:
            print(json.dumps(what), flush=True)

    def stop(self, *_: object) -> None:
        """Asked to: after the step that is being computed."""
        self.asked_to_stop = True


def main(contract: Contract, rank: int) -> int:
    """One process of the run; its exit code."""
    torch.set_num_threads(contract.threads)
    torch.use_deterministic_algorithms(contract.parameter("deterministic", 0) > 0)
    run = Run(contract, rank)
    signal.signal(signal.SIGTERM, run.stop)
    try:
        with together.group(contract, rank, run.device), together.losing_peers():
            return run.go()
    except together.PeerLost as lost:
        print(json.dumps({"event": "peer lost", "process": rank, "why": str(lost)}), file=sys.stderr, flush=True)
        time.sleep(contract.parameter("peer_wait_seconds", PEER_WAIT_SECONDS))
        return TRY_AGAIN
