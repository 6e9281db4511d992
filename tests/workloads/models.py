"""Models that tests serve, made once in the cache from the programs that make them."""

import fcntl
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from falaj.sandbox.paths import cache
from tests.workloads.environments import EXAMPLES, required_python
from tests.workloads.llama_cpp import SHA256, required_programs

INFERENCE = EXAMPLES / "inference"
LANGUAGE_MODEL = Path(__file__).parent / "language_model"


def classifier() -> Path:
    """Returns the folder with the classifier of the reference inference server."""
    python = required_python("inference", INFERENCE / "requirements-model.txt")

    def make(folder: Path) -> None:
        subprocess.run([python, INFERENCE / "make_model.py", folder], check=True, capture_output=True)

    return _made("classifier", [*sorted(INFERENCE.glob("*.py")), INFERENCE / "requirements-model.txt"], "", make)


def language_model(size: str, *quantisations: str) -> Path:
    """Returns the folder with a language model of random weights: `F16.gguf`, and one file a quantisation of llama.cpp,
    such as `Q8_0.gguf`."""
    python = required_python("language-model", LANGUAGE_MODEL / "requirements.txt")
    programs = required_programs()

    def make(folder: Path) -> None:
        half = folder / "F16.gguf"
        subprocess.run([python, LANGUAGE_MODEL / "make_model.py", size, half], check=True, capture_output=True)
        for name in quantisations:
            command = [programs / "llama-quantize", half, folder / f"{name}.gguf", name]
            subprocess.run(command, check=True, capture_output=True)

    sources = sorted(LANGUAGE_MODEL.iterdir())
    return _made(
        f"language-model-{size}", [file for file in sources if file.is_file()], f"{quantisations}{SHA256}", make
    )


def _made(name: str, sources: Sequence[Path], rest: str, make: Callable[[Path], None]) -> Path:
    """Returns a folder that the first process that needs it makes; made again if a source changes."""
    content = b"".join(file.read_bytes() for file in sources) + rest.encode()
    target = cache() / f"model-{name}-{hashlib.sha256(content).hexdigest()[:12]}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / f"model-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            with tempfile.TemporaryDirectory(dir=target.parent, prefix="model-") as temporary:
                folder = Path(temporary) / "whole"
                folder.mkdir()
                make(folder)
                os.replace(folder, target)
    return target
