"""AWS vaults: access, encryption, and retention by purpose."""

from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.aws.storage.tiers import transitions
from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Purpose
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import VAULT
from tests.unit.components.mocks import Recording, build, document
from tests.unit.components.samples import recorded

KEY = "arn:aws:kms:me-central-1:123456789012:key/uae-key"


def vault(**changed: Any) -> Recording:
    return recorded(aws.Vault, {**VAULT, **changed})


def only(seen: Recording, kind: str) -> dict[str, Any]:
    inputs = seen.one(f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}").inputs
    assert inputs["bucket"] == "uae-bucket-id"
    return inputs


def test_a_vault_has_exactly_these_children() -> None:
    assert {name for _, name in vault().names()} == {
        "uae-bucket", "uae-key", "uae-key-alias", "uae-encryption", "uae-no-public-access", "uae-ownership",
        "uae-tls-only", "uae-versioning", "uae-lifecycle",
    }  # fmt: skip


def test_everything_lies_under_its_own_key() -> None:
    [rule] = only(vault(), "BucketServerSideEncryptionConfiguration")["rules"]
    assert rule == {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
        "bucketKeyEnabled": True,
    }
    key = vault().one("aws:kms/key:Key").inputs
    assert key["enableKeyRotation"] is True
    assert [s["Sid"] for s in document(key["policy"])["Statement"]] == ["AccountManages"]


def test_nothing_is_public() -> None:
    recording = vault()
    block = only(recording, "BucketPublicAccessBlock")
    ways = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [block[way] for way in ways] == [True] * 4
    assert only(recording, "BucketOwnershipControls")["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    assert not {"acl", "grants", "website", "policy"} & set(recording.one("aws:s3/bucket:Bucket").inputs)


def test_only_tls_reaches_it_and_the_policy_waits_for_the_block() -> None:
    recording = vault()
    policy = recording.one("aws:s3/bucketPolicy:BucketPolicy")
    statements = document(policy.inputs["policy"])["Statement"]
    assert {(s["Sid"], s["Effect"]) for s in statements} == {("TlsOnly", "Deny"), ("Tls12", "Deny")}
    assert statements[0]["Resource"] == ["arn:aws:s3:::uae-bucket", "arn:aws:s3:::uae-bucket/*"]
    assert recording.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").urn in policy.depends_on


def test_old_versions_are_kept_and_the_rules_wait_for_that() -> None:
    recording = vault()
    assert only(recording, "BucketVersioning")["versioningConfiguration"] == {"status": "Enabled"}
    lifecycle = recording.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    assert recording.one("aws:s3/bucketVersioning:BucketVersioning").urn in lifecycle.depends_on


@pytest.mark.parametrize(
    ("purpose", "tiers", "end", "versions"),
    [
        (Purpose.DATASETS, [("INTELLIGENT_TIERING", 0)], None, 30),
        (Purpose.CHECKPOINTS, [], 60, 7),
        (Purpose.MODELS, [("INTELLIGENT_TIERING", 0)], None, 365),
        (Purpose.ARTIFACTS, [("STANDARD_IA", 30)], 365, 30),
    ],
)
def test_the_purpose_decides_the_tiers(
    purpose: Purpose, tiers: list[tuple[str, int]], end: int | None, versions: int
) -> None:
    [rule] = only(vault(purpose=purpose), "BucketLifecycleConfiguration")["rules"]
    assert (rule["status"], rule["filter"]) == ("Enabled", {"prefix": ""})
    assert [(step["storageClass"], step["days"]) for step in rule.get("transitions", [])] == tiers
    assert rule.get("expiration") == (None if end is None else {"days": end})
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": versions}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


@pytest.mark.parametrize(
    ("purpose", "days", "tiers"),
    [
        (Purpose.ARTIFACTS, 60, ["STANDARD_IA"]),
        (Purpose.ARTIFACTS, 30, []),
        (Purpose.DATASETS, 60, ["INTELLIGENT_TIERING"]),
        (Purpose.DATASETS, 30, []),  # objects do not stay unread long enough to pay for the monitoring fee
    ],
)
def test_a_retention_replaces_the_purposes_own(purpose: Purpose, days: int, tiers: list[str]) -> None:
    [rule] = only(vault(purpose=purpose, retention_days=days), "BucketLifecycleConfiguration")["rules"]
    assert rule["expiration"] == {"days": days}
    assert [step["storageClass"] for step in rule.get("transitions", [])] == tiers


def test_what_is_tiered_by_age_has_its_steps() -> None:
    assert transitions(Lifecycle(30, 90, None, 1)) == [("STANDARD_IA", 30), ("GLACIER_IR", 90)]


ENDPOINT = "vpce-0123456789abcdef0"
READER = "arn:aws:iam::123456789012:role/falaj/copies"
OPEN = {**TAGS, "data-classification": "sensitive"}


def statements(seen: Recording) -> dict[str, dict[str, Any]]:
    result = document(seen.one("aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])["Statement"]
    return {statement["Sid"]: statement for statement in result}


@pytest.mark.parametrize(
    ("changed", "confined"),
    [
        ({}, False),
        ({"only_through": ENDPOINT}, True),
        ({"only_through": ENDPOINT, "tags": {**TAGS, "data-classification": "secret"}}, True),
        ({"only_through": ENDPOINT, "tags": OPEN}, False),
        ({"only_through": ENDPOINT, "tags": OPEN, "confined": True}, True),
        ({"only_through": ENDPOINT, "confined": False}, False),
    ],
)
def test_confidential_data_is_reached_through_the_endpoint_only(changed: dict[str, Any], confined: bool) -> None:
    statements_by_sid = statements(vault(**changed))
    assert set(statements_by_sid) == {"TlsOnly", "Tls12"} | ({"EndpointOnly"} if confined else set())


def test_bucket_access_may_be_unknown_in_a_preview() -> None:
    def made() -> None:
        later = {key: pulumi.Output.from_input(value) for key, value in (("e", ENDPOINT), ("r", READER))}
        aws.Vault("uae", aws.VaultArgs.of("uae", {**VAULT, "only_through": later["e"], "trusted_roles": [later["r"]]}))

    assert statements(build(made)) == statements(vault(only_through=ENDPOINT, trusted_roles=[READER]))


def test_lustre_uses_the_key_through_s3_where_it_is_linked() -> None:
    [_, use] = document(vault(scratch=True).one("aws:kms/key:Key").inputs["policy"])["Statement"]
    assert (use["Sid"], use["Principal"]) == ("LustreThroughS3", {"AWS": "*"})
    assert use["Condition"] == {
        "StringEquals": {"kms:ViaService": "s3.me-central-1.amazonaws.com", "kms:CallerAccount": "123456789012"},
        "ArnLike": {
            "aws:PrincipalArn": "arn:aws:iam::123456789012:role/aws-service-role/"
            "s3.data-source.lustre.fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_*"
        },
    }


def test_a_vault_with_backup_has_the_backup_tag() -> None:
    def tags(seen: Recording) -> dict[str, str]:
        return seen.one("aws:s3/bucket:Bucket").inputs["tags"]

    assert tags(vault(backed_up_by="uae-test")) == {**tags(vault()), "falaj-backup": "uae-test"}
    assert "falaj-backup" not in tags(vault())


def test_no_choice_changes_which_children_there_are() -> None:
    every = vault(
        only_through=ENDPOINT, readers=[READER], reader_addresses=["20.1.2.3"], scratch=True, backed_up_by="uae-test"
    )
    assert every.names() == vault().names()


def test_protect_holds_the_bucket_and_its_key() -> None:
    assert {resource.name for resource in vault(protect=True).resources if resource.protect} == {
        "uae-bucket",
        "uae-key",
    }
    assert not any(item.protect for item in vault().resources)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"purpose": "logs"}, r"purpose: \"logs\" is not allowed"),
        ({"retention_days": 0}, r"retention_days: 0 is not allowed"),
        ({"confined": True}, r"confined: true is not allowed; allowed: false where there is no endpoint"),
        (
            {"readers": [READER]},
            r"reader_addresses: required where `readers` is given without `reader_endpoints`",
        ),
        (
            {"reader_addresses": ["20.1.2.3"]},
            r"readers: required where `reader_addresses` or `reader_endpoints` is given",
        ),
        (
            {"reader_endpoints": ["vpce-1"]},
            r"readers: required where `reader_addresses` or `reader_endpoints` is given",
        ),
    ],
)
def test_impossible_vaults_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        vault(**changed)
