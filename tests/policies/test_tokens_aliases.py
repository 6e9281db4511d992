"""Resource types under former or versioned tokens."""

from typing import Any

import pytest

from .harness import Given, Pack, blocking

PACK = Pack()


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


@pytest.mark.parametrize(
    ("token", "props", "rule"),
    [
        ("aws:s3/bucketV2:BucketV2", {"acl": "public-read"}, "FJ-EXP-107"),
        ("azure-native:storage/v20230101:StorageAccount", {"location": "westeurope"}, "FJ-RES-201"),
        ("azure-native_storage_v20240101:storage:StorageAccount", {"location": "westeurope"}, "FJ-RES-201"),
        ("pulumi:providers:aws", {"region": "eu-west-1"}, "FJ-RES-101"),
        (
            "pulumi:providers:aws",
            {"region": "me-central-1", "assumeRoles": "[{}]", "endpoints": '[{"s3": "s3.eu-west-1.amazonaws.com"}]'},
            "FJ-RES-104",
        ),
        ("aws:unheard/of:Of", {"region": "eu-west-1"}, "FJ-RES-101"),
    ],
)
def test_a_type_is_evaluated_under_another_token(token: str, props: dict[str, Any], rule: str) -> None:
    assert refused(token, props, rule)
