"""Vaults in an existing S3-compatible object store. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, TypedDict
from urllib.parse import urlsplit

from pydantic import AfterValidator

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.text_forms import TextForm

BUCKET = r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"
"""Pattern of a bucket's name (S3, bucket naming rules)."""

Bucket = Annotated[
    str,
    TextForm(
        BUCKET, "3 to 63 lower-case letters, digits, dots and dashes, first and last a letter or digit", "falaj-models"
    ),
]
"""Name of a bucket."""

PUBLIC_CLOUD_HOSTS = re.compile(
    r"(^|\.)(amazonaws\.com|googleapis\.com|core\.windows\.net|digitaloceanspaces\.com|backblazeb2\.com|wasabisys\.com"
    r"|r2\.cloudflarestorage\.com|aliyuncs\.com|oraclecloud\.com)$"
)
"""Hosts of public object stores, which are rejected: vaults on a cloud are created and checked by a site on that
cloud."""


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise refusal("`https://host` without path, query or credentials", "write it like https://s3.example.ae")
    if ":" in parts.netloc:
        raise refusal(
            "port 443, the only port that tenant namespaces allow egress to", "serve it on port 443", "", value
        )
    if PUBLIC_CLOUD_HOSTS.search(parts.hostname):
        raise refusal("your own object store inside the country", "use a site on that cloud for its vaults")
    return value.rstrip("/")


StoreAddress = Annotated[str, AfterValidator(_address)]
"""HTTPS address of your own S3-compatible object store, on port 443."""


class SecretKeyRef(TypedDict):
    """A key of a Kubernetes secret."""

    name: Input[str]
    key: str


class SecretValue(TypedDict):
    """The source of an environment variable's value, in Kubernetes' spelling."""

    secretKeyRef: SecretKeyRef


class Variable(TypedDict, total=False):
    """An environment variable of a container, in Kubernetes' spelling."""

    name: str
    value: Input[str]
    valueFrom: SecretValue


class StoreSpec(Spec):
    """Access of pods to an S3-compatible object store with access keys instead of a cloud identity."""

    endpoint: Input[StoreAddress]
    """Address of the store, `https://host`, on port 443."""
    secret: Input[Label]
    """Name of a secret in the pods' namespace with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. The
    operator of the store maintains it."""

    @property
    def variables(self) -> list[Variable]:
        """Environment variables of a container, which reference the secret and contain none of its values."""
        keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        credentials: list[Variable] = [
            {"name": key, "valueFrom": {"secretKeyRef": {"name": self.secret, "key": key}}} for key in keys
        ]
        return [{"name": "AWS_ENDPOINT_URL", "value": self.endpoint}, *credentials]


def bucket_problems(buckets: Mapping[Purpose, Input[str]]) -> Iterator[Problem]:
    """Yields problems for purposes that share a known bucket, because access to one would include the other."""
    purpose_by_bucket: dict[str, Purpose] = {}
    known = {purpose: bucket for purpose, bucket in buckets.items() if isinstance(bucket, str)}
    for purpose, bucket in known.items():
        if bucket in purpose_by_bucket:
            allowed = f"a separate bucket; this one is used for {purpose_by_bucket[bucket].value}"
            yield Problem(purpose.value, bucket, allowed, "use another bucket")
        purpose_by_bucket.setdefault(bucket, purpose)
