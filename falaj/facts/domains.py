"""Top-level domains, to tell names of public DNS from names that only a cluster resolves.

`top_level_domains.csv` holds the names of IANA's list, version 2026111700 (data.iana.org/TLD/tlds-alpha-by-domain.txt).
"""

from functools import cache

from falaj.facts.rows import rows


@cache
def top_level_domains() -> frozenset[str]:
    """Returns the top-level domains in lower case, without a dot. Raises `BadRow`."""
    return frozenset(row.cells["domain"] for row in rows("top_level_domains.csv", ("domain",), ("domain",)))
