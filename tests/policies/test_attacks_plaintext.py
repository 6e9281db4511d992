"""Plain text of volumes, brokers and listener rules, tunnels into a cluster, and storage for other tenants."""

import json
from typing import Any

import pytest

from .exposure_cases import PACK
from .harness import UNKNOWN, Given, blocking
from .test_attacks_mesh import judged

EFS = {"driver": "efs.csi.aws.com", "volumeHandle": "fs-1"}


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("core/v1:PersistentVolume", {"csi": EFS}, "passed"),
        ("core/v1:PersistentVolume", {"csi": {**EFS, "volumeAttributes": {"encryptInTransit": "false"}}}, "refused"),
        ("core/v1:PersistentVolume", {"csi": {"driver": "x", "volumeAttributes": {"encryptInTransit": "false"}}},
         "passed"),
        ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [{"name": "a", "tls": True}]}}, "passed"),
        ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [{"name": "a", "tls": True}, {"name": "b"}]}},
         "refused"),
        ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [{"name": "a", "tls": UNKNOWN}]}}, "reported"),
    ],
)  # fmt: skip
def test_volumes_and_brokers_use_tls(kind: str, spec: dict[str, Any], expected: str) -> None:
    assert judged("FJ-ENC-424", f"kubernetes:{kind}", spec) == expected


@pytest.mark.parametrize(
    ("props", "is_refused"),
    [
        ({"containerProperties": json.dumps({"volumes": [{"efsVolumeConfiguration": {"fileSystemId": "a"}}]})}, True),
        ({"containerProperties": json.dumps({"volumes": [{"efsVolumeConfiguration": {
            "transitEncryption": "ENABLED"}}, {"host": {}}]})}, False),
        ({"ecsProperties": json.dumps({"taskProperties": [{"volumes": [{"efsVolumeConfiguration": {
            "transitEncryption": "DISABLED"}}]}]})}, True),
        ({"containerProperties": UNKNOWN}, False),
        ({}, False),
    ],
)  # fmt: skip
def test_volumes_of_batch_jobs_use_tls(props: dict[str, Any], is_refused: bool) -> None:
    reports = PACK.evaluate_resource(Given("aws:batch/jobDefinition:JobDefinition", props))
    assert ("FJ-ENC-402" in blocking(reports)) is is_refused


@pytest.mark.parametrize(
    ("protocol", "action", "is_refused"),
    [
        ("HTTP", {"type": "forward", "targetGroupArn": "t"}, True),
        ("HTTP", {"type": "redirect", "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_301"}}, False),
        ("HTTPS", {"type": "forward", "targetGroupArn": "t"}, False),
    ],
)
def test_rules_of_an_http_listener_only_redirect(protocol: str, action: dict[str, Any], is_refused: bool) -> None:
    listener = Given("aws:lb/listener:Listener", {"protocol": protocol, "port": 80}, "listener")
    props = {"listenerArn": UNKNOWN, "actions": [action]}
    rule = Given("aws:lb/listenerRule:ListenerRule", props, "rule", links={"listenerArn": ("listener",)})
    reports = [item for item in PACK.evaluate_stack(listener, rule) if "'rule'" in item.text]
    assert ("FJ-ENC-403" in blocking(reports)) is is_refused


@pytest.mark.parametrize(
    ("image", "is_refused"),
    [
        ("cloudflare/cloudflared:2026.8.0", True),
        ("registry.bank.ae:5000/mirror/ngrok@sha256:0000", True),
        ("registry.bank.ae/cloudflared-docs:1", False),
        ("registry.bank.ae/app:1", False),
        (UNKNOWN, False),
    ],
)
def test_pods_open_no_tunnels(image: str, is_refused: bool) -> None:
    spec = {"template": {"spec": {"containers": [{"name": "a", "image": "registry.bank.ae/app:1"},
                                                 {"name": "b", "image": image}]}}}  # fmt: skip
    reports = PACK.evaluate_resource(Given("kubernetes:apps/v1:Deployment", {"spec": spec}))
    assert ("FJ-EXP-333" in blocking(reports)) is is_refused


TENANT, STRANGER = "11111111-1111-1111-1111-111111111111", "99999999-9999-9999-9999-999999999999"


@pytest.mark.parametrize(
    ("provider", "tenant", "is_refused"),
    [({"tenantId": TENANT}, TENANT, False), ({"tenantId": TENANT}, STRANGER, True), ({}, TENANT, True),
     ({"tenantId": TENANT}, UNKNOWN, True)],
)  # fmt: skip
def test_storage_lets_in_resources_of_its_own_tenant(provider: dict[str, str], tenant: str, is_refused: bool) -> None:
    rules_of = {"defaultAction": "Deny", "resourceAccessRules": [{"tenantId": tenant, "resourceId": "/r"}]}
    props = {"publicNetworkAccess": "Disabled", "allowBlobPublicAccess": False, "networkRuleSet": rules_of}
    account = Given("azure-native:storage:StorageAccount", props, provider=provider)
    assert ("FJ-EXP-202" in blocking(PACK.evaluate_resource(account))) is is_refused
