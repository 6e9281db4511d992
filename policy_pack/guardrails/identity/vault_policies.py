"""Policies of a vault that are written as JSON: on every path, or on those by which whoever has one writes policies.

Those in the vault's own language are texts, which `program_switches.csv` reads. JSON with the same words is one too
(hashicorp/vault 08bbe614 website/content/docs/concepts/policies.mdx, read 2026-12-01).
"""

from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_CAPABILITY = lazy_regex(r"(?:.*\.)?path(?:\[\d{1,3}\])?\.(?P<path>[^.\s]{1,200})\.capabilities(?:\[\d{1,3}\])?")
_EVERY_PATH = lazy_regex(r"/?(?:\+/){0,9}[*+]")
_OF_SYSTEM = lazy_regex(r"/?sys/(?:[*+]|pol[a-z]{0,5}(?:/acl)?(?:/[*+]|\*))")
"""Every path of the system, or the policies of the vault."""
_LONGEST = 500
_CHANGES = frozenset({"create", "patch", "sudo", "update", "write"})


def check_vault_policies(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each capability on such a path."""
    for leaf in leaves:
        match = _CAPABILITY.fullmatch(leaf.path) if len(leaf.path) <= _LONGEST else None
        capability = str(leaf.value).strip().lower()
        if match is None:
            continue
        if _EVERY_PATH.fullmatch(match["path"]) and capability in {*_CHANGES, "read"}:
            yield failed(f"{leaf.path}: whoever has the policy reads and changes every secret", leaf.path)
        elif _OF_SYSTEM.fullmatch(match["path"]) and capability in _CHANGES:
            yield failed(f"{leaf.path}: whoever has the policy gives himself every right", leaf.path)
