"""Encryption in transit of Kafka, file systems and routes in clusters, of jobs of Batch and of rules of listeners."""

import json

import pytest

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
KAFKA = "kubernetes:kafka.strimzi.io/v1beta2:Kafka"
VOLUME = "kubernetes:core/v1:PersistentVolume"
ROUTE = "kubernetes:traefik.io/v1alpha1:IngressRoute"
JOB = "aws:batch/jobDefinition:JobDefinition"


def _rules(token: str, props: dict[str, object]) -> set[str]:
    return blocking(PACK.evaluate_resource(Given(token, props)))


@pytest.mark.parametrize(
    ("listener", "stopped"),
    [({"tls": False}, True), ({}, True), ({"tls": "false"}, True), ({"tls": True}, False), ({"tls": UNKNOWN}, False)],
)
def test_listeners_of_kafka(listener: dict[str, object], stopped: bool) -> None:
    kafka = {"kind": "Kafka", "spec": {"kafka": {"listeners": [{"name": "a", "port": 9092, **listener}]}}}
    assert ("FJ-ENC-424" in _rules(KAFKA, kafka)) is stopped


@pytest.mark.parametrize(
    ("source", "stopped"),
    [
        ({"driver": "efs.csi.aws.com", "volumeAttributes": {"encryptInTransit": "false"}}, True),
        ({"driver": "efs.csi.aws.com", "volumeAttributes": {"encryptInTransit": "true"}}, False),
        ({"driver": "efs.csi.aws.com"}, False),
        ({"driver": "ebs.csi.aws.com", "volumeAttributes": {"encryptInTransit": "false"}}, False),
    ],
)
def test_file_systems(source: dict[str, object], stopped: bool) -> None:
    volume = {"kind": "PersistentVolume", "spec": {"csi": source}}
    assert ("FJ-ENC-424" in _rules(VOLUME, volume)) is stopped


SERVICE = [{"kind": "Rule", "match": "Host(`a.example.ae`)", "services": [{"name": "a", "port": 80}]}]
REDIRECT = [{"kind": "Rule", "match": "HostRegexp(`.+`)", "middlewares": [{"name": "to-https"}],
             "services": [{"name": "noop@internal", "kind": "TraefikService"}]}]  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "stopped"),
    [
        ({"entryPoints": ["web"], "routes": SERVICE}, True),
        ({"entryPoints": ["web", "websecure"], "routes": SERVICE}, True),
        ({"routes": SERVICE}, True),
        ({"entryPoints": ["websecure"], "routes": SERVICE}, False),
        ({"entryPoints": ["websecure"], "routes": SERVICE, "tls": {"secretName": "tls"}}, False),
        ({"entryPoints": ["web"], "routes": REDIRECT}, False),
    ],
)
def test_routes_of_traefik(spec: dict[str, object], stopped: bool) -> None:
    assert ("FJ-ENC-421" in _rules(ROUTE, {"kind": "IngressRoute", "spec": spec})) is stopped


@pytest.mark.parametrize(
    ("mode", "stopped"),
    [({"transitEncryption": "DISABLED"}, True), ({}, True), ({"transitEncryption": "ENABLED"}, False)],
)
@pytest.mark.parametrize("group", ["containerProperties", "ecsProperties", "nodeProperties"])
@pytest.mark.parametrize("encode", [json.dumps, lambda value: value])
def test_file_systems_of_jobs(mode: dict[str, str], stopped: bool, group: str, encode: object) -> None:
    volumes = {"volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1", **mode}}, {"name": "tmp"}]}
    shapes = {
        "containerProperties": volumes,
        "ecsProperties": {"taskProperties": [volumes]},
        "nodeProperties": {"nodeRangeProperties": [{"container": volumes}]},
    }
    assert ("FJ-ENC-402" in _rules(JOB, {group: encode(shapes[group])})) is stopped  # type: ignore[operator]


@pytest.mark.parametrize(
    ("protocol", "action", "stopped"),
    [
        ("HTTP", {"type": "forward", "targetGroupArn": "t"}, True),
        ("HTTP", {"type": "authenticate-oidc"}, True),
        ("HTTP", {"type": "redirect", "redirect": {"protocol": "HTTP", "statusCode": "HTTP_301"}}, True),
        ("HTTP", {"type": "redirect", "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_301"}}, False),
        ("HTTP", {"type": "fixed-response"}, False),
        ("HTTPS", {"type": "forward", "targetGroupArn": "t"}, False),
    ],
)
def test_rules_of_listeners(protocol: str, action: dict[str, object], stopped: bool) -> None:
    listener = Given("aws:lb/listener:Listener", {"port": 80, "protocol": protocol}, "listener")
    rule = Given("aws:lb/listenerRule:ListenerRule", {"listenerArn": UNKNOWN, "actions": [action]}, "rule",
                 links={"listenerArn": ("listener",)})  # fmt: skip
    found = {report.rule for report in PACK.evaluate_stack(listener, rule) if "'rule'" in report.text}
    assert ("FJ-ENC-403" in found) is stopped
