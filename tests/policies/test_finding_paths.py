"""The check of the paths of findings, which runs in all tests of the policy pack."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from guardrails.cost.budgets import _check_notifications
from guardrails.engine.evaluate import Finding
from guardrails.engine.exemptions import Exemption, apply
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import Outcome, Verdict, failed, undetermined
from guardrails.registry import ALL
from guardrails.tags.cluster_machines import CLUSTER_CREATED_TAGS
from guardrails.tags.launchers import check_launcher
from guardrails.tags.propagation import _check_disks, _check_launch_template
from guardrails.tags.rules import _check_present

from .finding_paths import is_misspelled, is_property
from .harness import TODAY, Given

BUCKET = "aws:s3/bucket:Bucket"


def resource(token: str, **props: Any) -> Resource:
    return Resource(Given(token, props).urn, token, "it", props)


@pytest.mark.parametrize(
    ("token", "path", "known"),
    [
        (BUCKET, "versioning.enabled", True),
        (BUCKET, "given[0].key", True),
        (BUCKET, "VERSIONING.enabled", False),
        (BUCKET, BUCKET, True),
        (BUCKET, "aws:iam/accessKey:AccessKey", False),
        ("kubernetes:core/v1:ConfigMap", "data", True),
        ("kubernetes:example.org/v1:Thing", "spec.tls", True),
        ("kubernetes:example.org/v1:Thing", "XXspec.tlsXX", False),
        ("kubernetes:example.org/v1:Thing", "otherField", True),
        ("example:index:Thing", "name", True),
        ("example:index:Thing", "NAME", False),
    ],
)
def test_a_property_is_given_or_of_the_sdk(token: str, path: str, known: bool) -> None:
    assert is_property(resource(token, given=[]), path) is known


@pytest.mark.parametrize(
    ("path", "misspelled"),
    [
        ("spec.tls[0].hosts", False),
        ("spec.tls[0].Hosts", True),
        ("spec.TLS", True),
        ("spec.tls[1].Hosts", False),
        ("spec.absent", False),
        ("spec.None", True),
        ("spec.text.None", True),
        ("spec.text.Key", False),
    ],
)
def test_names_in_a_path_have_the_case_of_the_resource(path: str, misspelled: bool) -> None:
    item = resource("kubernetes:example.org/v1:Thing", spec={"tls": [{"hosts": ["a"]}], "text": '{"key": 1}'})
    assert is_misspelled(item, path) is misspelled


def test_policies_of_the_clouds_are_read_in_any_case() -> None:
    item = resource(BUCKET, policy={"STATEMENT": [{"Effect": "Allow"}]})
    assert not is_misspelled(item, "policy.Statement[0].Effect")
    assert is_misspelled(item, "policy.None")


def of_launcher(item: Resource) -> Iterable[Outcome]:
    return check_launcher(item, Plan({item.urn: item}))


FLEET, SPOT_FLEET = "aws:ec2/fleet:Fleet", "aws:ec2/spotFleetRequest:SpotFleetRequest"
INSTANCE, SPOT_INSTANCE = "aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"
BATCH = "aws:batch/computeEnvironment:ComputeEnvironment"
STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
WITH_RECIPIENT = {"notifications": [{"subscriberEmailAddresses": ["finops@example.ae"]}]}
of_cluster = CLUSTER_CREATED_TAGS.predicate


@pytest.mark.parametrize(
    ("check", "token", "props", "path"),
    [
        (_check_notifications, "aws:budgets/budget:Budget", WITH_RECIPIENT, "limitAmount"),
        (_check_notifications, "azure-native:consumption:Budget", WITH_RECIPIENT, "amount"),
        (_check_present, BUCKET, {}, "tags"),
        (_check_present, "azure-native:resources:TagAtScope", {"properties": {"tags": {}}}, "properties.tags"),
        (of_cluster, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", {"spec": {"tags": {}}}, "spec.tags"),
        (of_cluster, STORAGE_CLASS, {"provisioner": "disk.csi.azure.com", "parameters": {}}, "parameters"),
        (_check_launch_template, "aws:ec2/launchTemplate:LaunchTemplate", {}, "tagSpecifications"),
        (_check_disks, INSTANCE, {"volumeTags": {}}, "volumeTags"),
        (_check_disks, INSTANCE, {"rootBlockDevice": {}}, "rootBlockDevice"),
        (_check_disks, INSTANCE, {"rootBlockDevice": [], "ebsBlockDevices": [{}]}, "ebsBlockDevices"),
        (of_launcher, FLEET, {}, "launchTemplateConfigs"),
        (of_launcher, SPOT_FLEET, {}, "launchTemplateConfigs"),
        (of_launcher, SPOT_FLEET, {"launchSpecifications": [{"tags": {}}]}, "launchSpecifications[0].tags"),
        (of_launcher, SPOT_INSTANCE, {}, "launchTemplate"),
        (of_launcher, BATCH, {"computeResources": {"type": "SPOT", "tags": {}}}, "computeResources.tags"),
    ],
)
def test_a_finding_names_the_property_that_decides(
    check: Callable[[Resource], Iterable[Outcome]], token: str, props: dict[str, object], path: str
) -> None:
    found = {outcome.path for outcome in check(resource(token, **props)) if outcome.verdict is not Verdict.PASS}
    assert found == {path}


def test_a_finding_with_the_path_of_no_property_is_an_error() -> None:
    assert Finding(ALL[0], resource(BUCKET), failed("it is wrong", "versioning")).outcome.path == "versioning"
    with pytest.raises(ValueError, match=r"has no property 'VERSIONING'"):
        Finding(ALL[0], resource(BUCKET), failed("it is wrong", "VERSIONING"))


@pytest.mark.parametrize("outcome", [failed(None), undetermined(""), failed("it is wrong", None)])  # type: ignore[arg-type]
def test_a_finding_without_a_text_is_an_error(outcome: Outcome) -> None:
    with pytest.raises(TypeError, match=r"has no sentence, or its path is no text"):
        Finding(ALL[0], resource(BUCKET), outcome)


@pytest.mark.parametrize(
    ("sentence", "has_path"),
    [
        ("versioning.enabled must be true", False),
        ("versioning.enabled must be true", True),
        ("serverSideEncryption has no key", False),
        ("bucket names are public", None),
        ("the bucket is public", None),
        ("example.com is not known", None),
    ],
)
def test_a_finding_on_a_property_has_its_path(sentence: str, has_path: bool | None) -> None:
    """`None`: the sentence begins with no property, so the finding needs no path."""
    item = resource(BUCKET, bucket="b", serverSideEncryption={})
    if has_path is False:
        with pytest.raises(ValueError, match="the finding has no path"):
            Finding(ALL[0], item, failed(sentence))
    else:
        Finding(ALL[0], item, failed(sentence, "versioning.enabled" if has_path else ""))


@pytest.mark.parametrize(("days", "verdict"), [(30, Verdict.EXEMPT), (-1, Verdict.EXPIRED)])
def test_an_exempt_finding_keeps_its_path(days: int, verdict: Verdict) -> None:
    finding = Finding(ALL[0], resource(BUCKET), failed("versioning.enabled is not true", "versioning.enabled"))
    dates = {"created": TODAY - timedelta(days=60), "expires": TODAY + timedelta(days=days)}
    exemption = Exemption(
        rule=ALL[0].id, urn="*::it", owner="team", ticket="SEC-1", reason="has no data", approved_by="ciso", **dates
    )
    outcome = apply(finding, (exemption,), TODAY).outcome
    assert (outcome.verdict, outcome.path) == (verdict, "versioning.enabled")
