"""Switches of features by which a program leaves a check out.

A switch is read by its name: what it protects from or whom it checks, and that it is a check. Switches of a new version
or of a page are none. App Configuration keeps them as JSON with `id` and `enabled` (key `.appconfig.featureflag/NAME`,
found in ten public programs, read 2026-12-01), AWS AppConfig below `values` (AWS AppConfig User Guide, "Understanding
the type reference for AWS.AppConfig.FeatureFlags", read 2026-11-30).
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, from_json

_WORDS = lazy_regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+[A-Za-z]?")
_SUBJECTS = frozenset({
    "2fa", "access", "aml", "antivirus", "audit", "auth", "authentication", "authorisation", "authorization", "captcha",
    "certificate", "consent", "credential", "duplicate", "encryption", "fraud", "identity", "jwt", "kyc", "limit",
    "malware", "masking", "mfa", "otp", "payment", "permission", "pii", "sanction", "sanctions", "signature", "tls",
    "token", "virus",
})  # fmt: skip
_CHECKS = frozenset({
    "audit", "auditing", "authentication", "authorisation", "authorization", "challenge", "check", "checking", "checks",
    "control", "controls", "detection", "encryption", "enforced", "enforcement", "guard", "limit",
    "limits", "masking", "mfa", "protection", "required", "scan", "scanning", "screening", "validation", "verification",
})  # fmt: skip
_OTHERS = frozenset({
    "beta", "button", "canary", "dashboard", "experiment", "experimental", "new", "notification", "page", "pilot",
    "preview", "report", "screen", "shadow", "tab", "ui", "v2", "v3", "v4", "view", "widget",
})  # fmt: skip
_OFFERS = frozenset({
    "apple", "biometric", "biometrics", "extend", "face", "google", "higher", "increase", "passkey", "passkeys",
    "passwordless", "raise", "request", "social", "uaepass", "video", "voice", "webauthn",
})  # fmt: skip
"""Words of what a program offers besides, such as another way to sign in or a higher limit: nothing is left out as long
as it is off."""
_LEAVES_OUT = frozenset({"bypass", "disable", "disabled", "exempt", "ignore", "no", "off", "skip", "without"})


def leaves_check_out(name: str, is_on: bool) -> bool:
    """Returns whether a switch in this position leaves a check out, by its name."""
    words = [word.lower() for word in _WORDS.findall(name[:200])]
    if not _OTHERS.isdisjoint(words) or _SUBJECTS.isdisjoint(words):
        return False
    if not _LEAVES_OUT.isdisjoint(words):
        return is_on
    if not _OFFERS.isdisjoint(words):
        return False
    is_check = not _CHECKS.isdisjoint(words[-2:]) and (len(words) > 1 or words[0] in _CHECKS)
    return is_check and not is_on


def switches(value: Plain, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Yields the switches in a document, or in its JSON, as (name, whether it is on)."""
    given = from_json(value) if isinstance(value, str) else value
    if not isinstance(given, dict) or depth > 4:
        return
    if isinstance(given.get("id"), str) and isinstance(given.get("enabled"), bool):
        yield str(given["id"]), given["enabled"] is True
        return
    for name, item in given.items():
        if isinstance(item, dict) and isinstance(item.get("enabled"), bool):
            yield name, item["enabled"] is True
        elif isinstance(item, dict):
            yield from switches(item, depth + 1)
