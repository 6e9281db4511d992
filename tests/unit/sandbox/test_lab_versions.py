"""The laboratory builds what the shipped stacks run and what the components install, or states why not."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.core.charts.charts import CHARTS, GATEWAY_API
from falaj.components.core.site.aws_releases import KARPENTER_VERSION
from falaj.components.settings.stackfile import KEY
from falaj.facts.releases import default_releases
from falaj.sandbox.go_build import GoProgram
from falaj.sandbox.lab import upstream_files
from falaj.sandbox.lab.programs import PROGRAMS, newest_go
from falaj.sandbox.lab.versions import BUILT, KUBERNETES, MINOR, NOT_BUILT

ROOT = Path(__file__).parents[3]
STACKS = sorted([*ROOT.glob("Pulumi.*.yaml"), *ROOT.glob("examples/*/Pulumi.*.yaml")])


def _sites(stack: Path) -> list[dict[str, Any]]:
    settings = yaml.safe_load(stack.read_text(encoding="utf-8"))["config"].get(KEY, {})
    return [*settings.get("sites", {}).values(), *settings.get("onprem", {}).values()]


def _required(module: str) -> list[str]:
    """Returns the versions of a module that the laboratory's programs and files require."""
    found = [re.search(rf"^require {re.escape(module)} v(\S+)$", program.module, re.M) for program in PROGRAMS]
    files = (*upstream_files.DEFINITIONS, *upstream_files.OTHER_FILES)
    return [match[1] for match in found if match] + [file.version[1:] for file in files if file.module == module]


def test_the_kubernetes_minor_is_that_of_the_stacks() -> None:
    minors = {site["kubernetes_version"] for stack in STACKS for site in _sites(stack) if "kubernetes_version" in site}
    assert {version.rpartition(".")[0] for version in _required("k8s.io/kubernetes")} == minors
    assert _required("k8s.io/kubernetes") == [KUBERNETES]
    assert minors == {MINOR}


@pytest.mark.parametrize("release", sorted(BUILT))
def test_a_program_has_the_version_that_the_components_install(release: str) -> None:
    installed = {chart.name: chart.version for chart in CHARTS} | {"karpenter": KARPENTER_VERSION}
    assert set(_required(BUILT[release])) == {installed[release]}


def test_a_program_requires_the_module_of_its_package() -> None:
    """Otherwise another program of its module decides its version."""
    required = {program.file: re.findall(r"^require (\S+)", program.module, re.M) for program in PROGRAMS}
    packages = {program.file: program.package for program in PROGRAMS if program.package != "."}
    assert len(packages) > 8
    assert [file for file, package in packages.items() if not package.startswith(tuple(required[file]))] == []


def test_every_installed_release_is_built_or_has_a_reason() -> None:
    assert set(BUILT) | set(NOT_BUILT) == set(default_releases())
    assert not set(BUILT) & set(NOT_BUILT)


def test_crds_have_the_versions_of_the_charts_that_bring_them() -> None:
    installed = {chart.name: chart.version for chart in CHARTS}
    assert _required("github.com/aws/karpenter-provider-aws") == [KARPENTER_VERSION]
    assert _required("github.com/kedacore/http-add-on") == [installed["keda-add-ons-http"]]
    (gateway,) = _required("sigs.k8s.io/gateway-api")
    assert f"Gateway API {gateway}" in GATEWAY_API.source
    assert f"Gateway API {gateway}" in NOT_BUILT["gateway-api-crds"]
    (monitoring,) = _required("github.com/prometheus-operator/prometheus-operator")
    assert monitoring in NOT_BUILT["kube-prometheus-stack"]


def test_the_toolchain_is_as_new_as_the_program_that_needs_the_newest() -> None:
    assert newest_go() == "1.26.9"
    older = GoProgram(title="a", file="p", module="module a\n\ngo 1.9\n", package=".")
    assert newest_go([older]) == "1.9"
