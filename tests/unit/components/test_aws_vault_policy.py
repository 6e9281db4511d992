"""Access to the objects of a confined vault, evaluated as IAM evaluates it."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.identity.iam_policies import Statement
from falaj.components.aws.storage.vault_policy import OBJECT_ACTIONS, BucketAccess, confining_statements
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import SITE
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

BUCKET = "arn:aws:s3:::b"
ROLE = "arn:aws:iam::123456789012:role/"
ENDPOINT, OTHER, LINE = "vpce-site", "vpce-elsewhere", "vpce-line"
BACKUP, READER, POD = ROLE + "backup", ROLE + "falaj/copies", ROLE + "pod"
FSX = ROLE + "aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_fs-1"
WAYS = BucketAccess("123456789012", ENDPOINT, [BACKUP], [READER], ["20.1.2.0/24"], [LINE])

Request = Mapping[str, str]


def _one(test: str, key: str, allowed: str | Sequence[str], request: Request) -> bool:
    """Evaluates one condition. With `IfExists` it is true for a request without the key."""
    result = request.get(key)
    if result is None:
        return test.endswith("IfExists")
    values = [allowed] if isinstance(allowed, str) else allowed
    name = test.removesuffix("IfExists")
    tests = {
        "String": lambda value: result == value,
        "Bool": lambda value: result == value,
        "Arn": lambda value: fnmatchcase(result, value),
        "IpAddress": lambda value: ip_address(result) in ip_network(value),
    }
    kind = next(kind for kind in tests if kind in name)
    return any(tests[kind](value) for value in values) != ("Not" in name)


def denied(statements: Sequence[Statement], request: Request) -> set[str]:
    """Returns the statements that deny the request: all their conditions are true."""
    return {
        statement.sid
        for statement in statements
        if all(
            _one(test, key, allowed, request)
            for test, keys in statement.conditions.items()
            for key, allowed in keys.items()
        )
    }


def request(role: str, **more: str) -> Request:
    """Builds a request of a role; `address` for one from the internet, `endpoint` for one through a VPC endpoint."""
    keys = {"address": "aws:SourceIp", "endpoint": "aws:SourceVpce", "via": "aws:ViaAWSService"}
    usual = {"aws:PrincipalArn": role, "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}
    return usual | {keys[key]: value for key, value in more.items()}


SERVICE: Request = {"aws:PrincipalIsAWSService": "true", "aws:SourceIp": "52.1.1.1"}


@pytest.mark.parametrize(
    ("resource", "by"),
    [
        (request(POD, endpoint=ENDPOINT), set()),
        (request(POD, endpoint=OTHER), {"EndpointOnly"}),
        (request(POD, endpoint=LINE), {"EndpointOnly"}),
        (request(POD, address="20.1.2.3"), {"EndpointOnly"}),
        (request(READER, endpoint=ENDPOINT), set()),
        (request(READER, address="20.1.2.3"), set()),
        (request(READER, endpoint=LINE), set()),
        (request(READER, endpoint=OTHER), {"ReadersFromTheirPlaces"}),
        (request(READER, address="20.1.3.3"), {"ReadersFromTheirPlaces"}),
        (request(BACKUP, address="52.1.1.1"), set()),
        (request(FSX, address="52.1.1.1"), set()),
        (request(POD, address="52.1.1.1", via="true"), set()),
        (SERVICE, set()),
    ],
)
def test_access_by_role_and_origin(resource: Request, by: set[str]) -> None:
    assert denied(confining_statements(BUCKET, WAYS), resource) == by


def test_readers_of_a_private_line_alone_do_not_come_over_the_internet() -> None:
    statements = confining_statements(
        BUCKET, BucketAccess("123456789012", ENDPOINT, readers=[READER], reader_endpoints=[LINE])
    )
    assert denied(statements, request(READER, endpoint=LINE)) == set()
    assert denied(statements, request(READER, address="20.1.2.3")) == {"ReadersFromTheirPlaces"}


def test_without_readers_there_is_no_access_from_outside() -> None:
    statements = confining_statements(BUCKET, BucketAccess("123456789012", ENDPOINT))
    for role in (READER, BACKUP):
        assert denied(statements, request(role, address="20.1.2.3")) == {"EndpointOnly"}


def test_denials_are_about_objects_and_lock_out_no_deployment() -> None:
    for statement in confining_statements(BUCKET, WAYS):
        plain: dict[str, Any] = statement.to_dict()
        assert (plain["Effect"], plain["Principal"]) == ("Deny", {"AWS": "*"})
        assert plain["Resource"] == [BUCKET, f"{BUCKET}/*"]
        assert plain["Action"] == list(OBJECT_ACTIONS)

    def covered(action: str) -> bool:
        return any(fnmatchcase(f"s3:{action}", pattern) for pattern in OBJECT_ACTIONS)

    for action in ("GetObject", "GetObjectVersion", "GetObjectTagging", "PutObject", "PutObjectAcl", "DeleteObject",
                   "DeleteObjectVersion", "RestoreObject", "AbortMultipartUpload", "ListBucketVersions"):  # fmt: skip
        assert covered(action), action
    # Calls of a deployment: HeadBucket requires ListBucket.
    for action in ("ListBucket", "GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy", "GetBucketTagging",
                   "PutLifecycleConfiguration", "GetEncryptionConfiguration", "DeleteBucket"):  # fmt: skip
        assert not covered(action), action


def test_each_group_of_readers_comes_from_its_own_networks() -> None:
    people = "arn:aws:iam::123456789012:role/people"
    group = {"roles": [people], "endpoints": [OTHER], "addresses": ["203.0.113.0/28"]}
    access = BucketAccess("123456789012", ENDPOINT, readers=[READER], reader_endpoints=[LINE], others=[group])
    statements = confining_statements(BUCKET, access)
    for allowed in ({"endpoint": OTHER}, {"endpoint": ENDPOINT}, {"address": "203.0.113.5"}):
        assert denied(statements, request(people, **allowed)) == set()
    for refused in ({"endpoint": LINE}, {"address": "20.1.2.3"}):
        assert denied(statements, request(people, **refused)) == {"OtherReaders1"}
    # The readers of copies do not come from there.
    assert denied(statements, request(READER, endpoint=OTHER)) == {"ReadersFromTheirPlaces"}
    assert denied(statements, request(POD, endpoint=OTHER)) == {"EndpointOnly"}


def policy_of(recording: Recording, vault: str) -> dict[str, Any]:
    [policy] = [item for item in recording.of("aws:s3/bucketPolicy:BucketPolicy") if item.name.startswith(vault)]
    return document(policy.inputs["policy"])


@pytest.mark.parametrize("readers", [{}, {"vault_readers": {"datasets": [READER]}, "reader_addresses": ["20.1.2.3"]}])
def test_people_reach_the_vaults_of_a_site_with_and_without_copies(readers: dict[str, Any]) -> None:
    people = "arn:aws:iam::123456789012:role/people"
    access = {"datasets": {"roles": [people], "addresses": ["20.9.9.0/28"], "endpoints": [f"vpce-{'0' * 8}"]}}
    tags = {**SITE["tags"], "data-classification": "confidential"}
    site = {**SITE, **readers, "tags": tags, "aws": {"vault_access": access}}
    recording = recorded(aws.Site, site)
    policy = policy_of(recording, "uae-datasets")
    statement = next(item for item in policy["Statement"] if item["Sid"] == "OtherReaders1")
    assert statement["Condition"]["ArnLike"] == {"aws:PrincipalArn": [people]}
    assert statement["Condition"]["NotIpAddressIfExists"] == {"aws:SourceIp": ["20.9.9.0/28"]}
    assert statement["Condition"]["StringNotEqualsIfExists"]["aws:SourceVpce"][1:] == ["vpce-00000000"]
    other = policy_of(recording, "uae-checkpoints")
    assert "OtherReaders1" not in {item["Sid"] for item in other["Statement"]}


@pytest.mark.parametrize(
    ("access", "message"),
    [
        (
            {"datasets": {"roles": ["arn:aws:iam::123456789012:role/p"]}},
            r"aws.vault_access.datasets.endpoints: required",
        ),
        ({"datasets": {"roles": ["people"], "endpoints": ["vpce-00000000"]}}, r"aws.vault_access.datasets.roles.0"),
        (
            {"models": {"roles": ["arn:aws:iam::123456789012:role/p"], "endpoints": ["vpce-00000000"]}},
            r"aws.vault_access.models: .*not allowed; allowed: datasets, checkpoints",
        ),
    ],
)
def test_access_that_cannot_be(access: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        aws.SiteArgs.of("uae", {**SITE, "aws": {"vault_access": access}})
