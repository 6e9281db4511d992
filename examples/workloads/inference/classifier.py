"""The model, loaded: texts in, intents out."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from features import vectors

FILES = {"int8": "model.int8.onnx", "fp32": "model.onnx"}
"""What the platform says the numbers are (`FALAJ_WEIGHTS`) -> the model's file."""


class Classifier:
    """One model on so many threads."""

    def __init__(self, folder: Path, weights: str, threads: int) -> None:
        if weights not in FILES:
            raise ValueError(f"FALAJ_WEIGHTS={weights} is not allowed; allowed: {', '.join(FILES)}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Spinning keeps processors busy between requests: with a limit, that time is missing when one comes.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / FILES[weights]), options, providers=["CPUExecutionProvider"]
        )
        self.labels: list[str] = json.loads((folder / "labels.json").read_text())

    def __call__(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """The likeliest intent of each text, and how likely it is."""
        (scores,) = self._session.run(["score"], {"text": vectors(texts)})
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        return [(self.labels[row.argmax()], float(row.max())) for row in likely]
