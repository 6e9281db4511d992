"""The job that sets the quotas of queues: its permissions, its program, its rules, and no conflict with the stack."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.tenancy.spend_rules import COST, MACHINE, MEASURED, NODE, SHARE
from tests.unit.components.mocks import Recording
from tests.unit.components.queueing_sample import ARGS, RETAIL, queueing

CRON, RBAC = "kubernetes:batch/v1:CronJob", "kubernetes:rbac.authorization.k8s.io/v1:"
QUEUE, RULE = "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue", "kubernetes:monitoring.coreos.com/v1:PrometheusRule"
METERING: Any = {"prometheus": "http://prometheus.monitoring:9090", "rule_labels": {"release": "prometheus"}}


def metered(**changed: Any) -> Recording:
    return queueing(metering=METERING, **changed)


def pod(**changed: Any) -> dict[str, Any]:
    return metered(**changed).one(CRON).inputs["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def rules(**changed: Any) -> list[dict[str, Any]]:
    [group] = metered(**changed).one(RULE).inputs["spec"]["groups"]
    assert group["interval"] == "60s"
    return group["rules"]


def test_it_has_exactly_these_children() -> None:
    more = metered().names() - queueing().names()
    assert more == {
        ("kubernetes:core/v1:Namespace", "uae-budgets-namespace"),
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-budgets-policy"),
        (RULE, "uae-budgets-rules"),
        ("kubernetes:core/v1:ConfigMap", "uae-budgets-files"),
        ("kubernetes:core/v1:ServiceAccount", "uae-budgets-account"),
        (RBAC + "ClusterRole", "uae-budgets-role"),
        (RBAC + "ClusterRoleBinding", "uae-budgets-binding"),
        *((RBAC + "Role", f"uae-budgets-events-{tenant}") for tenant in ("retail", "sme")),
        *((RBAC + "RoleBinding", f"uae-budgets-events-{tenant}-binding") for tenant in ("retail", "sme")),
        (CRON, "uae-budgets-job"),
    }


def test_it_may_change_these_queues_and_notify_their_tenants_and_nothing_else() -> None:
    recording = metered()
    assert recording.one(RBAC + "ClusterRole").inputs["rules"] == [
        {
            "apiGroups": ["kueue.x-k8s.io"],
            "resources": ["clusterqueues"],
            "resourceNames": ["retail", "sme"],
            "verbs": ["get", "patch"],
        }
    ]
    roles = {role.inputs["metadata"]["namespace"]: role.inputs["rules"] for role in recording.of(RBAC + "Role")}
    events = [{"apiGroups": [""], "resources": ["events"], "verbs": ["create"]}]
    assert roles == {"tenant-retail": events, "tenant-sme": events}
    subject = {"kind": "ServiceAccount", "name": "queue-budgets", "namespace": "falaj-queue-budgets"}
    for binding in (*recording.of(RBAC + "ClusterRoleBinding"), *recording.of(RBAC + "RoleBinding")):
        assert binding.inputs["subjects"] == [subject]
        assert binding.inputs["roleRef"]["name"] == "queue-budgets"


def test_it_runs_on_system_nodes_without_privileges_or_secrets() -> None:
    spec = pod()
    assert spec["nodeSelector"] == {"falaj/profile": "system"}
    assert spec["securityContext"]["runAsNonRoot"] is True
    [container] = spec["containers"]
    assert container["image"] == "public.ecr.aws/docker/library/python:3.13.9-slim"
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert [mount["readOnly"] for mount in container["volumeMounts"]] == [True, True]
    assert {key for volume in spec["volumes"] for key in volume} == {"name", "configMap"}
    [mirrored] = pod(image_mirror="registry.example.ae/mirror")["containers"]
    assert mirrored["image"] == "registry.example.ae/mirror/docker/library/python:3.13.9-slim"
    job = metered().one(CRON).inputs["spec"]
    assert (job["schedule"], job["concurrencyPolicy"]) == ("*/5 * * * *", "Forbid")


def test_it_reaches_prometheus_and_the_api_server_only() -> None:
    policy = metered().one("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-budgets-policy").inputs["spec"]
    assert policy["ingress"] == []
    ports = [sorted(port["port"] for port in rule.get("ports", ())) for rule in policy["egress"]]
    assert ports == [[53, 53], [443, 4443, 6443], []]
    [prometheus] = policy["egress"][2]["to"]
    assert prometheus == {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}


def test_the_program_in_the_pod_is_the_one_that_the_simulation_runs(tmp_path: Path) -> None:
    """Its files are laid out as in the pod, without this project; it then fails for want of an API server."""
    files = metered().one("kubernetes:core/v1:ConfigMap", "uae-budgets-files").inputs["data"]
    spec = pod()
    program, settings = (
        {item["key"]: item["path"] for item in volume["configMap"]["items"]} for volume in spec["volumes"]
    )
    for key, path in (program | settings).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(files[key])
    assert files.keys() == program.keys() | settings.keys()
    [container] = spec["containers"]
    command = [sys.executable, "-S", *container["command"][1:], str(tmp_path / "budgets.json"), str(tmp_path)]
    variables = {"PYTHONPATH": str(tmp_path), "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "1"}
    ran = subprocess.run(command, cwd=tmp_path, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert "create_default_context(cafile=" in ran.stderr
    assert "FileNotFoundError" in ran.stderr


def test_the_settings_of_the_program() -> None:
    files = metered().one("kubernetes:core/v1:ConfigMap", "uae-budgets-files").inputs["data"]
    settings = json.loads(files["budgets.json"])
    assert settings["prometheus"] == "http://prometheus.monitoring:9090"
    retail, sme = settings["tenants"]["retail"], settings["tenants"]["sme"]
    assert [flavor["name"] for flavor in sme["flavors"]] == ["cpuspot-spot"]
    assert {key: retail[key] for key in ("namespace", "aed_per_month", "hours_per_month", "stops")} == {
        "namespace": "tenant-retail",
        "aed_per_month": 90000,
        "hours_per_month": 730,
        "stops": "HoldAndDrain",
    }
    assert [(flavor["name"], flavor["may_borrow"], bool(flavor["unit"]["gpus"])) for flavor in retail["flavors"]] == [
        ("gpuspot-spot", True, True),
        ("cpuspot-spot", True, False),
        ("gpu-on-demand", False, True),
    ]
    assert (retail["room"], sme["room"]) == (None, None)
    assert [flavor["name"] for flavor in retail["static_flavors"]] == ["services"]
    finishing = metered(tenants={"retail": {**RETAIL, "at_limit": "finish"}})
    settings = json.loads(
        finishing.one("kubernetes:core/v1:ConfigMap", "uae-budgets-files").inputs["data"]["budgets.json"]
    )
    assert settings["tenants"]["retail"]["stops"] == "Hold"


def test_the_program_knows_what_the_resource_quota_leaves_to_jobs() -> None:
    """The rest is for pods that are not queued, and for small jobs beside services."""
    space = {"cpu": 2000, "memory_gib": 9000, "gpus": 64}
    others = {"cpu": 100, "memory_gib": 500, "gpus": 4}
    made = metered(tenants={"retail": {**RETAIL, "space": space, "unqueued": others}})
    settings = json.loads(made.one("kubernetes:core/v1:ConfigMap", "uae-budgets-files").inputs["data"]["budgets.json"])
    assert settings["tenants"]["retail"]["room"] == {"cpu": 1899, "memory_gib": 8498, "gpus": 60}


def test_the_stack_does_not_fight_over_the_quotas() -> None:
    assert {queue.ignore_changes for queue in metered().of(QUEUE)} == {("spec.resourceGroups",)}
    assert {queue.ignore_changes for queue in queueing().of(QUEUE)} == {()}
    static = {"retail": {**RETAIL, "quota_basis": "static"}, "sme": ARGS["tenants"]["sme"]}
    mixed = metered(tenants=static)
    assert {queue.name: queue.ignore_changes for queue in mixed.of(QUEUE)} == {
        "uae-queue-retail": (),
        "uae-queue-sme": ("spec.resourceGroups",),
    }
    assert mixed.one(RBAC + "ClusterRole").inputs["rules"][0]["resourceNames"] == ["sme"]


def test_a_queue_with_a_static_quota_takes_its_fields_back_from_the_program_and_is_open() -> None:
    """Otherwise a queue that the program has stopped would stay so, or the API server would refuse its new quota."""
    static = {"retail": {**RETAIL, "quota_basis": "static"}, "sme": ARGS["tenants"]["sme"]}
    queues = {queue.name: queue.inputs for queue in metered(tenants=static).of(QUEUE)}
    retail, sme = queues["uae-queue-retail"], queues["uae-queue-sme"]
    assert retail["metadata"]["annotations"] == {"pulumi.com/patchForce": "true"}
    assert retail["spec"]["stopPolicy"] == "None"
    assert "annotations" not in sme["metadata"]
    assert "stopPolicy" not in sme["spec"]


def test_no_job_where_nothing_is_measured_or_everything_is_prepaid() -> None:
    assert not queueing().of(CRON)
    assert not metered(tenants={"retail": {**RETAIL, "quota_basis": "static"}}).of(CRON)
    own = {"dgx": {"vcpu": 224, "memory_gib": 2048, "gpus": 8}}
    rack = {"rack": {"profile": "training", "machines": ["dgx"], "capacity": "on-demand", "max": 2}}
    assert not metered(own_machines=own, pools=rack, tenants={"retail": RETAIL}).of(CRON)


def test_each_machine_has_its_price_by_capacity_type() -> None:
    """The finding: 4.72 AED for a GPU, spot or not, where a GPU of g5.12xlarge costs 1.92 on spot."""
    prices = {
        (rule["labels"]["instance_type"], rule["labels"]["capacity"]): float(rule["expr"].removeprefix("vector(")[:-1])
        for rule in rules()
        if rule.get("record") == MACHINE
    }
    assert prices["g5.12xlarge", "spot"] / 4 == pytest.approx(1.92, abs=0.005)
    assert prices["g5.12xlarge", "on-demand"] / 4 == pytest.approx(6.39, abs=0.005)
    assert prices.keys() == {
        (machine, capacity)
        for machine in ("g5.12xlarge", "g5.24xlarge", "m7g.4xlarge", "m6g.4xlarge")
        for capacity in ("spot", "on-demand")
    }


def test_rules_record_what_the_program_asks_for() -> None:
    recorded = {rule["record"]: rule["expr"] for rule in rules() if rule.get("record", MACHINE) != MACHINE}
    month = {"falaj:queue_budget:aed_per_month", "falaj:queue_spend:aed_of_month", "falaj:queue_spend:until_seconds"}
    assert recorded.keys() == {NODE, SHARE, COST, MEASURED, *month}
    budgets = [rule for rule in rules() if rule.get("record") == "falaj:queue_budget:aed_per_month"]
    assert {rule["labels"]["namespace"]: rule["expr"] for rule in budgets} == {
        "tenant-retail": "vector(90000)",
        "tenant-sme": "vector(2000)",
    }
    assert 'namespace=~"tenant-retail|tenant-sme"' in recorded[SHARE]
    dearest = max(float(rule["expr"][len("vector(") : -1]) for rule in rules() if rule.get("record") == MACHINE)
    assert recorded[NODE].endswith(f" * 0 + {dearest}")
    *reached, alert = [rule for rule in rules() if "alert" in rule]
    assert [rule["labels"]["percent"] for rule in reached] == ["50", "80", "100"]
    assert alert["alert"] == "FalajQueueBudgetsLate"
    assert 'namespace="falaj-queue-budgets"' in alert["expr"]
    assert metered().one(RULE).inputs["metadata"]["labels"]["release"] == "prometheus"
