"""Vaults of a store that is there already: buckets behind an address that speaks S3. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from components.core.problems import Problem, refusal
from components.core.words import Purpose

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


def bucket_problems(buckets: Mapping[Purpose, str]) -> Iterator[Problem]:
    """Purposes that share a bucket: who may read one may then read the other."""
    seen: dict[str, Purpose] = {}
    for purpose, bucket in buckets.items():
        if bucket in seen:
            allowed = f"a bucket of its own; this one is {seen[bucket].value}"
            yield Problem(purpose.value, bucket, allowed, "name another one")
        seen.setdefault(bucket, purpose)
