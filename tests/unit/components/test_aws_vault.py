"""A vault on AWS: closed, encrypted, kept as long as its purpose says."""

from typing import Any

import pytest

from components import aws
from components.core.validated import BadArguments
from components.core.words import Purpose
from tests.unit.components.aws_samples import VAULT
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

KEY = "arn:aws:kms:me-central-1:123456789012:key/uae-key"


def vault(**changed: Any) -> Recording:
    return recorded(aws.Vault, {**VAULT, **changed})


def only(seen: Recording, kind: str) -> dict[str, Any]:
    found = seen.one(f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}").inputs
    assert found["bucket"] == "uae-bucket-id"
    return found


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
    seen = vault()
    block = only(seen, "BucketPublicAccessBlock")
    ways = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [block[way] for way in ways] == [True] * 4
    assert only(seen, "BucketOwnershipControls")["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    assert not {"acl", "grants", "website", "policy"} & set(seen.one("aws:s3/bucket:Bucket").inputs)


def test_only_tls_reaches_it_and_the_policy_waits_for_the_block() -> None:
    seen = vault()
    policy = seen.one("aws:s3/bucketPolicy:BucketPolicy")
    statements = document(policy.inputs["policy"])["Statement"]
    assert {(s["Sid"], s["Effect"]) for s in statements} == {("TlsOnly", "Deny"), ("Tls12", "Deny")}
    assert statements[0]["Resource"] == ["arn:aws:s3:::uae-bucket", "arn:aws:s3:::uae-bucket/*"]
    assert seen.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").urn in policy.depends_on


def test_old_versions_are_kept_and_the_rules_wait_for_that() -> None:
    seen = vault()
    assert only(seen, "BucketVersioning")["versioningConfiguration"] == {"status": "Enabled"}
    lifecycle = seen.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    assert seen.one("aws:s3/bucketVersioning:BucketVersioning").urn in lifecycle.depends_on


@pytest.mark.parametrize(
    ("purpose", "tiers", "end", "versions"),
    [
        (Purpose.DATASETS, [("STANDARD_IA", 30), ("GLACIER_IR", 90)], None, 30),
        (Purpose.CHECKPOINTS, [], 60, 7),
        (Purpose.MODELS, [("STANDARD_IA", 90)], None, 365),
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


def test_a_retention_replaces_the_purposes_own() -> None:
    [rule] = only(vault(purpose=Purpose.DATASETS, retention_days=60), "BucketLifecycleConfiguration")["rules"]
    assert rule["expiration"] == {"days": 60}
    assert [step["storageClass"] for step in rule["transitions"]] == ["STANDARD_IA"]


def test_protect_holds_the_bucket_and_its_key() -> None:
    assert {seen.name for seen in vault(protect=True).resources if seen.protect} == {"uae-bucket", "uae-key"}
    assert not any(seen.protect for seen in vault().resources)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"purpose": "logs"}, r"purpose: \"logs\" is not allowed"),
        ({"retention_days": 0}, r"retention_days: 0 is not allowed"),
    ],
)
def test_impossible_vaults_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        vault(**changed)
