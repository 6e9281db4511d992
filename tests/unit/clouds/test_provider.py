"""The life cycle of a resource in the generic provider: outputs, diffs, refresh, secrets, import, delete."""

from pulumi.provider.experimental.provider import PropertyDiffKind

from falaj.sandbox.clouds.diff import compare
from falaj.sandbox.clouds.property_values import CHANGED_SECRET, to_plain_map, to_property_map, to_property_value
from falaj.sandbox.clouds.values import UNKNOWN
from tests.unit.clouds.driver import Driver

VPC, QUEUE, PARAMETER = "aws:ec2/vpc:Vpc", "aws:sqs/queue:Queue", "aws:ssm/parameter:Parameter"


def test_a_preview_knows_inputs_and_constants_only(aws: Driver) -> None:
    planned = to_plain_map(aws.plan(VPC, "v", cidrBlock="10.0.0.0/16").outputs)
    assert planned["cidrBlock"] == "10.0.0.0/16"
    assert planned["instanceTenancy"] == "default"
    assert planned["arn"] is UNKNOWN
    assert planned["defaultSecurityGroupId"] is UNKNOWN
    assert "ipv4IpamPoolId" not in planned
    assert aws.everything() == []


def test_a_create_returns_realistic_outputs(aws: Driver) -> None:
    vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16")
    assert vpc.id.startswith("vpc-")
    assert len(vpc.id) == len("vpc-") + 17
    assert vpc["arn"] == f"arn:aws:ec2:me-central-1:123456789012:vpc/{vpc.id}"
    assert vpc["ownerId"] == "123456789012"
    assert vpc["region"] == "me-central-1"
    assert vpc["tagsAll"] == {"project": "falaj"}
    assert not [name for name in to_plain_map(vpc.outputs) if name.startswith("__")]


def test_a_resource_lives_in_its_own_region(aws: Driver) -> None:
    assert aws.create(QUEUE, "q", region="eu-west-1")["arn"] == "arn:aws:sqs:eu-west-1:123456789012:" + str(
        aws.everything()[0].name
    )
    assert aws.everything()[0].scope == "123456789012/eu-west-1"


def test_a_type_without_a_description_works(aws: Driver) -> None:
    resource = aws.create("aws:athena/workgroup:Workgroup", "w")
    assert resource["arn"] == f"arn:aws:athena:me-central-1:123456789012:workgroup/{resource.id}"
    assert not aws.diff(resource).changes


def test_a_refresh_after_create_changes_nothing(aws: Driver) -> None:
    vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16", tags={"a": "b"})
    response = aws.read(vpc)
    assert response.resource_id == vpc.id
    assert response.properties == vpc.outputs
    assert response.inputs == vpc.inputs


def test_no_change_is_no_difference(aws: Driver) -> None:
    vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16")
    assert aws.diff(vpc, cidrBlock="10.0.0.0/16").changes is False


def test_changes_are_named_by_path(aws: Driver) -> None:
    vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16", tags={"a": "1", "b": "2"})
    diff = aws.diff(vpc, cidrBlock="10.0.0.0/16", tags={"a": "9", "c": "3"})
    kinds = {path: change.kind for path, change in diff.detailed_diff.items() if path.startswith("tags.")}
    assert kinds == {
        "tags.a": PropertyDiffKind.UPDATE,
        "tags.b": PropertyDiffKind.DELETE,
        "tags.c": PropertyDiffKind.ADD,
    }
    assert diff.replaces == []


def test_identity_replaces(aws: Driver) -> None:
    vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16")
    diff = aws.diff(vpc, cidrBlock="10.1.0.0/16")
    assert diff.replaces == ["cidrBlock"]
    assert diff.detailed_diff["cidrBlock"].kind is PropertyDiffKind.UPDATE_REPLACE
    assert diff.delete_before_replace is False
    assert aws.diff(vpc, cidrBlock=UNKNOWN).replaces == ["cidrBlock"]


def test_a_given_name_is_deleted_before_its_replacement(aws: Driver) -> None:
    named = aws.create("aws:iam/role:Role", "r", name="fixed", assumeRolePolicy='{"Statement":[{}]}')
    policy = '{"Statement":[{}]}'
    assert aws.diff(named, name="fixed", assumeRolePolicy=policy, path="/x/").delete_before_replace is True
    invented = aws.create("aws:iam/role:Role", "r", assumeRolePolicy='{"Statement":[{}]}')
    assert aws.diff(invented, assumeRolePolicy=policy, path="/x/").delete_before_replace is False


def test_ignored_changes_are_no_changes(aws: Driver) -> None:
    queue = aws.create(QUEUE, "q", delaySeconds=1)
    assert aws.diff(queue, "delaySeconds", delaySeconds=2).changes is False


def test_an_update_keeps_identity_and_stays_stable(aws: Driver) -> None:
    queue = aws.create(QUEUE, "q", delaySeconds=1, visibilityTimeoutSeconds=60)
    arn, id_ = queue["arn"], queue.id
    aws.update(queue, delaySeconds=2)
    assert (queue["arn"], queue.id, queue["delaySeconds"]) == (arn, id_, 2)
    assert queue["visibilityTimeoutSeconds"] == 30  # back to the cloud's default
    assert aws.read(queue).properties == queue.outputs
    assert aws.diff(queue, delaySeconds=2).changes is False


def test_drift_is_detected(aws: Driver) -> None:
    queue = aws.create(QUEUE, "q", delaySeconds=1, tags={"a": "b"})
    with aws.cloud.inventory.transaction() as transaction:
        transaction.tamper(transaction.all_items()[0], "tags.a", "changed by hand")
    response = aws.read(queue)
    assert to_plain_map(response.inputs)["tags"] == {"a": "changed by hand"}
    queue.inputs, queue.outputs = response.inputs, response.properties
    assert set(aws.diff(queue, delaySeconds=1, tags={"a": "b"}).detailed_diff) == {"tags.a"}


def test_keys_with_separators_are_quoted_in_the_paths_of_a_diff(aws: Driver) -> None:
    queue = aws.create(QUEUE, "q", tags={"kubernetes.io/cluster": "a"})
    diff = aws.diff(queue, tags={"kubernetes.io/cluster": "b"})
    paths = {f'{tags}["kubernetes.io/cluster"]' for tags in ("tags", "tagsAll")}
    assert (set(diff.detailed_diff), diff.replaces) == (paths, [])


def test_a_deleted_resource_is_read_as_missing(aws: Driver) -> None:
    queue = aws.create(QUEUE, "q")
    with aws.cloud.inventory.transaction() as transaction:
        transaction.delete(transaction.all_items()[0])
    assert aws.read(queue).resource_id == ""
    aws.delete(queue)  # deleting a resource that no longer exists succeeds


def test_secrets_are_not_in_the_file_and_survive_a_refresh(aws: Driver) -> None:
    secret = to_property_value("hunter2-falaj").with_secret(True)
    parameter = aws.create(PARAMETER, "p", type="SecureString", value=secret)
    stored = b"".join(file.read_bytes() for file in aws.cloud.inventory.path.parent.iterdir())
    assert b"hunter2-falaj" not in stored
    response = aws.read(parameter)
    assert response.properties["value"] == secret
    assert not aws.diff(parameter, type="SecureString", value=secret).changes
    assert aws.diff(parameter, type="SecureString", value=to_property_value("other").with_secret(True)).changes


def test_a_secret_changed_outside_pulumi_is_detected_and_never_shown(aws: Driver) -> None:
    parameter = aws.create(
        PARAMETER, "p", type="SecureString", value=to_property_value("hunter2-falaj").with_secret(True)
    )
    with aws.cloud.inventory.transaction() as transaction:
        transaction.tamper(transaction.all_items()[0], "value", {"$secret": "another"})
    value = aws.read(parameter).properties["value"]
    assert value.is_secret
    assert value.value == CHANGED_SECRET


def test_a_nested_secret_is_hashed_too(aws: Driver) -> None:
    queue = aws.create(QUEUE, "q", tags=to_property_value({"a": "plain"}))
    assert aws.everything()[0].inputs["tags"] == {"a": "plain"}
    aws.update(queue, tags=to_property_value({"a": "hunter2"}).with_secret(True))
    assert set(aws.everything()[0].inputs["tags"]) == {"$secret"}  # type: ignore[arg-type]


def test_an_orphan_is_found_and_adopted(aws: Driver) -> None:
    """An orphan is left by a create if the engine is killed before it writes its state."""
    queue = aws.create(QUEUE, "q", name="interruptions", delaySeconds=3)
    with aws.cloud.inventory.transaction() as transaction:
        orphans = transaction.find(QUEUE, "123456789012/me-central-1", "interruptions")
    assert [resource.id for resource in orphans] == [queue.id]
    read = aws.adopt(QUEUE, queue.id)
    assert to_plain_map(read.inputs)["delaySeconds"] == 3
    assert read.properties == queue.outputs


def test_an_unknown_function_is_one_sentence(aws: Driver) -> None:
    import pytest

    from falaj.sandbox.clouds.spec import CloudError

    with pytest.raises(CloudError, match="aws:rds/getInstance:getInstance is not emulated"):
        aws.invoke("aws:rds/getInstance:getInstance")


def test_a_provider_replaces_itself_when_its_region_changes(aws: Driver) -> None:
    import asyncio

    from pulumi.provider.experimental import provider as rpc

    old, new = {"region": to_property_value("me-central-1")}, {"region": to_property_value("eu-west-1")}
    request = rpc.DiffRequest("urn:pulumi:s::p::pulumi:providers:aws::x", "id", old, new, [])
    assert asyncio.run(aws.cloud.diff_config(request)).replaces == ["region"]
    same = rpc.DiffRequest("urn:pulumi:s::p::pulumi:providers:aws::x", "id", old, old, [])
    assert asyncio.run(aws.cloud.diff_config(same)).changes is False


def test_internal_properties_are_inputs_and_never_outputs(aws: Driver) -> None:
    role = aws.create("aws:iam/role:Role", "r", assumeRolePolicy='{"Statement":[{}]}')
    assert to_plain_map(role.inputs)["__defaults"] == ["name"]
    assert "__defaults" not in role.outputs


def test_identity_inside_and_around_objects(aws: Driver) -> None:
    """`launchTemplate.id` is part of the identity, its version is not; `remoteAccess` is as a whole."""
    row = aws.cloud.spec.resource_types["aws:eks/nodeGroup:NodeGroup"]
    old = {"launchTemplate": {"id": "lt-1", "version": "1"}, "remoteAccess": {"ec2SshKey": "a"}, "subnetIds": ["s"]}
    assert compare(row, old, {**old, "launchTemplate": {"id": "lt-1", "version": "2"}}, ()).replaces == []
    assert compare(row, old, {**old, "launchTemplate": {"id": "lt-2", "version": "1"}}, ()).replaces == [
        "launchTemplate"
    ]
    assert compare(row, {}, {"launchTemplate": {"id": "lt-2", "version": "1"}}, ()).replaces == ["launchTemplate"]
    assert compare(row, old, {**old, "remoteAccess": {"ec2SshKey": "b"}}, ()).replaces == ["remoteAccess"]
    assert compare(row, old, {**old, "subnetIds": ["s", "t"]}, ()).replaces == ["subnetIds"]


def test_outputs_that_the_cloud_changed_survive_an_update(aws: Driver) -> None:
    template = aws.create("aws:ec2/launchTemplate:LaunchTemplate", "t", imageId="ami-1")
    for image in ("ami-2", "ami-3"):
        aws.update(template, imageId=image)
    assert template["latestVersion"] == 3


def test_the_same_id_in_two_regions_is_two_resources(aws: Driver) -> None:
    logs = "aws:cloudwatch/logGroup:LogGroup"
    aws.create(logs, "here", name="/app")
    there = aws.create(logs, "there", name="/app", region="eu-west-1")
    assert aws.read(there).properties == there.outputs
    aws.delete(there)
    assert [item.scope for item in aws.everything()] == ["123456789012/me-central-1"]


def test_a_completed_object_stays_secret() -> None:
    known = {"a": to_property_value({"x": "1"}).with_secret(True)}
    value = to_property_map({"a": {"x": "1", "y": "2"}}, known)["a"]
    assert value.is_secret
    assert to_plain_map({"a": value}) == {"a": {"x": "1", "y": "2"}}
