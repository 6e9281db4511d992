"""Names that the clouds and Kubernetes accept."""

import hashlib
import re
from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

LONGEST_ADDRESS = 2048
"""Most characters of an address; proxies and gateways take no longer ones (RFC 9110, 4.1, asks for 8,000)."""

_PATH = r"(/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*)?"
"""Path and query of an address in the characters of RFC 3986, but quotes and brackets, which end a text elsewhere."""

Label = Annotated[
    str,
    TextForm(
        r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
        "at most 63 lower-case letters, digits and dashes, first and last no dash",
        "monitoring",
    ),
]
"""Name of a Kubernetes namespace or of an object in one: a DNS label (RFC 1123)."""

Subdomain = Annotated[
    str,
    TextForm(
        r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        "lower-case letters, digits and dashes, in parts with dots between them",
        "ceph-block",
        max_length=253,
    ),
]
"""Name of most Kubernetes objects, such as a storage class: a DNS subdomain (RFC 1123)."""

LabelKey = Annotated[
    str,
    TextForm(
        r"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",
        "at most 63 letters, digits, `-`, `_` and `.`, after an optional domain and `/`",
        "release",
    ),
]
"""Key of a Kubernetes label: a name, after an optional prefix `example.ae/`."""

LabelValue = Annotated[
    str,
    TextForm(
        r"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",
        "at most 63 letters, digits, `-`, `_` and `.`",
        "prometheus",
    ),
]
"""Value of a Kubernetes label."""

HttpAddress = Annotated[
    str,
    TextForm(
        rf"^https?://[a-z0-9.-]+(:[0-9]+)?{_PATH}$",
        "an address that begins with http:// or https://",
        "http://prometheus.monitoring:9090",
        LONGEST_ADDRESS,
    ),
]
"""HTTP or HTTPS address of a server, such as `http://prometheus.monitoring:9090`."""

HttpsAddress = Annotated[
    str,
    TextForm(
        rf"^https://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?{_PATH}$",
        "an address that begins with https://",
        "https://s3.example.ae",
        LONGEST_ADDRESS,
    ),
]
"""HTTPS address of a server, such as `https://s3.example.ae`."""

Domain = Annotated[
    str,
    TextForm(
        r"^(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$",
        "a DNS name in lower case, with `*.` before it for all names below it",
        "*.models.example.ae",
    ),
]
"""A DNS name; may start with the wildcard `*.`."""

SiteName = Annotated[
    str, TextForm(r"^[a-z][a-z0-9]{1,11}$", "2 to 12 lower-case letters and digits, first a letter", "awsuae")
]
"""Name of a site: 2 to 12 lower-case letters and digits, used as the prefix of its resource names."""

TenantName = Annotated[
    str,
    TextForm(
        r"^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$",
        "at most 32 lower-case letters, digits and dashes, first a letter, last no dash",
        "retail-banking",
    ),
]
"""Name of a tenant, valid as a tag, as a label and as a part of a namespace name."""


def short_name(*parts: str, limit: int, tail: int = 6) -> str:
    """Joins `parts` into a name of lower-case letters and digits with at most `limit` characters.

    Ends with a hash of `tail` characters if it must be shortened, to keep names unique. For Azure storage accounts
    (24), key vaults (24) and agent pools (12).
    """
    full = re.sub(r"[^a-z0-9]", "", "".join(parts).lower())
    if len(full) <= limit:
        return full
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:tail]
    return full[: limit - tail] + digest


def globally_unique_name(name: str, seed: str, limit: int, tail: int = 6) -> str:
    """Returns a `short_name` that always ends with a hash of `seed`, for resources whose names are globally unique.

    With the ID of a resource group or account as `seed`, the name conflicts neither with other customers nor with a
    previous deployment.
    """
    digest = hashlib.sha256(f"{name}\0{seed}".encode()).hexdigest()[:tail]
    return short_name(name, limit=limit - tail) + digest
