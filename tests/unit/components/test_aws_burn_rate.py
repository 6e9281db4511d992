"""The burn-rate alarm: the job's permissions, isolation and settings, and when the alarm fires."""

import re
from pathlib import Path
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.money import burn_rate
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import BURN
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
JOB, FILES = "kubernetes:batch/v1:CronJob", "kubernetes:core/v1:ConfigMap"
TOPIC = "arn:aws:sns:me-central-1:123456789012:money"
PLACE = "falaj-burn-rate"


def made(**changed: Any) -> Recording:
    return recorded(aws.BurnRate, {**BURN, **changed})


def pod(**changed: Any) -> dict[str, Any]:
    return made(**changed).one(JOB).inputs["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def container(**changed: Any) -> dict[str, Any]:
    [containers] = pod(**changed)["containers"]
    return containers


def alarm(kind: str, **changed: Any) -> dict[str, Any]:
    return made(**changed).one(ALARM, f"uae-{kind}").inputs


def test_it_has_exactly_these_children() -> None:
    assert {name for _, name in made().names()} == {
        "uae-role", "uae-use", "uae-identity", "uae-namespace", "uae-https-only", "uae-pod-identity", "uae-account",
        "uae-files", "uae-job", "uae-fast", "uae-slow", "uae-unpriced", "uae-silent",
    }  # fmt: skip


def test_the_job_may_count_machines_and_publish_its_own_metrics_in_its_region() -> None:
    count, publish = document(made().one("aws:iam/rolePolicy:RolePolicy").inputs["policy"])["Statement"]
    assert (count["Effect"], count["Action"]) == ("Allow", ["ec2:DescribeInstances"])
    assert count["Condition"] == {"StringEquals": {"aws:RequestedRegion": "me-central-1"}}
    assert (publish["Effect"], publish["Action"]) == ("Allow", ["cloudwatch:PutMetricData"])
    assert publish["Condition"] == {
        "StringEquals": {"cloudwatch:namespace": "Falaj", "aws:RequestedRegion": "me-central-1"}
    }


def test_only_its_own_pods_assume_its_role() -> None:
    [trust] = document(made().one("aws:iam/role:Role").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert trust["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    assert trust["Condition"] == {
        "StringEquals": {
            "aws:SourceAccount": "123456789012",
            "aws:RequestTag/eks-cluster-name": "uae-cluster-test",
            "aws:RequestTag/kubernetes-namespace": PLACE,
            "aws:RequestTag/kubernetes-service-account": "burn-rate",
        }
    }
    identity = made().one("aws:eks/podIdentityAssociation:PodIdentityAssociation").inputs
    assert (identity["clusterName"], identity["namespace"]) == ("uae-cluster-test", PLACE)
    assert (identity["serviceAccount"], pod()["serviceAccountName"]) == ("burn-rate", "burn-rate")


def test_the_pod_can_do_nothing_on_its_node() -> None:
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert pod()["securityContext"]["runAsUser"] > 0
    assert pod()["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container()["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod()["automountServiceAccountToken"] is False
    assert made().one("kubernetes:core/v1:ServiceAccount").inputs["automountServiceAccountToken"] is False
    labels = made().one("kubernetes:core/v1:Namespace").inputs["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_the_pod_speaks_https_and_to_the_agent_of_its_identity_only() -> None:
    agent = made().one(NETWORK_POLICY, "uae-pod-identity").inputs["spec"]
    assert agent["podSelector"] == {}
    assert agent["egress"] == [
        {"to": [{"ipBlock": {"cidr": "169.254.170.23/32"}}], "ports": [{"port": 80, "protocol": "TCP"}]}
    ]
    closed = made().one(NETWORK_POLICY, "uae-https-only").inputs["spec"]
    assert (closed["podSelector"], set(closed["policyTypes"])) == ({}, {"Ingress", "Egress"})
    assert "ingress" not in closed
    assert container_environment()["AWS_EC2_METADATA_DISABLED"] == "true"


def container_environment(**changed: Any) -> dict[str, str]:
    return {variable["name"]: variable["value"] for variable in container(**changed)["env"]}


def test_the_script_is_a_file_configured_by_environment_variables() -> None:
    assert container()["command"] == ["/bin/sh", "/etc/burn-rate/burn_rate.sh"]
    assert "args" not in container()
    environment = container_environment()
    assert (environment["REGION"], environment["SITE"], environment["CLUSTER"]) == (
        "me-central-1",
        "uae",
        "uae-cluster-test",
    )
    assert environment["PRICES"] == "/etc/burn-rate/prices.txt"


def test_the_pod_reads_the_script_of_this_repository_and_prices_of_the_sites_machines() -> None:
    files = made().one(FILES).inputs
    assert set(files["data"]) == {"burn_rate.sh", "prices.txt"}
    assert files["data"]["burn_rate.sh"] == Path(burn_rate.__file__).with_name("burn_rate.sh").read_text()
    assert [line.split()[0] for line in files["data"]["prices.txt"].splitlines()] == sorted(BURN["machines"])
    mounted = {volume["name"]: volume for volume in pod()["volumes"]}
    assert mounted["files"]["configMap"]["name"] == files["metadata"]["name"]
    [mount] = [mount for mount in container()["volumeMounts"] if mount["name"] == "files"]
    assert (mount["mountPath"], mount["readOnly"]) == ("/etc/burn-rate", True)


def test_new_prices_are_new_files_under_a_new_name() -> None:
    def name(**changed: Any) -> str:
        return made(**changed).one(FILES).inputs["metadata"]["name"]

    assert re.fullmatch(r"burn-rate-[0-9a-f]{8}", name())
    assert name(aed_per_usd=3.7) != name()
    assert name(aed_per_month=1000) == name()


def test_a_run_every_ten_minutes_never_two_at_a_time_on_nodes_of_the_system() -> None:
    spec = made().one(JOB).inputs["spec"]
    assert (spec["schedule"], spec["concurrencyPolicy"]) == ("*/10 * * * *", "Forbid")
    assert spec["jobTemplate"]["spec"]["activeDeadlineSeconds"] < 600
    assert pod()["nodeSelector"] == {"falaj/profile": "system"}
    assert [taint["key"] for taint in pod()["tolerations"]] == ["CriticalAddonsOnly"]


def test_the_image_is_named_with_its_version_and_can_be_a_mirror() -> None:
    assert re.fullmatch(r"public\.ecr\.aws/aws-cli/aws-cli:\d+\.\d+\.\d+", container()["image"])
    assert container(image="registry.example.ae/aws-cli:2.36.44")["image"] == "registry.example.ae/aws-cli:2.36.44"


def test_a_pod_starts_with_its_identity_and_inside_its_policies() -> None:
    recording = made()
    waits = recording.one(JOB).depends_on
    for typ in ("aws:eks/podIdentityAssociation:PodIdentityAssociation", "kubernetes:core/v1:ServiceAccount"):
        assert recording.one(typ).urn in waits
    for policy in recording.of(NETWORK_POLICY):
        assert policy.urn in waits


@pytest.mark.parametrize(
    ("kind", "metric", "statistic", "comparison", "limit", "seconds", "sounding", "of", "missing"),
    [
        ("fast", "HourlySpendAed", "Maximum", "GreaterThanThreshold", 300.0, 600, 2, 3, "missing"),
        ("slow", "HourlySpendAed", "Average", "GreaterThanThreshold", 125.0, 3600, 6, 6, "missing"),
        ("unpriced", "UnpricedMachines", "Maximum", "GreaterThanThreshold", 0.0, 600, 3, 3, "missing"),
        ("silent", "RunningMachines", "SampleCount", "LessThanThreshold", 1.0, 600, 3, 3, "breaching"),
    ],
)  # fmt: skip
def test_an_alarm_fires_at_its_threshold(
    kind: str, metric: str, statistic: str, comparison: str, limit: float, seconds: int, sounding: int, of: int,
    missing: str,
) -> None:  # fmt: skip
    result = alarm(kind)
    assert (result["namespace"], result["metricName"], result["statistic"]) == ("Falaj", metric, statistic)
    assert (result["comparisonOperator"], result["threshold"]) == (comparison, limit)
    assert (result["period"], result["datapointsToAlarm"], result["evaluationPeriods"]) == (seconds, sounding, of)
    assert result["treatMissingData"] == missing
    assert result["dimensions"] == {"Site": "uae"}
    assert result["alarmActions"] == result["okActions"] == [TOPIC]


def test_factors_move_the_limits() -> None:
    assert alarm("fast", fast_factor=2)["threshold"] == 200.0
    assert alarm("slow", slow_factor=1.5)["threshold"] == 150.0


def test_objects_in_the_cluster_have_the_cost_labels() -> None:
    for child in made().custom():
        if child.typ.startswith("kubernetes:"):
            labels = child.inputs["metadata"]["labels"]
            assert {key: labels.get(key) for key in TAGS} == TAGS, child.name


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"machines": []}, r"machines: \[\] is not allowed"),
        ({"site": "a b"}, r"site: \"a b\" is not allowed"),
        ({"site": "x,Value=1"}, r"site: "),
        ({"aed_per_month": 1}, r"aed_per_month: 1 is not allowed"),
        ({"fast_factor": 1}, r"fast_factor: 1 is not allowed"),
        ({"image": "aws-cli:latest"}, r"image: \"aws-cli:latest\" is not allowed"),
        ({"image": "aws-cli"}, r"image: \"aws-cli\" is not allowed"),
    ],
)
def test_invalid_burn_rate_alarms_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        made(**changed)
