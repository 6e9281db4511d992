"""Proxies and authorizers of clusters that remember who is let in by something that is no credential of the caller.

Whoever comes after the first one with the same host or path has its answer. `auth-cache-key` of ingress-nginx, and
`global-auth-cache-key` of its ConfigMap (kubernetes/ingress-nginx dbb11b92d, docs/user-guide/nginx-configuration:
without it nothing is remembered; the name in `$remote_user` is what the caller claims), `cache.key` of an identity in
an AuthConfig of Authorino or an AuthPolicy of Kuadrant (Kuadrant/authorino 58fecc6cd api/v1beta3/auth_config_types.go
and docs/features.md; its other steps come after the identity), and of `extAuth` of agentgateway, whose definition warns
of it (datreeio/CRDs-catalog 7b1e26ef9, AgentgatewayPolicy); read 2026-11-30.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.texts import read_texts
from .remembered_answers import CREDENTIAL

_NAME = lazy_regex(r"(?:.*[/._-])?(?:global[_-]?)?auth[_-]?cache[_-]?key", re.IGNORECASE)
_STEP = lazy_regex(
    r"(?P<key>.{0,300}\b(?:(?:authentication|identity)(?:\.[\w-]{1,100}|\[\d{1,3}\])|ext_?auth(?:[sz]|entication)?"
    r"(?:\.[\w-]{1,60}){0,3})\.cache\.key)\b[\w.\[\]]{0,60}",
    re.IGNORECASE,
)
_OF_CLUSTERS = lazy_regex(r"api_key|ssl_client|(?<![a-z])source\.|identity", re.IGNORECASE)
"""What else names a caller: a key in a header, as nginx writes it, and the certificate of a client."""
_LITERALS = lazy_regex(r"(?<![\[(])'[^']*'|(?<![\[(])\"[^\"$]*\"")
"""Words of an expression that are the same for every caller; those in brackets name a header."""
_FIXED = "every caller"
"""What stands for a value that is written down, which is the same for every caller."""
_LONGEST = 600
"""Characters of a path that is read."""


def check_remembered_sign_ins(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each answer that is remembered by no credential."""
    keys: dict[str, list[str | None]] = defaultdict(list)
    for leaf in read_texts(resource).leaves:
        if "cache" not in f"{leaf.path}.{leaf.key}".lower() or len(leaf.path) > _LONGEST:
            continue
        step = _STEP.fullmatch(leaf.path)
        path = step["key"] if step is not None else leaf.path if _NAME.fullmatch(leaf.key) else ""
        if path:
            text = leaf.value if isinstance(leaf.value, str) else None
            is_word = leaf.path.endswith(".key.expression") and "." not in (text or ".")
            is_fixed = is_word or leaf.path.endswith(".key.value")
            keys[path].append(_FIXED if is_fixed and text else text)
    for path, values in keys.items():
        # What is not known yet may be a credential.
        if any(values) and not any(value is None or _names_caller(value) for value in values):
            yield failed(f"{path} must name a credential of the caller: otherwise whoever comes after one who was let "
                         "in has the remembered answer", path)  # fmt: skip


def _names_caller(value: str) -> bool:
    text = _LITERALS.sub("", value)
    return CREDENTIAL.search(text) is not None or _OF_CLUSTERS.search(text) is not None
