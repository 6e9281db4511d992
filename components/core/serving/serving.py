"""A served model, checked: what tiers may and may not."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Self

import pulumi
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.gpu_resources import GPU, MIG, SHARED_GPU, SLICES
from falaj.components.core.node_pools.profiles import AKS_SPOT_TAINT, Taint, taints
from falaj.components.core.serving.cold_start import CheckedColdStart
from falaj.components.core.serving.specs import Load, Weights
from falaj.components.core.storage.stores import CheckedStore
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem, refusal

ObjectName = Annotated[str, StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")]
"""Name of a service, with room for a variant's behind it in a name of 63 letters."""

Host = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$", max_length=253)]
"""A full name in DNS, without wildcard."""

Address = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.-]+(:[0-9]+)?(/[^\s]*)?$")]
"""Of a server that is asked by HTTP."""


class CheckedGpu(Checked):
    """The validated form of `GpuSpec`."""

    count: Annotated[int, Field(ge=1, le=8)] = 1
    mig: str | None = None
    time_sliced: bool = False

    @model_validator(mode="after")
    def _is_one_way_of_sharing(self) -> Self:
        if self.mig is not None and self.resource not in SLICES:
            known = ", ".join(sorted(name.removeprefix(MIG) for name in SLICES))
            raise refusal(known, "choose a slice that a GPU of the country makes", "mig", self.mig)
        if self.time_sliced and self.mig:
            raise refusal("either `mig` or `time_sliced`", "remove one", "mig", self.mig)
        if self.time_sliced and self.count > 1:
            allowed = "1 where a GPU is taken in turns: more turns are not more of a GPU"
            raise refusal(allowed, "remove it", "count", self.count)
        return self

    @property
    def resource(self) -> str:
        """The extended resource that a pod asks for."""
        if self.mig:
            return f"{MIG}{self.mig}"
        return SHARED_GPU if self.time_sliced else GPU


_IN_A_VAULT = re.compile(r"(s3://[a-z0-9.-]+|azblob://[a-z0-9]{3,24}/[a-z0-9-]+)/[A-Za-z0-9._/=-]*[^/]")


def _in_a_vault(uri: object) -> object:
    """An address that is known is looked at; one that the engine has yet to resolve is a vault's of ours."""
    if uri is None or isinstance(uri, pulumi.Output) or (isinstance(uri, str) and _IN_A_VAULT.fullmatch(uri)):
        return uri
    raise refusal("`s3://bucket/folder` or `azblob://account/container/folder`", "correct the address")


class CheckedModel(Checked):
    """The validated form of `ModelSpec`."""

    uri: Annotated[Any, AfterValidator(_in_a_vault)] = None
    store: CheckedStore | None = None
    claim: ObjectName | None = None
    gib: Annotated[float, Field(gt=0, le=2000)]

    @model_validator(mode="after")
    def _is_in_one_place(self) -> Self:
        if (self.uri is None) == (self.claim is None):
            raise refusal("either `uri` or `claim`", "say where the model lies, once", "uri")
        return self


class CheckedLoad(Checked):
    """The validated form of `LoadSpec`."""

    follows: Load
    target: Annotated[float, Field(gt=0)]
    prometheus: Address
    query: Annotated[str, Field(min_length=1)] | None = None
    replicas_blind: Annotated[int, Field(ge=1)] | None = None


class CheckedServing(Checked):
    """The validated form of `ServingSpec`."""

    tier: Tier
    image: PinnedImage
    architectures: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^(amd64|arm64)$")], ...], Field(min_length=1)
    ] = ("amd64",)
    model: CheckedModel
    weights: Weights | None = None
    cpu: Annotated[float, Field(ge=0.1, le=192)]
    memory_gib: Annotated[float, Field(ge=0.1, le=2048)]
    gpu: CheckedGpu | None = None
    min: Annotated[int, Field(ge=0)]
    max: Annotated[int, Field(ge=1, le=1000)]
    concurrency: Annotated[int, Field(ge=1, le=10_000)] = 4
    load: CheckedLoad | None = None
    cold_start: CheckedColdStart | None = None
    interruptible: bool = False
    pool: Annotated[str, Field(min_length=1, max_length=63)] | None = None
    priority_class: ObjectName | None = None
    environment: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")], str] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _is_of_its_tier(self) -> Self:
        for problem in tier_problems(self):
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given)
        return self

    @property
    def is_enterprise(self) -> bool:
        """Whether it runs on GPUs."""
        return self.tier is Tier.ENTERPRISE

    @property
    def sleeps(self) -> bool:
        """Whether nothing runs while nobody asks."""
        return self.min == 0

    @property
    def is_fixed(self) -> bool:
        """Whether the number of replicas never changes."""
        return self.min == self.max

    @property
    def numbers(self) -> Weights:
        """What the model's numbers are."""
        return self.weights or (Weights.BF16 if self.is_enterprise else Weights.INT8)

    @property
    def profile(self) -> Profile:
        """The workload profile of its nodes."""
        return Profile.INFERENCE_GPU if self.is_enterprise else Profile.INFERENCE_CPU

    @property
    def tolerated(self) -> tuple[Taint, ...]:
        """Taints of nodes that it may run on."""
        own = taints(self.profile, 1 if self.is_enterprise else 0)
        return (*own, AKS_SPOT_TAINT) if self.interruptible else own


def tier_problems(serving: CheckedServing) -> Iterator[Problem]:
    """What is wrong with a served model as a whole."""
    if serving.min > serving.max:
        yield Problem("min", serving.min, f"at most max ({serving.max})", "lower min or raise max")
    yield from _enterprise_problems(serving) if serving.is_enterprise else _smb_problems(serving)
    for name in serving.environment:
        if name.startswith(("FALAJ_", "RCLONE_")):
            allowed = "a name that the platform does not set itself"
            yield Problem(f"environment.{name}", serving.environment[name], allowed, "choose another name")


def _smb_problems(serving: CheckedServing) -> Iterator[Problem]:
    for option in ("gpu", "load"):
        if (given := getattr(serving, option)) is not None:
            yield Problem(option, given.model_dump(mode="json"), "nothing on tier smb", "remove it, or say enterprise")
    if serving.sleeps and serving.cold_start is None:
        yield Problem("cold_start", None, "what the first request waits for, where min is 0", "add `cold_start`")
    if not serving.sleeps and serving.cold_start is not None:
        yield Problem("cold_start", "...", "nothing where min is 1 or more", "remove it, or set min to 0")


def _enterprise_problems(serving: CheckedServing) -> Iterator[Problem]:
    if serving.gpu is None:
        yield Problem("gpu", None, "GPUs or slices of one replica on tier enterprise", "add `gpu`, or say smb")
    if serving.min < 1:
        allowed = "1 or more on tier enterprise: a GPU machine and a large model take minutes to be there"
        yield Problem("min", serving.min, allowed, "keep one running")
    if serving.load is None and serving.max > serving.min:
        yield Problem("load", None, "what replicas follow, where max is more than min", "add `load`, or set max to min")
    if serving.cold_start is not None:
        yield Problem("cold_start", "...", "nothing on tier enterprise: it never sleeps", "remove it")
    blind = serving.load.replicas_blind if serving.load else None
    if blind is not None and not serving.min <= blind <= serving.max:
        allowed = f"from min ({serving.min}) to max ({serving.max})"
        yield Problem("load.replicas_blind", blind, allowed, "choose a number between")
