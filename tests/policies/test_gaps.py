"""Gaps that cases written for other scanners showed, each held for its whole class."""

import pytest
from guardrails.readers.cidrs import is_open, range_is_open

from tests.samples import COST_TAGS as TAGS

from .exposure_cases import refused
from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


def said_of(token: str, props: dict[str, object], prefix: str = "FJ-ENC") -> tuple[set[str], set[str]]:
    """(rules that say anything, rules that stop) of one concern."""
    said = [item for item in PACK.alone(Given(token, {"tags": TAGS, **props})) if item.rule.startswith(prefix)]
    return rules(said), blocking(said)


AMI = "aws:ec2/ami:Ami"
RESTORED, NEW = {"deviceName": "/dev/xvda", "snapshotId": "snap-1"}, {"deviceName": "/dev/xvdb"}


@pytest.mark.parametrize(
    ("devices", "told", "stopped"),
    [
        ([RESTORED, {**NEW, "encrypted": True}], False, False),
        ([RESTORED, {**NEW, "encrypted": False}], True, True),
        ([{**NEW, "encrypted": False}, RESTORED], True, True),
        ([RESTORED, NEW], True, True),
        ([RESTORED], False, False),
        ([{**RESTORED, "snapshotId": UNKNOWN}, {**NEW, "encrypted": True}], True, False),
        ([{**NEW, "encrypted": UNKNOWN}], True, False),
        ([], False, False),
    ],
)
def test_a_limit_is_asked_of_the_same_item(devices: list[object], told: bool, stopped: bool) -> None:
    said, stops = said_of(AMI, {"ebsBlockDevices": devices})
    assert (bool(said), bool(stops)) == (told, stopped)


STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"


@pytest.mark.parametrize("source", ["kinesisSourceConfiguration", "mskSourceConfiguration"])
def test_a_row_says_nothing_where_another_property_makes_it_pointless(source: str) -> None:
    base: dict[str, object] = {"destination": "extended_s3"}
    assert said_of(STREAM, base)[1] == {"FJ-ENC-105"}
    assert said_of(STREAM, {**base, source: {"roleArn": "arn:aws:iam::123456789012:role/a"}})[0] == set()
    assert said_of(STREAM, {**base, source: UNKNOWN})[0] == set()
    for nothing in ({}, []):
        assert said_of(STREAM, {**base, source: nothing})[1] == {"FJ-ENC-105"}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("10.0.0.0", "255.255.255.255", True),
        ("192.168.0.0", "240.0.0.1", True),
        ("172.16.0.0", "192.168.255.255", True),
        ("10.0.0.0", "10.255.255.255", False),
        ("10.0.0.0", "0.0.0.1", False),
        ("172.16.0.0", "172.31.255.255", False),
    ],
)
def test_a_range_between_private_ends_is_not_private(first: str, last: str, expected: bool) -> None:
    assert range_is_open(first, last) is expected
    assert is_open(f"{first}-{last}") is expected
    props = {"startIpAddress": first, "endIpAddress": last}
    assert (refused("azure-native:dbforpostgresql:FirewallRule", props) == {"FJ-EXP-101"}) is expected


GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
ISTIO = "kubernetes:networking.istio.io/v1beta1:Gateway"
PLAIN = {"name": "http", "protocol": "HTTP", "port": 80}
TLS = {"name": "https", "protocol": "HTTPS", "port": 443}


def with_tls(**tls: object) -> dict[str, object]:
    return {**TLS, "tls": tls}


def gateway(*listeners: object, **spec: object) -> dict[str, object]:
    return {"spec": {"gatewayClassName": "inside", "listeners": list(listeners), **spec}}


def server(protocol: str, **tls: object) -> dict[str, object]:
    return {"spec": {"servers": [{"port": {"number": 443, "protocol": protocol}, **({"tls": tls} if tls else {})}]}}


@pytest.mark.parametrize(
    ("token", "props", "told", "stopped"),
    [
        (GATEWAY, gateway(PLAIN, with_tls(certificateRefs=[{"name": "a"}])), False, False),
        (GATEWAY, gateway(with_tls(mode="Passthrough")), False, False),
        (GATEWAY, gateway(with_tls(options={"networking.gke.io/pre-shared-certs": "a"})), False, False),
        (GATEWAY, gateway(TLS, infrastructure={"parametersRef": {"name": "a"}}), False, False),
        (GATEWAY, gateway(TLS), True, True),
        (GATEWAY, gateway(with_tls(mode="Terminate", certificateRefs=[])), True, True),
        (GATEWAY, gateway(PLAIN), True, True),
        (GATEWAY, gateway(with_tls(certificateRefs=UNKNOWN)), True, False),
        (GATEWAY, gateway({"protocol": "TCP", "port": 5432}), False, False),
        (GATEWAY + "List", {"items": [{"kind": "Gateway", **gateway(PLAIN)}]}, True, True),
        (GATEWAY + "Patch", gateway(PLAIN), False, False),
        (ISTIO, server("HTTPS", mode="SIMPLE", credentialName="a"), False, False),
        (ISTIO, server("TLS", mode="ISTIO_MUTUAL"), False, False),
        (ISTIO, server("HTTPS", mode="SIMPLE"), True, True),
        (ISTIO, server("HTTP"), True, True),
        ("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", gateway(PLAIN), False, False),
    ],
)
def test_a_gateway_ends_tls(token: str, props: dict[str, object], told: bool, stopped: bool) -> None:
    said, stops = said_of(token, props)
    assert (said, stops) == ({"FJ-ENC-421"} if told else set(), {"FJ-ENC-421"} if stopped else set())


@pytest.mark.parametrize(
    ("token", "given", "rule"),
    [
        ("azure-native:web:WebApp", {"httpsOnly": True}, "FJ-ENC-411"),
        ("azure-native:web:WebApp", {"httpsOnly": True, "siteConfig": {"ftpsState": "AllAllowed"}}, "FJ-ENC-411"),
        ("aws:sns/topicSubscription:TopicSubscription", {"protocol": "http"}, "FJ-ENC-408"),
    ],
)
def test_what_is_left_out_is_judged_by_its_default(token: str, given: dict[str, object], rule: str) -> None:
    assert said_of(token, given)[1] == {rule}


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:qldb/ledger:Ledger", {"kmsKey": KEY, "deletionProtection": False}),
        ("aws:dsql/cluster:Cluster", {"kmsEncryptionKey": KEY}),
        ("aws:neptunegraph/graph:Graph", {"kmsKeyIdentifier": KEY}),
        ("aws:networkfirewall/firewall:Firewall", {}),
        ("aws:verifiedpermissions/policyStore:PolicyStore", {"deletionProtection": "DISABLED"}),
        ("azure-native:appconfiguration:ConfigurationStore", {"enablePurgeProtection": False}),
    ],
)
def test_whatever_can_be_protected_from_deletion_is(token: str, props: dict[str, object]) -> None:
    assert said_of(token, props, "FJ-RSL") == ({"FJ-RSL-101"}, {"FJ-RSL-101"})
    trial = {**props, "tags": {**TAGS, "environment": "dev"}}
    assert said_of(token, trial, "FJ-RSL") == (set(), set())


PATCH = "kubernetes:apps/v1:DeploymentPatch"


def template(**spec: object) -> dict[str, object]:
    return {"spec": {"template": {"spec": spec}}}


@pytest.mark.parametrize(
    ("token", "props", "stopped"),
    [
        (PATCH, template(hostNetwork=True), {"FJ-EXP-302"}),
        (PATCH, template(hostPID="true"), {"FJ-EXP-302"}),
        (PATCH, template(securityContext={"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}), {"FJ-EXP-311"}),
        (PATCH, template(volumes=[{"name": "a", "hostPath": {"path": "/"}}]), {"FJ-EXP-304"}),
        ("kubernetes:batch/v1:CronJobPatch", {"spec": {"jobTemplate": template(hostIPC=True)}}, {"FJ-EXP-302"}),
        ("kubernetes:core/v1:PodPatch", {"spec": {"hostNetwork": True}}, {"FJ-EXP-302"}),
        (PATCH, template(nodeSelector={"a": "b"}), set()),
        (PATCH, {"spec": {"replicas": 3}}, set()),
        ("kubernetes:core/v1:ServicePatch", {"spec": {"selector": {"a": "b"}}}, set()),
    ],
)
def test_a_patch_without_containers_is_one_of_a_pod(token: str, props: dict[str, object], stopped: set[str]) -> None:
    assert refused(token, props) == stopped


@pytest.mark.parametrize(
    ("token", "spec", "stopped"),
    [
        ("kubernetes:agents.x-k8s.io/v1beta1:Sandbox",
         {"podTemplate": {"spec": {"automountServiceAccountToken": True}}}, {"FJ-EXP-314"}),
        ("kubernetes:karpenter.sh/v1:NodePool", {"template": {"spec": {"requirements": []}}}, set()),
        ("kubernetes:argoproj.io/v1alpha1:ApplicationSet", {"template": {"spec": {"project": "a"}}}, set()),
    ],
)  # fmt: skip
def test_a_template_of_an_unknown_kind_is_a_pod_where_only_pods_say_so(
    token: str, spec: dict[str, object], stopped: set[str]
) -> None:
    said = {item.rule for item in PACK.alone(Given(token, {"spec": spec})) if item.rule.startswith("FJ-EXP-3")}
    assert said == stopped


PROJECT = "aws:codebuild/project:Project"


@pytest.mark.parametrize(
    ("artifacts", "told", "stopped"),
    [
        ({"type": "NO_ARTIFACTS", "encryptionDisabled": True}, False, False),
        ({"type": "CODEPIPELINE", "encryptionDisabled": True}, False, False),
        ({"type": "S3"}, False, False),
        ({"type": "S3", "encryptionDisabled": True}, True, True),
        ({"type": UNKNOWN, "encryptionDisabled": True}, True, False),
    ],
)
def test_only_what_is_kept_is_encrypted(artifacts: dict[str, object], told: bool, stopped: bool) -> None:
    for props in ({"artifacts": artifacts}, {"secondaryArtifacts": [{"type": "NO_ARTIFACTS"}, artifacts]}):
        said, stops = said_of(PROJECT, {"encryptionKey": KEY, **props})
        assert (bool(said), bool(stops)) == (told, stopped)


@pytest.mark.parametrize(
    ("logs", "stopped"),
    [
        ({"cloudWatchLogGroupName": "a", "cloudWatchEncryptionEnabled": True}, False),
        ({"cloudWatchLogGroupName": "a"}, True),
        ({"s3BucketName": "a"}, True),
        ({"s3BucketName": "a", "s3BucketEncryptionEnabled": "true"}, False),
        ({"cloudWatchEncryptionEnabled": False}, True),
        ({}, False),
    ],
)
def test_logs_of_sessions_are_encrypted(logs: dict[str, object], stopped: bool) -> None:
    command = {"kmsKeyId": KEY, "logConfiguration": logs}
    found = said_of("aws:ecs/cluster:Cluster", {"configuration": {"executeCommandConfiguration": command}})[1]
    assert found == ({"FJ-ENC-110"} if stopped else set())


CACHE = "aws:elasticache/replicationGroup:ReplicationGroup"


def test_caches_ask_who_calls() -> None:
    assert refused(CACHE, {"engine": "valkey"}) == {"FJ-IDN-112"}
    assert refused(CACHE, {"userGroupIds": []}) == {"FJ-IDN-112"}
    for held in ({"userGroupIds": ["a"]}, {"authToken": UNKNOWN}, {"userGroupIds": UNKNOWN}):
        assert refused(CACHE, held) == set()
    assert refused("aws:memorydb/cluster:Cluster", {"aclName": "open-access"}) == {"FJ-IDN-112"}


LINK: dict[str, object] = {"apiId": "a", "integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK"}


def test_a_private_integration_is_called_over_tls() -> None:
    token = "aws:apigatewayv2/integration:Integration"
    assert said_of(token, LINK)[1] == {"FJ-ENC-408"}
    assert said_of(token, {**LINK, "tlsConfig": {"serverNameToVerify": ""}})[1] == {"FJ-ENC-408"}
    assert said_of(token, {**LINK, "tlsConfig": {"serverNameToVerify": "a.example.ae"}})[0] == set()
    assert said_of(token, {**LINK, "connectionType": UNKNOWN}) == ({"FJ-ENC-408"}, set())
    assert said_of(token, {**LINK, "connectionType": "INTERNET"})[0] == set()


SCRIPT = "#!/bin/sh\nexport DB_PASSWORD={0}\n"


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("aws:ec2/spotFleetRequest:SpotFleetRequest", ("launchSpecifications", "[]", "userData")),
        ("aws:imagebuilder/imageRecipe:ImageRecipe", ("userDataBase64",)),
        ("aws:imagebuilder/component:Component", ("data",)),
        ("aws:lightsail/instance:Instance", ("userData",)),
        ("aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration", ("onStart",)),
        ("aws:ssm/document:Document", ("content",)),
        ("aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion", ("content",)),
        ("azure-native:compute:VirtualMachineScaleSet", ("virtualMachineProfile", "userData")),
        ("azure-native:compute:VirtualMachineScaleSetVM", ("osProfile", "customData")),
        ("azure-native:azurefleet:Fleet", ("computeProfile", "baseVirtualMachineProfile", "userData")),
        ("azure-native:batch:Pool", ("startTask", "commandLine")),
        ("azure-native:compute:VirtualMachineScaleSetExtension", ("settings", "commandToExecute")),
    ],
)
def test_start_up_scripts_of_every_machine_are_read(token: str, path: tuple[str, ...]) -> None:
    def props(script: object) -> dict[str, object]:
        value = script
        for key in reversed(path):
            value = [value] if key == "[]" else {key: value}
        assert isinstance(value, dict)
        return value

    assert "FJ-EXP-114" in refused(token, props(SCRIPT.format("hunter2")))
    for harmless in (SCRIPT.format("$(cat /run/db)"), UNKNOWN):
        assert "FJ-EXP-114" not in refused(token, props(harmless))
    assert "FJ-EXP-114" not in refused(token, {})
