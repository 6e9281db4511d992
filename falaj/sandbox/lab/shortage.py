"""What the simulated cloud has no machines of. `data/karpenter.go` reads it at each launch."""

import json
from pathlib import Path

FILE = "shortage.json"
"""Name of the file in the laboratory's folder."""


def start(folder: Path, retry_seconds: float) -> None:
    """Writes the file for a cloud that has all machines. `retry_seconds`: how long Karpenter launches no machine of an
    offering after the cloud had none."""
    _write(folder, {"retrySeconds": retry_seconds, "without": []})


def lack(folder: Path, *capacities: str) -> None:
    """Lets the cloud have no machines of these capacity types, `spot` or `on-demand`, and all others."""
    _write(folder, json.loads((folder / FILE).read_text()) | {"without": capacities})


def _write(folder: Path, content: dict[str, object]) -> None:
    (folder / f"{FILE}.new").write_text(json.dumps(content))
    (folder / f"{FILE}.new").replace(folder / FILE)
