"""What every component makes of its sample arguments, and what the stacks of the project plan."""

from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from tests.exhaustive.built_settings import build_config
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.mocks import Recording, RegisteredResource, build
from tests.unit.recorded.fixed_day import on_a_fixed_day
from tests.unit.settings.stacks import ROOT

FILE = "plans.csv"
SAMPLES = {"aws": aws_samples, "azure": azure_samples, "kubernetes": kubernetes_samples}
STACKS = sorted({*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")})


def _component(kind: Any, args: Mapping[str, Any]) -> Callable[[], Recording]:
    return lambda: build(lambda: kind("it", args))


def _stack(file: Path) -> Callable[[], Recording]:
    def planned() -> Recording:
        with TemporaryDirectory() as folder, chdir(folder):
            recording = build_config(yaml.safe_load(file.read_text(encoding="utf-8"))["config"])
        assert recording is not None
        return recording

    return planned


COMPONENTS = {
    cloud: {f"{cloud}.{kind.__name__}": _component(kind, args) for kind, args in module.COMPONENTS.items()}
    for cloud, module in SAMPLES.items()
}
"""Cloud -> name of each component, and its plan."""

GROUPS: Mapping[str, Callable[[], Recording]] = {
    **{name: plan for plans in COMPONENTS.values() for name, plan in plans.items()},
    **{file.name: _stack(file) for file in STACKS},
}
"""Name of a component, or of the file of a stack -> its plan."""


def contents(group: str) -> dict[tuple[str, ...], Any]:
    """Returns what is recorded of each resource of a group: what the engine gets of it, and its outputs."""
    with on_a_fixed_day():
        plan = GROUPS[group]()
    return {
        (group, item.typ, item.name): resource_content(item, plan.outputs.get(item.urn, {})) for item in plan.resources
    }


def resource_content(resource: RegisteredResource, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what the engine gets of a resource, and its outputs."""
    return {**vars(resource), "depends_on": sorted(resource.depends_on), "outputs": outputs}
