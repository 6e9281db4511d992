"""The check of the paths of findings, which runs in all tests of the policy pack."""

import pytest
from guardrails.engine.evaluate import Finding
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import failed
from guardrails.registry import ALL

from .finding_paths import is_property
from .harness import Given

BUCKET = "aws:s3/bucket:Bucket"


def resource(token: str, **props: object) -> Resource:
    return Resource(Given(token, props).urn, token, "it", dict(props))


@pytest.mark.parametrize(
    ("token", "path", "known"),
    [
        (BUCKET, "versioning.enabled", True),
        (BUCKET, "given[0].key", True),
        (BUCKET, "VERSIONING.enabled", False),
        ("kubernetes:core/v1:ConfigMap", "data", True),
        ("kubernetes:example.org/v1:Thing", "spec.tls", True),
        ("kubernetes:example.org/v1:Thing", "XXspec.tlsXX", False),
        ("example:index:Thing", "name", False),
    ],
)
def test_a_property_is_given_or_of_the_sdk(token: str, path: str, known: bool) -> None:
    assert is_property(resource(token, given=[]), path) is known


def test_a_finding_with_the_path_of_no_property_is_an_error() -> None:
    assert Finding(ALL[0], resource(BUCKET), failed("it is wrong", "versioning")).outcome.path == "versioning"
    with pytest.raises(ValueError, match=r"has no property 'VERSIONING'"):
        Finding(ALL[0], resource(BUCKET), failed("it is wrong", "VERSIONING"))
