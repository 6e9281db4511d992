"""Kubernetes versions, releases and the days on which they end or become old."""

import copy
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.core.charts.charts import CHARTS
from falaj.components.core.site.version_support import (
    PaidSupport,
    age_warnings,
    chart_warnings,
    version_problems,
    version_warnings,
)
from falaj.components.settings import stackfile
from falaj.components.settings.stackfile import check
from falaj.facts import clock
from falaj.facts.clouds import Cloud

ROOT = Path(__file__).parents[3]
KEY = "falaj:platform"
STACKS = (*ROOT.glob("Pulumi.*.yaml"), *ROOT.glob("examples/*/Pulumi.*.yaml"))


def stack(name: str) -> dict[str, Any]:
    return copy.deepcopy(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))


def checked(tmp_path: Path, content: dict[str, Any]) -> stackfile.CheckResult:
    path = tmp_path / "Pulumi.x.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return check(path)


def dev(tmp_path: Path, version: str, **options: object) -> stackfile.CheckResult:
    content = stack("Pulumi.dev.yaml")
    (site,) = content["config"][KEY]["sites"].values()
    site["kubernetes_version"] = version
    site.setdefault("aws", {}).update(options)
    return checked(tmp_path, content)


def azure(tmp_path: Path, version: str, **options: object) -> stackfile.CheckResult:
    content = stack("examples/enterprise-inference/Pulumi.inference.yaml")
    (site,) = content["config"][KEY]["sites"].values()
    site["kubernetes_version"] = version
    site.setdefault("azure", {}).update(options)
    return checked(tmp_path, content)


@pytest.mark.parametrize("version", ["1.20", "1.30", "1.37", "1.50"])
def test_a_version_that_the_cloud_does_not_offer_is_refused(tmp_path: Path, version: str) -> None:
    for result in (dev(tmp_path, version), azure(tmp_path, version)):
        (problem,) = result.problems
        assert problem.path.endswith(".kubernetes_version")
        assert problem.given == version
        assert "1.36" in problem.allowed


def test_a_version_past_standard_support_needs_extended_support_on_eks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dev(tmp_path, "1.34").problems
    monkeypatch.setenv(clock.VARIABLE, "2026-12-02")
    (problem,) = dev(tmp_path, "1.34").problems
    assert "1.35, 1.36: standard support of 1.34 on EKS ended on 2026-12-02" in problem.allowed
    assert "aws.support_type: extended" in problem.fix
    assert not dev(tmp_path, "1.34", support_type="extended").problems
    monkeypatch.setenv(clock.VARIABLE, "2027-12-02")
    (problem,) = dev(tmp_path, "1.34", support_type="extended").problems
    assert "support of 1.34 by EKS ended on 2027-12-02" in problem.allowed


def test_a_version_past_its_end_needs_long_term_support_on_aks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-12-01")
    (problem,) = azure(tmp_path, "1.34").problems
    assert "azure.support_plan: lts" in problem.fix
    assert not azure(tmp_path, "1.34", support_plan="lts").problems


def test_a_warning_from_90_days_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-09-02")
    assert not [warning for warning in dev(tmp_path, "1.34").warnings if "support of Kubernetes" in warning]
    monkeypatch.setenv(clock.VARIABLE, "2026-09-03")
    (warning,) = [warning for warning in dev(tmp_path, "1.34").warnings if "support of Kubernetes" in warning]
    assert "support of Kubernetes 1.34 ends on 2026-12-02, in 90 days" in warning
    assert "refused from then on without aws.support_type: extended; upgrade to 1.36" in warning


def test_a_warning_does_not_fail_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = stack("Pulumi.dev.yaml")
    path = tmp_path / "Pulumi.x.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    monkeypatch.setenv(clock.VARIABLE, "2027-07-01")
    monkeypatch.setattr("sys.argv", ["stackfile", "check", str(path)])
    assert stackfile.main() == 0
    shown = capsys.readouterr()
    assert "good" in shown.out
    assert "ends on 2027-08-02, in 32 days" in shown.out
    assert "dates are checked for the day in FALAJ_TODAY, 2027-07-01" in shown.err


@pytest.mark.parametrize("version", ["1.20", "1.34"])
def test_a_cluster_of_ones_own_follows_upstream(tmp_path: Path, version: str) -> None:
    content = stack("examples/onprem/Pulumi.onprem.yaml")
    (site,) = content["config"][KEY]["onprem"].values()
    site["kubernetes_version"] = version
    (problem,) = checked(tmp_path, content).problems
    assert problem.path == "platform.onprem.dc1.kubernetes_version"
    assert "the Kubernetes project" in problem.allowed


def own_cluster(folder: Path, version: str, until: str) -> stackfile.CheckResult:
    content = stack("examples/onprem/Pulumi.onprem.yaml")
    (site,) = content["config"][KEY]["onprem"].values()
    site["kubernetes_version"] = version
    site["vendor_support"] = {"vendor": "Example Enterprise Kubernetes", "until": until}
    return checked(folder, content)


def test_a_vendor_supports_a_version_for_longer(tmp_path: Path) -> None:
    result = own_cluster(tmp_path, "1.34", "2027-06-30")
    assert not result.problems
    (warning,) = [warning for warning in result.warnings if "no longer supports" in warning]
    assert warning.endswith("1.34; Example Enterprise Kubernetes does, as stated, until 2027-06-30")


def test_the_end_of_a_vendors_support_is_near_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2027-06-30")
    (warning,) = [text for text in own_cluster(tmp_path, "1.34", "2027-06-30").warnings if "no longer" in text]
    assert warning.endswith("until 2027-06-30, in 0 days; upgrade before")
    monkeypatch.setenv(clock.VARIABLE, "2027-07-01")
    (problem,) = own_cluster(tmp_path, "1.34", "2027-06-30").problems
    assert problem.path == "platform.onprem.dc1.vendor_support.until"
    assert "Example Enterprise Kubernetes supported Kubernetes 1.34 until that day" in problem.allowed


@pytest.mark.parametrize("version", ["1.20", "1.99"])
def test_a_vendor_supports_neither_what_charts_do_not_nor_what_is_not_released(tmp_path: Path, version: str) -> None:
    (problem, *_) = own_cluster(tmp_path, version, "2027-06-30").problems
    assert problem.path == "platform.onprem.dc1.kubernetes_version"


def test_a_tenant_follows_a_platform_with_paid_support(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = stack("examples/tenant/Pulumi.insurance.yaml")
    (site,) = content["config"]["falaj:tenant"]["sites"].values()
    site["kubernetes_version"] = "1.34"
    monkeypatch.setenv(clock.VARIABLE, "2027-01-01")
    assert not checked(tmp_path, content).problems
    site["kubernetes_version"] = "1.20"
    (problem,) = checked(tmp_path, content).problems
    assert problem.path.endswith(".kubernetes_version")


def test_a_release_of_karpenter_that_does_not_support_the_version(tmp_path: Path) -> None:
    (problem,) = dev(tmp_path, "1.36", karpenter_version="1.9.2").problems
    assert problem.path.endswith(".aws.karpenter_version")
    assert "1.9.2 requires Kubernetes 1.29 to 1.35" in problem.allowed


def test_old_releases_are_warnings_with_their_age_and_the_newest_one(tmp_path: Path) -> None:
    warnings = dev(tmp_path, "1.36", ami_alias="al2023@v20260818").warnings
    assert any(
        "eks-al2023-ami v20260818 of 2026-08-18 is 100 days old, more than 60; the newest known" in warning
        for warning in warnings
    )
    assert not any("eks-al2023-ami" in w for w in dev(tmp_path, "1.36", ami_alias="al2023@v20261115").warnings)
    assert [*age_warnings({"karpenter": "1.14.3"}, date(2027, 10, 23))] == []
    (warning,) = age_warnings({"karpenter": "1.14.3"}, date(2027, 10, 24))
    assert "karpenter 1.14.3 of 2026-10-23 is 366 days old" in warning


@pytest.mark.parametrize("name", [path.relative_to(ROOT).as_posix() for path in STACKS])
def test_charts_of_the_shipped_stacks_are_tested_with_their_kubernetes_versions(tmp_path: Path, name: str) -> None:
    warnings = checked(tmp_path, stack(name)).warnings
    assert not [warning for warning in warnings if "upstream tests" in warning]
    assert not [warning for chart in CHARTS for warning in warnings if re.search(rf"\b{chart.name} \S+ of ", warning)]


def test_charts_that_upstream_does_not_test_with_the_version_are_warnings() -> None:
    (warning,) = chart_warnings("1.36", {"keda": "2.18.1", "kueue": "0.17.0", "gpu-operator": "v26.7.0"})
    assert "upstream tests keda 2.18.1 with Kubernetes 1.31 to 1.33 only, not 1.36" in warning


def test_nothing_is_said_of_a_version_that_has_long_to_go() -> None:
    day, paid = date(2026, 11, 26), PaidSupport("aws.support_type: extended", taken=False)
    assert [*version_problems(Cloud.AWS, "1.36", paid, day)] == []
    assert [*version_warnings(Cloud.AWS, "1.36", paid, day)] == []
