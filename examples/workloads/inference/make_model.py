"""Trains a small classifier of texts, writes it as ONNX, and quantises it: `python make_model.py FOLDER`.

Three dense layers over hashed groups of letters, 4.7 million numbers, trained with NumPy alone in half a minute. The
quantised one keeps each weight as a whole number of eight bits and a scale; what flows between the layers is quantised
while it calculates ("dynamic"), so that no data is needed to prepare it.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
from features import PLACES, vectors
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentences import LABELS, sentences

Matrix = NDArray[np.float32]
Layer = tuple[Matrix, Matrix]

WIDTHS = (PLACES, 1024, 512, len(LABELS))
SENTENCES, ROUNDS, BATCH, RATE = 3000, 5, 64, 1e-3
FULL, QUANTISED, NAMES = "model.onnx", "model.int8.onnx", "labels.json"


def train(seed: int = 1) -> list[Layer]:
    """Weights and biases, layer by layer: Adam on cross-entropy."""
    chance = np.random.default_rng(seed)
    texts, labels = sentences(SENTENCES, seed)
    inputs, wanted = vectors(texts), np.eye(len(LABELS), dtype=np.float32)[labels]
    values = [_first(chance, wide, narrow) for wide, narrow in pairwise(WIDTHS)]
    numbers = [part for layer in values for part in layer]
    means, squares = [np.zeros_like(part) for part in numbers], [np.zeros_like(part) for part in numbers]
    step = 0
    for _ in range(ROUNDS):
        order = chance.permutation(len(texts))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            step += 1
            slopes = _slopes(values, inputs[chosen], wanted[chosen])
            for part, slope, mean, square in zip(numbers, slopes, means, squares, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope * slope - square)
                part -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return values


def _first(chance: np.random.Generator, wide: int, narrow: int) -> Layer:
    spread = np.sqrt(2 / wide)
    return (spread * chance.standard_normal((wide, narrow))).astype(np.float32), np.zeros(narrow, dtype=np.float32)


def _slopes(values: list[Layer], inputs: Matrix, wanted: Matrix) -> list[Matrix]:
    """Of the loss by every number, in the order of the numbers."""
    flows = [inputs]
    for index, (weights, biases) in enumerate(values):
        raw = flows[-1] @ weights + biases
        flows.append(raw if index == len(values) - 1 else np.maximum(raw, 0))
    scores = np.exp(flows[-1] - flows[-1].max(axis=1, keepdims=True))
    back = (scores / scores.sum(axis=1, keepdims=True) - wanted) / len(inputs)
    found: list[Matrix] = []
    for index in range(len(values) - 1, -1, -1):
        found = [flows[index].T @ back, back.sum(axis=0), *found]
        if index:
            back = (back @ values[index][0].T) * (flows[index] > 0)
    return found


def write(values: list[Layer], folder: Path) -> None:
    """Both models and the names of what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, numbers, flow = [], [], "text"
    for index, (weights, biases) in enumerate(values):
        last = index == len(values) - 1
        numbers += [numpy_helper.from_array(weights, f"w{index}"), numpy_helper.from_array(biases, f"b{index}")]
        nodes += [
            helper.make_node("MatMul", [flow, f"w{index}"], [f"m{index}"]),
            helper.make_node("Add", [f"m{index}", f"b{index}"], ["score" if last else f"a{index}"]),
        ]
        if not last:
            nodes.append(helper.make_node("Relu", [f"a{index}"], [f"r{index}"]))
        flow = f"r{index}"
    rows = [helper.make_tensor_value_info("text", TensorProto.FLOAT, ["batch", PLACES])]
    scores = [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["batch", len(LABELS)])]
    graph = helper.make_graph(nodes, "intents", rows, scores, numbers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / FULL))
    quantize_dynamic(folder / FULL, folder / QUANTISED, weight_type=QuantType.QInt8, per_channel=True)
    (folder / NAMES).write_text(json.dumps(LABELS))


if __name__ == "__main__":
    write(train(), Path(sys.argv[1]))
