"""The laboratory runs production's configuration: each difference is a row of the table, and no row is out of date."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.x509.oid import NameOID

from falaj.components.core.tenancy.queue_admission import CONTROLLER_NAMESPACES
from falaj.sandbox.lab import chart_flags, installation
from falaj.sandbox.lab.certificates import create_certificates
from falaj.sandbox.lab.chart_flags import keda_flags, kuberay_flags
from falaj.sandbox.lab.differences import DIFFERENCES, FLAGS, gates_flag, laboratory_settings
from falaj.sandbox.lab.kueue_webhooks import webhook_fields
from falaj.sandbox.lab.ports import free_ports
from falaj.sandbox.lab.production import settings
from falaj.sandbox.lab.services import ADDONS, CONTROLLERS, LabContext
from tests.unit.components.queueing_sample import queueing

CONFIGURED = ("kueue", "jobset", "trainer", "lws", "karpenter")
OF_THE_CLUSTER = {
    "--kubeconfig",
    "--bind-address",
    "--secure-port",
    "--service-account-private-key-file",
    "--root-ca-file",
    "--use-service-account-credentials",
    "--config",
    "--feature-gates",
    "--metrics-bind-address",
    "--tls-cert-file",
    "--tls-private-key-file",
    "--client-ca-file",
    "--authentication-kubeconfig",
    "--authorization-kubeconfig",
    "--lister-kubeconfig",
}
"""Flags that name addresses, certificates and accounts of the cluster, or the files that the table covers."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> LabContext:
    folder = tmp_path_factory.mktemp("lab")
    gates = {program: gates_flag(program) for program in ("kueue", "karpenter")}
    return LabContext(folder, create_certificates(folder / "certificates"), {}, folder, free_ports(), gates)


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Returns the leaves of nested mappings by dotted path."""
    leaves: dict[str, Any] = {}
    for key, value in values.items():
        path = f"{prefix}{key}"
        leaves |= flat(value, f"{path}.") if isinstance(value, Mapping) else {path: value}
    return leaves


@pytest.mark.parametrize("program", CONFIGURED)
def test_each_difference_is_a_row_and_each_row_a_difference(program: str, context: LabContext) -> None:
    production, laboratory = flat(settings(program)), flat(laboratory_settings(program, context))
    different = {path for path in production.keys() | laboratory.keys() if production.get(path) != laboratory.get(path)}
    rows = {row.setting: row for row in DIFFERENCES if row.program == program}
    assert different == rows.keys()
    for path, row in rows.items():
        assert row.production == production.get(path), f"{program} {path}: production has another value now"
        assert row.reason


def test_what_production_deploys_is_what_the_table_starts_from() -> None:
    release = queueing().one("kubernetes:helm.sh/v3:Release", "uae-kueue-release").inputs["values"]
    config = yaml.safe_load(release["managerConfig"]["controllerManagerConfigYaml"])
    kueue = settings("kueue")
    assert {key: value for key, value in kueue["config"].items() if key != "internalCertManagement"} == config
    assert [{"name": name, "enabled": on} for name, on in kueue["gates"].items()] == release["controllerManager"][
        "featureGates"
    ]


def test_kueue_judges_jobs_as_in_production(context: LabContext) -> None:
    """What hid that a tenant without a queue never runs: other values of these were the laboratory's own."""
    for key in (
        "manageJobsWithoutQueueName",
        "managedJobsNamespaceSelector",
        "integrations",
        "resources",
        "fairSharing",
    ):
        assert laboratory_settings("kueue", context)["config"][key] == settings("kueue")["config"][key]
    requeuing = laboratory_settings("kueue", context)["config"]["waitForPodsReady"]["requeuingStrategy"]
    assert "backoffLimitCount" not in requeuing


def test_programs_read_what_the_table_says(context: LabContext) -> None:
    for program in installation.ADDONS_WITH_WEBHOOKS:
        installation.write_config(program, context)
        written = yaml.safe_load((context.folder / f"{program}.yaml").read_text())
        assert written == laboratory_settings(program, context)["config"]
    services = {service.name: service for service in ADDONS}
    assert "--feature-gates=FailureRecoveryPolicy=true,VisibilityOnDemand=false" in services["kueue"].arguments(context)
    gates = services["karpenter"].environment(context)["FEATURE_GATES"].split(",")
    assert {"NodeOverlay=true", "StaticCapacity=false", "SpotToSpotConsolidation=false"} <= set(gates)


PRODUCTION_FLAGS = {"keda": keda_flags, "kuberay": kuberay_flags}
WITHOUT_CHART_FLAGS = ("controller-manager", "scheduler", "keda-adapter")
"""Programs all of whose flags are rows: production's are managed, or name addresses and certificates only."""


def flags_of(name: str, context: LabContext) -> dict[str, str]:
    [service] = [service for service in (*CONTROLLERS, *ADDONS) if service.name == name]
    parts = (flag.partition("=") for flag in service.arguments(context) if flag.startswith("--"))
    return {flag: value for flag, _, value in parts}


@pytest.mark.parametrize("program", PRODUCTION_FLAGS)
def test_each_flag_that_differs_from_those_of_the_chart_is_a_row(program: str, context: LabContext) -> None:
    production, laboratory = PRODUCTION_FLAGS[program](), flags_of(program, context)
    different = {flag for flag in production.keys() | laboratory.keys() if production.get(flag) != laboratory.get(flag)}
    assert different == FLAGS[program].keys()


def test_a_value_of_the_component_is_a_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    production = keda_flags()
    assert production["--enable-prometheus-metrics"] == "true"  # not the chart's default
    assert (production["--enable-cert-rotation"], production["--cert-dir"]) == ("true", "/certs")
    values = {"logging": {"operator": {"level": "debug"}}, "extraArgs": {"keda": {"kube-api-qps": 40}}}
    monkeypatch.setattr(chart_flags, "keda_values", lambda mirror: values)
    changed = keda_flags()
    assert (changed["--zap-log-level"], changed["--zap-encoder"]) == ("debug", "console")
    assert changed["--kube-api-qps"] == "40"
    assert "--enable-prometheus-metrics" not in changed


def test_each_flag_has_its_reason(context: LabContext) -> None:
    for program in WITHOUT_CHART_FLAGS:
        assert flags_of(program, context).keys() - OF_THE_CLUSTER == FLAGS[program].keys(), program


def test_no_other_program_has_flags(context: LabContext) -> None:
    simulated = {"kwok", "interceptor"}  # machines and a pod; production has neither
    compared = {*PRODUCTION_FLAGS, *WITHOUT_CHART_FLAGS, *simulated}
    for service in (*CONTROLLERS, *ADDONS):
        if service.name not in compared:
            assert flags_of(service.name, context).keys() <= OF_THE_CLUSTER, service.name


TEMPLATE = """
    name: mjob.kb.io
    {{- if (hasKey $managerConfig "managedJobsNamespaceSelector") }}
    namespaceSelector:
    rules:
    name: mpod.kb.io
    {{- if has "pod" $integrationsConfig.frameworks }}
    failurePolicy: Fail
    {{- if (hasKey $managerConfig "managedJobsNamespaceSelector") -}}
    rules:
    name: mworkload.kb.io
    rules:
"""


def test_webhooks_have_the_selectors_of_the_chart() -> None:
    config = settings("kueue")["config"]
    selector = {"namespaceSelector": config["managedJobsNamespaceSelector"]}
    assert webhook_fields(TEMPLATE, "mjob.kb.io", config) == selector
    assert webhook_fields(TEMPLATE, "mpod.kb.io", config) == {**selector, "failurePolicy": "Ignore"}
    assert webhook_fields(TEMPLATE, "mworkload.kb.io", config) == {}
    with pytest.raises(ValueError, match=r"mother\.kb\.io"):
        webhook_fields(TEMPLATE, "mother.kb.io", config)


def test_controllers_are_known_to_admission_policies_by_their_service_accounts(context: LabContext) -> None:
    # LeaderWorkerSets are not queued: no policy makes an exception for their controller.
    queued = {name: pair for name, pair in context.certificates.controllers.items() if name != "lws"}
    for program, pair in queued.items():
        subject = x509.load_pem_x509_certificate(Path(pair.certificate).read_bytes()).subject
        groups = {str(item.value) for item in subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)}
        [name] = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        [namespace] = [one for one in CONTROLLER_NAMESPACES if f"system:serviceaccounts:{one}" in groups]
        assert str(name.value).startswith(f"system:serviceaccount:{namespace}:"), program
