"""The former name of an input is accepted with a warning, in every class that has the input."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from falaj.components import aws, azure, kubernetes
from falaj.components.build.replication import ReplicationArgs
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec, SharedPoolSpec
from falaj.components.core.serving.gpu_specs import GpuSpec
from falaj.components.core.training.training_args import EfficiencySpec
from falaj.components.core.validation.args import BadArguments, Spec
from falaj.components.core.validation.deprecations import recorded_deprecations
from falaj.components.settings.workloads import EfficiencySettings
from tests.samples import COST_TAGS
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.declared_inputs import components, nested

SAMPLES: list[tuple[type[Spec], dict[str, Any]]] = [
    (arguments, samples.COMPONENTS[getattr(package, kind)])
    for package, samples in ((aws, aws_samples), (azure, azure_samples), (kubernetes, kubernetes_samples))
    for kind, arguments in components(package.__name__.rpartition(".")[2]).items()
    if getattr(package, kind) in samples.COMPONENTS
]
SAMPLES += [
    (EfficiencySpec, {"interruptions_per_hour": 0.5, "interruptions_with_notice": 0.25}),
    (EfficiencySettings, {"interruptions_per_hour": 0.5, "interruptions_with_notice": 0.25}),
    (GpuSharingSpec, {"mig_profile": "1g.18gb"}),
    (SharedPoolSpec, {"time_slices": 4, "tenant": "retail"}),
    (GpuSpec, {"mig_profile": "1g.18gb"}),
    (kubernetes.GpuOperatorArgs, {"cloud": "aws", "allocation": "dra", "tags": COST_TAGS}),
]
RENAMED = [
    pytest.param(declared, fields, old, new, id=f"{declared.__module__.split('.')[2]}.{declared.__name__}.{old}")
    for declared, fields in SAMPLES
    for old, new in declared.moved_keys.items()
    if new in declared.model_fields and new in fields
]


@pytest.mark.parametrize(("declared", "fields", "old", "new"), RENAMED)
def test_the_former_name_is_accepted_with_a_warning(
    declared: type[Spec], fields: dict[str, Any], old: str, new: str
) -> None:
    former = {old if name == new else name: value for name, value in fields.items()}
    with recorded_deprecations() as messages:
        assert declared.model_validate(former) == declared.model_validate(fields)
    [message] = messages
    assert message.endswith(f"`{old}` is deprecated and goes in the next minor version; write `{new}`")


@pytest.mark.parametrize(("declared", "fields", "old", "new"), RENAMED)
def test_both_names_together_are_refused(declared: type[Spec], fields: dict[str, Any], old: str, new: str) -> None:
    with pytest.raises(BadArguments, match=rf"\b{old}: "):
        declared(**{**fields, old: fields[new]})


def test_a_current_name_is_a_field_and_a_former_name_is_none() -> None:
    arguments = (ReplicationArgs, *nested([ReplicationArgs, *(declared for declared, _ in SAMPLES)]).values())
    for declared in arguments:
        for old, new in declared.moved_keys.items():
            assert new.split(".")[0] in declared.model_fields, f"{declared.__name__}.{new}"
            assert old not in declared.model_fields, f"{declared.__name__}.{old}"
    assert ReplicationArgs.moved_keys == {"issuer_url": "oidc_issuer_url"}


def test_a_class_adds_its_renamed_inputs_to_those_of_its_bases() -> None:
    class First(Spec):
        moved_keys: ClassVar[Mapping[str, str]] = {"one": "first"}
        first: int = 0

    class Second(Spec):
        moved_keys: ClassVar[Mapping[str, str]] = {"two": "second"}
        second: int = 0

    class Both(First, Second):
        moved_keys: ClassVar[Mapping[str, str]] = {"three": "third"}
        third: int = 0

    with recorded_deprecations() as messages:
        assert Both.model_validate({"one": 1, "two": 2, "three": 3}) == Both(first=1, second=2, third=3)
    assert len(messages) == 3
