"""What the efficiency settings cost and save, on this machine: `python measure.py`, Markdown or `--json`."""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import torch
from falaj_training import adapters
from falaj_training.model import Model, Shape

SHAPE = Shape(layers=8, width=128, length=256)
BATCH = 8
STEPS = 5

TUNED = Shape(layers=8, width=768, heads=12, length=64)
"""A base model of 57 million weights, for fine-tuning."""
TUNED_BATCH = 1
M_MMAP_THRESHOLD = -3
"""Parameter of glibc's `mallopt`."""
TUNINGS = ("incremental", "lora", "qlora")


def once(checkpointing: bool, number: torch.dtype | None) -> dict[str, float]:
    """Peak memory above the weights (MiB) and the middle step's processor time (s), in a process of its own."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = Model(SHAPE, checkpointing)
    optimizer = torch.optim.AdamW(model.parameters())
    window = torch.randint(256, (BATCH, SHAPE.length + 1))
    before, times, loss = _resident(), [], torch.tensor(0.0)
    for _ in range(STEPS):
        began = time.process_time()
        with torch.autocast("cpu", dtype=number, enabled=number is not None):
            loss = model(window[:, :-1], window[:, 1:])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        times.append(time.process_time() - began)
    return {"mib": round(_peak() - before), "seconds": round(sorted(times)[STEPS // 2], 3), "loss": loss.item()}


def tuned(learning: str) -> dict[str, float]:
    """Peak memory with the model (MiB), the middle step's processor time (s), and what is saved (KiB)."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    # Freed memory is given back at once, as on a GPU, so that the peak counts what is in use together.
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 64 * 1024)
    Model(Shape())(*torch.zeros(2, 1, 8, dtype=torch.long)).backward()  # the libraries load what they need
    before = _resident()
    model = Model(TUNED)
    if learning != "incremental":
        adapters.adapt(model, rank=8, alpha=16, quantise=learning == "qlora")
    learnt = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learnt)
    window = torch.randint(256, (TUNED_BATCH, TUNED.length + 1))
    _forget_peak()
    times = []
    for _ in range(STEPS):
        began = time.process_time()
        model(window[:, :-1], window[:, 1:]).backward()
        optimizer.step()
        optimizer.zero_grad()
        times.append(time.process_time() - began)
    saved = sum(weight.numel() for weight in learnt) * 4 / 1024
    return {
        "mib": round(_peak() - before),
        "seconds": round(sorted(times)[STEPS // 2], 3),
        "saved": round(saved),
    }


def _forget_peak() -> None:
    """Gives freed memory back, and counts the peak from here: quantising needs the whole model for a moment."""
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def _status(name: str) -> float:
    with open("/proc/self/status") as status:
        return int(re.search(rf"{name}:\s+(\d+)", status.read())[1]) / 1024


def _resident() -> float:
    return _status("VmRSS")


def _peak() -> float:
    # Not `ru_maxrss`: it begins with the memory of the process that starts this one (Linux, fs/exec.c).
    return _status("VmHWM")


def resumed(stops: tuple[int, ...] = (), **told: str) -> list[float]:
    """The losses of a run of 120 steps, killed after each of `stops` and started again."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/run.json"
        with open(file, "w") as written:
            json.dump({"parameters": {"steps": "120", "deterministic": "1"}}, written)
        told = {"FALAJ_CHECKPOINT_URI": f"file://{folder}/vault", "FALAJ_CONTRACT": file, **told}
        losses: dict[int, float] = {}
        for stop in (*stops, None):
            command = [sys.executable, "-m", "falaj_training"]
            with subprocess.Popen(command, env=os.environ | told, stdout=subprocess.PIPE, text=True) as run:
                for line in run.stdout:
                    said = json.loads(line)
                    if said["event"] == "step":
                        losses[said["step"]] = said["loss"]
                        if said["step"] == stop:
                            run.kill()
        return [losses[step] for step in sorted(losses)]


def main() -> None:
    """Everything, one after the other."""
    if sys.argv[1:2] == ["once"]:
        print(json.dumps(once(sys.argv[2] == "1", torch.bfloat16 if sys.argv[3] == "bf16" else None)))
        return
    if sys.argv[1:2] == ["tuned"]:
        print(json.dumps(tuned(sys.argv[2])))
        return
    cases = [(checkpointing, number) for checkpointing in ("0", "1") for number in ("off", "bf16")]
    table = {}
    for case in cases:
        done = subprocess.run([sys.executable, __file__, "once", *case], capture_output=True, text=True, check=True)
        table[case] = json.loads(done.stdout)
    tunings = {}
    for learning in TUNINGS:
        command = [sys.executable, __file__, "tuned", learning]
        tunings[learning] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    short = {"FALAJ_CHECKPOINT_INTERVAL_SECONDS": "0.2"}
    whole, broken = resumed(**short), resumed((37, 71, 90), **short)
    apart = max(abs(a - b) for a, b in zip(whole, broken, strict=True))
    if "--json" in sys.argv:
        rows = [{"gradient_checkpointing": on == "1", "precision": of, **seen} for (on, of), seen in table.items()]
        print(
            json.dumps(
                {"settings": rows, "tunings": tunings, "final_loss": whole[-1], "resumed_apart": apart}, indent=2
            )
        )
        return
    print("| gradient checkpointing | precision | memory above the weights, MiB | a step, processor seconds |")
    print("| --- | --- | --- | --- |")
    for (on, of), seen in table.items():
        print(f"| {'yes' if on == '1' else 'no'} | {of} | {seen['mib']} | {seen['seconds']} |")
    print("\n| learning | memory with the model, MiB | a step, processor seconds | saved, KiB |")
    print("| --- | --- | --- | --- |")
    for learning, seen in tunings.items():
        print(f"| `{learning}` | {seen['mib']} | {seen['seconds']} | {seen['saved']} |")
    print(f"\nLoss after 120 steps: {whole[-1]:.6f}; killed three times and resumed, at most {apart} apart.")


if __name__ == "__main__":
    main()
