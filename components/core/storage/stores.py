"""Vaults of a store that is there already: buckets behind an address that speaks S3. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypedDict
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refusal

BUCKET = r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"
"""A bucket's name (S3, bucket naming rules)."""

Bucket = Annotated[str, StringConstraints(pattern=BUCKET)]

ABROAD = re.compile(
    r"(^|\.)(amazonaws\.com|googleapis\.com|core\.windows\.net|digitaloceanspaces\.com|backblazeb2\.com|wasabisys\.com"
    r"|r2\.cloudflarestorage\.com|aliyuncs\.com|oraclecloud\.com)$"
)
"""Stores of clouds: a cloud's vault is made and checked by a site on that cloud."""


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise refusal("`https://host` and nothing else", "correct the address")
    if ":" in parts.netloc:
        raise refusal("port 443, the only one that tenants' spaces let out to", "have it answer there", "", value)
    if ABROAD.search(parts.hostname):
        raise refusal("a store of your own, inside the country", "have a site on that cloud for its vaults")
    return value.rstrip("/")


StoreAddress = Annotated[str, AfterValidator(_address)]
"""Where a store that speaks S3 is reached, encrypted on the way."""


class StoreSpec(TypedDict):
    """How pods get into a store that no cloud's identity opens."""

    endpoint: str
    """Its address, `https://...`."""
    secret: str
    """Secret in the pods' namespace with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, kept there by who
    runs the store."""


class CheckedStore(Checked):
    """The validated form of a `StoreSpec`."""

    endpoint: StoreAddress
    secret: Label

    @property
    def variables(self) -> list[dict[str, Any]]:
        """Environment variables of a container, in Kubernetes' own spelling; the secret's values are in none of it."""
        keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        found = [{"name": key, "valueFrom": {"secretKeyRef": {"name": self.secret, "key": key}}} for key in keys]
        return [{"name": "AWS_ENDPOINT_URL", "value": self.endpoint}, *found]


def bucket_problems(buckets: Mapping[Purpose, str]) -> Iterator[Problem]:
    """Purposes that share a bucket: who may read one may then read the other."""
    seen: dict[str, Purpose] = {}
    for purpose, bucket in buckets.items():
        if bucket in seen:
            allowed = f"a bucket of its own; this one is {seen[bucket].value}"
            yield Problem(purpose.value, bucket, allowed, "name another one")
        seen.setdefault(bucket, purpose)
