"""Credentials that a gateway of Azure sends to its backends, in plain text."""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, one_or_many, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, passed
from ..readers.api_policies import POLICIES, elements
from ..readers.plaintext_secrets import judge_variable

BACKENDS = azure("apimanagement:Backend", "apimanagement:WorkspaceBackend")
_CREDENTIAL = lazy_regex(
    r"(?:.*[^a-z])?(?:authorization|(?:api|access|auth|client|functions?|secret|shared|subscription)[_-]?key|code|token"
    r"|signature|sig|secret|password)",
    re.IGNORECASE,
)
_NAME, _PASSWORD = (lazy_regex(rf"\b{name}\s*=\s*[\"']([^\"']{{1,300}})[\"']") for name in ("name", "password"))
_VALUE = lazy_regex(r"<value>\s*+([^<]{1,2000})</value>")
_SCHEME = lazy_regex(r"\s*+(?:basic|bearer|apikey)?+\s*+", re.IGNORECASE)


def check_backends(resource: Resource) -> Iterator[Outcome]:
    """Yields the verdict on each credential that a gateway sends to a backend. Whoever reads the service reads it, also
    if the program had it from a vault; a named value, `{{core-key}}`, may be hidden (pulumi-azure-native 3.29.0 docs,
    NamedValue, secret and keyVault; read 2026-11-30)."""
    if resource.type not in BACKENDS:
        return
    for pattern in ("credentials?.header?", "credentials?.query?", "credentials?.authorization?.parameter?"):
        for path, found in walk(resource.props, pattern):
            for name, values in (found if isinstance(found, dict) else {"authorization": found}).items():
                label = "credential" if _CREDENTIAL.fullmatch(name) else name
                for value in one_or_many(values):
                    is_named = isinstance(value, str) and "{{" in value
                    yield passed() if is_named else judge_variable(label, value, path)


def check_policies(resource: Resource) -> Iterator[Outcome]:
    """Yields the verdict on each credential in a policy of API Management, which every reader of the service sees."""
    policy = resource.get("value") if resource.type in POLICIES else None
    if not isinstance(policy, str):
        return
    found = [
        text for attributes, _ in elements(policy, "authentication-basic") for text in _PASSWORD.findall(attributes)
    ]
    for attributes, body in elements(policy, "set-header"):
        name = _NAME.search(attributes)
        if name is not None and _CREDENTIAL.fullmatch(name[1]):
            found += _VALUE.findall(body)
    for text in found:
        is_elsewhere = text.strip().startswith("@") or "{{" in text or _SCHEME.fullmatch(text)
        yield passed() if is_elsewhere else judge_variable("credential", text, "value")
