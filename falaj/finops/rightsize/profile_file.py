"""Reading of workload profiles (YAML)."""

from collections.abc import Iterator
from pathlib import Path

from falaj.facts.vision_models import VISION_MODELS
from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_yaml, read_text
from falaj.finops.rightsize.profile import BYTES, KINDS, Inference, Learning, Profile, Serving, Training, Vision
from falaj.finops.usage import checked

MAX_BYTES = 20_000
"""Largest file that is read as a profile."""
LEAST_SAMPLE_TOKENS = 8
"""A training sample of fewer tokens is no text."""


def load(path: Path) -> Profile:
    """Reads a profile from a file; the path of its trace is relative to the file. Raises `BadInput` with a one-sentence
    reason.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(str(path), f"is larger than {MAX_BYTES:,} bytes: it is no profile")
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from None
    return parse(read_text(path), str(path), path.parent)


def parse(text: str, location: str = "profile", folder: Path = Path()) -> Profile:
    """Parses a profile from text. Raises `BadInput`."""
    raw = parse_yaml(text, location)
    if not isinstance(raw, dict):
        raise BadInput(location, f"must be a mapping with the fields of a profile, not {type(raw).__name__}")
    kind = raw.get("kind", "missing")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadInput(f"{location}: kind", f"must be one of {', '.join(KINDS)}, not {kind!r}")
    profile = checked(KINDS[kind], raw, location)
    if conflicts := list(_conflicts(profile)):
        raise BadInput(location, "; ".join(conflicts))
    if isinstance(profile, Inference) and profile.trace is not None:
        return profile.model_copy(update={"trace": str(folder / profile.trace)})
    return profile


def _conflicts(profile: Profile) -> Iterator[str]:
    """Yields the conflicts between fields that are each valid."""
    if not profile.architectures:
        yield "architectures: name at least one"
    if isinstance(profile, Serving):
        yield from _serving_conflicts(profile)
    if isinstance(profile, Inference):
        yield from _length_conflicts(profile)
    if isinstance(profile, Learning):
        yield from _learning_conflicts(profile)
    if isinstance(profile, Inference | Training):
        yield from _shape_conflicts(profile)
    if isinstance(profile, Vision):
        yield from _vision_conflicts(profile)


def _serving_conflicts(profile: Serving) -> Iterator[str]:
    tokens = profile.tokens_per_second if isinstance(profile, Inference) else None
    if (profile.requests_per_second is None) == (tokens is None):
        yield "give requests_per_second or tokens_per_second, and not both"
    if profile.p95_ms and any(item.p95_ms is None for item in profile.measured):
        yield "measured: p95_ms is required because the profile sets p95_ms"
    for item in profile.may_quantise_to:
        if BYTES[item] >= BYTES[profile.precision]:
            yield f"may_quantise_to: {item} is not narrower than {profile.precision}"


def _length_conflicts(profile: Inference) -> Iterator[str]:
    lengths = {"prompt_tokens": profile.prompt_tokens, "output_tokens": profile.output_tokens}
    given = {name: length for name, length in lengths.items() if length is not None}
    if profile.trace is not None and given:
        yield f"give trace or {' and '.join(given)}, and not both"
    means = {name: length.mean for name, length in given.items()}
    if sum(means.values()) > profile.context_tokens:
        stated = " and ".join(f"{mean:g} {name}" for name, mean in means.items())
        yield f"{stated} do not fit {profile.context_tokens} context_tokens"
    for name, length in given.items():
        # The mean of non-negative lengths is at most their 95th percentile, unless a few are enormous.
        if length.p95 < length.mean / 2:
            yield f"{name}: p95 {length.p95:g} is far below the mean {length.mean:g}"
    if profile.tokens_per_second is not None and means.get("output_tokens") == 0:
        yield "tokens_per_second needs output_tokens above 0: give requests_per_second"
    if means.get("output_tokens") == 0 and means.get("prompt_tokens") == 0:
        yield "prompt_tokens and output_tokens are both 0: a request has tokens"


def _shape_conflicts(profile: Inference | Training) -> Iterator[str]:
    if (shape := profile.shape) is None:
        return
    # At least one vector for each word, and a projection to keys and one to values in each layer.
    per_hidden = shape.vocabulary + 2 * shape.layers * shape.kv_heads * shape.head_dim
    least = per_hidden * shape.hidden / 1e9
    if least > profile.parameters_billion:
        yield (
            f"shape: its vocabulary, keys and values alone have {least:.3g} billion parameters, parameters_billion "
            f"says {profile.parameters_billion:g}"
        )


def _learning_conflicts(profile: Learning) -> Iterator[str]:
    if not isinstance(profile, Training):
        if profile.samples is None:
            yield "samples: required, the images of one run, all epochs included"
        if profile.precision in ("int8", "int4"):
            yield f"weights of {profile.precision} cannot be trained: use bf16, fp16 or fp32"
        return
    if (profile.samples is None) == (profile.tokens_billion is None):
        yield "give samples or tokens_billion, and not both"
    if profile.method == "full" and profile.precision in ("int8", "int4"):
        yield f"weights of {profile.precision} can be trained only beside adapters: method lora"
    if profile.context_tokens < LEAST_SAMPLE_TOKENS:
        yield (
            f"context_tokens: {profile.context_tokens}; a sample of text has at least {LEAST_SAMPLE_TOKENS} tokens; "
            "for images use kind vision-training"
        )


def _vision_conflicts(profile: Vision) -> Iterator[str]:
    if (profile.model is None) == (profile.figures is None):
        yield "give model or figures, and not both"
    if profile.model is not None and profile.model not in VISION_MODELS:
        yield f"model: {profile.model!r} is not known; give figures, or one of: {', '.join(VISION_MODELS)}"
