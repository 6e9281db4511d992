"""Names that the clouds accept."""

import hashlib
import re


def compact(*parts: str, limit: int, tail: int = 6) -> str:
    """Lower-case letters and digits only, at most `limit` characters, unique by a hash when it must be cut.

    For Azure storage accounts (24), key vaults (24) and agent pools (12).
    """
    full = re.sub(r"[^a-z0-9]", "", "".join(parts).lower())
    if len(full) <= limit:
        return full
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:tail]
    return full[: limit - tail] + digest
