"""Memory of models in GB (10^9 bytes): weights, KV cache, gradients, optimizer states, activations and logits.

Sources: mixed-precision training needs, per parameter, 2 bytes of weights, 2 of gradients, and 12 for the fp32 copy and
Adam's two moments (ZeRO, Rajbhandari et al. 2020, section 3.1); a transformer layer stores 34 bytes per token and
hidden unit when attention is not materialised, and 2 with full recomputation (Korthikanti et al. 2022, section 4); the
KV cache stores a key and a value per layer, KV head and token; the loss keeps the logits of each token over the whole
vocabulary.
"""

from falaj.facts.vision_models import VISION_MODELS, VisionModel
from falaj.finops.rightsize.assumptions import LOGITS_BYTES
from falaj.finops.rightsize.profile import (
    BYTES,
    Inference,
    ModelShape,
    Precision,
    Training,
    Vision,
    VisionTraining,
)

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
    return (
        f"{shape.layers} layers of {shape.hidden}, {shape.kv_heads} KV heads, a vocabulary of {shape.vocabulary:,} "
        "(the next larger Llama 3)"
    )


def weights_gb(parameters_billion: float, precision: Precision) -> float:
    """Returns the size of the weights in GB."""
    return parameters_billion * float(BYTES[precision])


def kv_gb_per_token(profile: Inference, precision: Precision) -> float:
    """Returns the keys and values of one token in GB: at least 16 bits each, also with narrower weights; 32 bits with
    fp32.
    """
    shape = shape_of(profile)
    return 2 * shape.layers * shape.kv_heads * shape.head_dim * max(2, int(BYTES[precision])) / 1e9


def vision_model(profile: Vision) -> VisionModel:
    """Returns the figures of a vision profile's model."""
    if profile.figures is None:
        return VISION_MODELS[profile.model or ""]
    figures = profile.figures
    return VisionModel(figures.parameters_million, figures.flops_per_sample / 2e9, figures.activations_million)


def activation_bytes(precision: Precision) -> float:
    """Returns the bytes of an activation: at least 16 bits, also with narrower weights."""
    return max(2, float(BYTES[precision]))


_STATES = {"adamw": 8, "adamw-8bit": 2, "adafactor": 0, "sgd": 4}
"""Bytes of optimizer state per trained parameter: two fp32 moments, two 8-bit moments, factored moments, one momentum.
"""


def training_states_gb(profile: Training | VisionTraining) -> float:
    """Returns the memory in GB that can be sharded over GPUs: all weights, plus gradients, fp32 copy and optimizer
    states of the trained parameters.
    """
    adapted = isinstance(profile, Training) and profile.method != "full"
    billion = parameters_billion(profile)
    trained = billion * (profile.trainable_share if isinstance(profile, Training) and adapted else 1)
    width = min(4, max(2, float(BYTES[profile.precision])))
    master = 0 if profile.precision == "fp32" else 4
    adapters = trained * width if adapted else 0
    states = trained * (width + master + _STATES[profile.optimizer])
    return weights_gb(billion, profile.precision) + adapters + states


def parameters_billion(profile: Training | VisionTraining) -> float:
    """Returns the billions of parameters of a model that is trained."""
    if isinstance(profile, VisionTraining):
        return vision_model(profile).parameters_million / 1000
    return profile.parameters_billion


def activations_gb(profile: Training | VisionTraining) -> float:
    """Returns the activations in GB that each GPU stores for the backward pass of its micro-batch, logits included."""
    if isinstance(profile, VisionTraining):
        values = vision_model(profile).activations_million * profile.micro_batch / 1000
        # Each layer's output and its gradient.
        return 2 * values * activation_bytes(profile.precision)
    shape = shape_of(profile)
    width = activation_bytes(profile.precision) / 2
    tokens = profile.context_tokens * profile.micro_batch
    unit, logits = tokens * shape.hidden * width / 1e9, tokens * shape.vocabulary * LOGITS_BYTES.value / 1e9
    if profile.method == "transfer":
        return 34 * unit + logits
    if profile.gradient_checkpointing:
        return (2 * shape.layers + 34) * unit + logits
    return 34 * shape.layers * unit + logits
