"""What a recommendation rests on, as text: lengths of requests, model shape, assumptions with source and day."""

from collections.abc import Collection, Iterable

from falaj.facts.vision_models import VISION_MODELS
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.assumptions import CPU_ARITHMETIC, Assumption
from falaj.finops.rightsize.capacity import MAX_SPOT_SHARE
from falaj.finops.rightsize.lengths import Lengths
from falaj.finops.rightsize.memory import assumed_shape
from falaj.finops.rightsize.profile import Batch, Inference, Learning, Profile, Serving, Training, Vision
from falaj.finops.rightsize.storage import MAX_OBJECT_MB_S, OBJECT_MB_S

_LANGUAGE = (assumptions.GPU_BANDWIDTH, assumptions.GPU_PROMPT, assumptions.GPU_PARALLEL)
_VISION = (assumptions.VISION_ARITHMETIC, assumptions.VISION_BANDWIDTH)


def basis(profile: Profile, offered: Collection[str], lengths: Lengths | None) -> Iterable[str]:
    """Yields what the answer rests on. `offered` are the machine types of all sites."""
    for speed in profile.measured:
        if speed.machine not in offered:
            yield f"measured on {speed.machine}, which none of the sites has: not used"
    if lengths is not None:
        yield from lengths.notes
    if isinstance(profile, Inference | Training) and (shape := assumed_shape(profile)):
        yield f"assumed: {shape}"
    if isinstance(profile, Vision) and profile.model is not None:
        model = VISION_MODELS[profile.model]
        yield (
            f"{profile.model}: {model.gigaflops:g} GFLOPs an image of 224 x 224 pixels ({model.gigamacs:g} G "
            "multiply-adds; pytorch-image-models aa4b5850, 2026-08-08)"
        )
    yield from map(str, _constants(profile))
    if profile.read_mib_per_second:
        yield f"assumed: a vCPU reads {OBJECT_MB_S} MB/s from objects, a machine {MAX_OBJECT_MB_S} at most"
    if profile.interruptible:
        yield f"assumed: {profile.interruption:.0%} of spot time is lost to interruptions; no spot history of the UAE"
        yield f"spot counts below {MAX_SPOT_SHARE:.0%} of the price on demand"


def _constants(profile: Profile) -> Iterable[Assumption]:
    """Yields the assumed constants that a profile uses, those of processors by instruction."""
    if isinstance(profile, Batch):
        yield from (assumptions.USABLE, assumptions.START_HOURS)
        return
    if isinstance(profile, Vision):
        yield from _VISION
    else:
        yield from _LANGUAGE if isinstance(profile, Serving) else (assumptions.GPU_TRAINING, assumptions.LOGITS_BYTES)
    if isinstance(profile, Training) and profile.method == "full":
        yield assumptions.PCIE
    if isinstance(profile, Learning):
        yield from (assumptions.MACHINES_PARALLEL, assumptions.START_HOURS)
    else:
        yield assumptions.LOAD
    yield from (assumptions.USABLE, assumptions.RUNTIME_GB, assumptions.CPU_BANDWIDTH)
    yield from dict.fromkeys(CPU_ARITHMETIC.values())
