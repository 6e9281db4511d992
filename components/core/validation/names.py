"""Names that the clouds and Kubernetes accept."""

import hashlib
import re
from typing import Annotated

from pydantic import StringConstraints

Label = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
"""Name of a Kubernetes namespace or of an object in one: a DNS label (RFC 1123)."""

HttpAddress = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.-]+(:[0-9]+)?(/[^\s]*)?$")]
"""Address of a server that answers HTTP, `http://prometheus.monitoring:9090`."""

SiteName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
"""Name of a site: the prefix of the names of its resources."""

TenantName = Annotated[str, StringConstraints(pattern=r"^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$")]
"""Name of a tenant: legal as a tag, as a label and as a part of a namespace's name."""


def short_name(*parts: str, limit: int, tail: int = 6) -> str:
    """Lower-case letters and digits only, at most `limit` characters, unique by a hash when it must be cut.

    For Azure storage accounts (24), key vaults (24) and agent pools (12).
    """
    full = re.sub(r"[^a-z0-9]", "", "".join(parts).lower())
    if len(full) <= limit:
        return full
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:tail]
    return full[: limit - tail] + digest


def globally_unique_name(name: str, seed: str, limit: int, tail: int = 6) -> str:
    """Like `short_name`, and always ended by a hash of `seed`: for names that the whole world shares.

    Seeded with the id of a resource group or account, a name is taken neither by others nor by a former deployment.
    """
    digest = hashlib.sha256(f"{name}\0{seed}".encode()).hexdigest()[:tail]
    return short_name(name, limit=limit - tail) + digest
