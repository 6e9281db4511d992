"""Quantised against not: accuracy, latency, memory and size. `python measure.py FOLDER [--json]`."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from classifier import FILES, Classifier
from limits import threads
from sentences import LABELS, sentences

TESTS, TIMED, SEED = 2000, 400, 99
"""Texts that are judged, requests that are timed, and where both begin: not where training did."""


def measure(folder: Path, weights: str) -> dict[str, float]:
    """Of one model, in this process."""
    before = _resident_mib()
    classifier = Classifier(folder, weights, threads())
    texts, wanted = sentences(TESTS, SEED)
    said = [intent for start in range(0, TESTS, 50) for intent, _ in classifier(texts[start : start + 50])]
    right = sum(intent == LABELS[label] for intent, label in zip(said, wanted, strict=True))
    one = sorted(_milliseconds(classifier, [text]) for text in texts[:TIMED])
    many = sorted(_milliseconds(classifier, texts[:32]) for _ in range(TIMED // 8))
    return {
        "accuracy": right / TESTS,
        "p50_ms": one[len(one) // 2],
        "p95_ms": one[len(one) * 95 // 100],
        "batch_of_32_p50_ms": many[len(many) // 2],
        "memory_mib": _resident_mib() - before,
        "file_mib": (folder / FILES[weights]).stat().st_size / 2**20,
    }


def _milliseconds(classifier: Classifier, texts: list[str]) -> float:
    started = time.perf_counter()
    classifier(texts)
    return (time.perf_counter() - started) * 1000


def _resident_mib() -> float:
    """The most that this process ever had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def both(folder: Path) -> dict[str, dict[str, float]]:
    """Each in a process of its own, so that neither uses what the other has loaded."""
    found = {}
    for weights in FILES:
        command = [sys.executable, __file__, str(folder), weights]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found[weights] = json.loads(done.stdout)
    return found


def table(found: dict[str, dict[str, float]]) -> str:
    """As Markdown."""
    rows = [f"| | {' | '.join(found)} |", "| --- |" + " ---: |" * len(found)]
    for key in next(iter(found.values())):
        rows.append(f"| {key} | " + " | ".join(f"{values[key]:.3f}" for values in found.values()) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    place, rest = Path(sys.argv[1]), sys.argv[2:]
    if rest and rest[0] in FILES:
        print(json.dumps(measure(place, rest[0])))
    else:
        result = both(place)
        print(json.dumps(result) if "--json" in rest else table(result))
