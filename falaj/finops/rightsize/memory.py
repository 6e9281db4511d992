"""Memory of models in GB (10^9 bytes): weights, KV cache, gradients, optimizer states and activations.

Sources: mixed-precision training needs, per parameter, 2 bytes of weights, 2 of gradients, and 12 for the fp32 copy and
Adam's two moments (ZeRO, Rajbhandari et al. 2020, section 3.1); a transformer layer stores 34 bytes per token and
hidden unit when attention is not materialised, and 2 with full recomputation (Korthikanti et al. 2022, section 4); the
KV cache stores a key and a value per layer, KV head and token.
"""

from falaj.finops.rightsize.profile import BYTES, Inference, ModelShape, Precision, Training

USABLE = 0.9
"""Share of a GPU's or machine's memory that may be planned: vLLM's default; leaves room for the system on a CPU
machine.
"""

RUNTIME_GB = 1.5
"""Driver context, kernels and buffers on each GPU, or the process on a CPU machine, in GB. An assumption."""

LLAMA: tuple[tuple[float, ModelShape], ...] = (
    (1.24, ModelShape(layers=16, hidden=2048, kv_heads=8, head_dim=64)),
    (3.21, ModelShape(layers=28, hidden=3072, kv_heads=8, head_dim=128)),
    (8.03, ModelShape(layers=32, hidden=4096, kv_heads=8, head_dim=128)),
    (70.6, ModelShape(layers=80, hidden=8192, kv_heads=8, head_dim=128)),
    (405.9, ModelShape(layers=126, hidden=16384, kv_heads=8, head_dim=128)),
)
"""Billions of parameters -> shape of the Llama 3.1 and 3.2 models (config.json of each, from memory)."""


def shape_of(profile: Inference | Training) -> ModelShape:
    """Returns the model's shape, or that of the next larger Llama 3 model."""
    if profile.shape is not None:
        return profile.shape
    return next((shape for size, shape in LLAMA if profile.parameters_billion <= size), LLAMA[-1][1])


def assumed_shape(profile: Inference | Training) -> str:
    """Returns the assumption about the model's shape as text; empty if the profile states the shape."""
    if profile.shape is not None:
        return ""
    shape = shape_of(profile)
    return f"{shape.layers} layers of {shape.hidden}, {shape.kv_heads} KV heads (the next larger Llama 3)"


def weights_gb(parameters_billion: float, precision: Precision) -> float:
    """Returns the size of the weights in GB."""
    return parameters_billion * float(BYTES[precision])


def kv_gb_per_token(profile: Inference, precision: Precision) -> float:
    """Returns the keys and values of one token in GB: at least 16 bits each, also with narrower weights; 32 bits with
    fp32.
    """
    shape = shape_of(profile)
    return 2 * shape.layers * shape.kv_heads * shape.head_dim * max(2, int(BYTES[precision])) / 1e9


def inference_gb(profile: Inference, precision: Precision, batch: int) -> float:
    """Returns the memory of a replica with `batch` requests of full length in GB: weights and KV cache, without
    `RUNTIME_GB` per GPU.
    """
    cache = kv_gb_per_token(profile, precision) * profile.context_tokens * batch
    return weights_gb(profile.parameters_billion, precision) + cache


_STATES = {"adamw": 8, "adamw-8bit": 2, "adafactor": 0, "sgd": 4}
"""Bytes of optimizer state per trained parameter: two fp32 moments, two 8-bit moments, factored moments, one momentum.
"""


def training_states_gb(profile: Training) -> float:
    """Returns the memory in GB that can be sharded over GPUs: all weights, plus gradients, fp32 copy and optimizer
    states of the trained parameters.
    """
    trained = profile.parameters_billion * (1 if profile.method == "full" else profile.trainable_share)
    width = min(4, max(2, float(BYTES[profile.precision])))
    master = 0 if profile.precision == "fp32" else 4
    adapters = 0 if profile.method == "full" else trained * width
    states = trained * (width + master + _STATES[profile.optimizer])
    return weights_gb(profile.parameters_billion, profile.precision) + adapters + states


def activations_gb(profile: Training) -> float:
    """Returns the activations in GB that each GPU stores for the backward pass of its micro-batch."""
    shape = shape_of(profile)
    width = max(2, int(BYTES[profile.precision])) / 2
    unit = profile.context_tokens * profile.micro_batch * shape.hidden * width / 1e9
    if profile.method == "transfer":
        return 34 * unit
    if profile.gradient_checkpointing:
        return (2 * shape.layers + 34) * unit
    return 34 * shape.layers * unit
