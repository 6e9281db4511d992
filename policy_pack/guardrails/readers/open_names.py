"""Settings whose names say by themselves that a protection is off, whatever program reads them: `ARANGO_NO_AUTH=1`,
`--unauthenticated`, `HTML_SANITIZATION=False`, `MB_ENABLE_PUBLIC_SHARING=true`.

A name is read as a phrase of its words: a word that takes something away and a protection behind it, with a value that
switches it on; a protection with a value that switches it off; or whoever is let in without a name. The words are those
of settings in public repositories (templates of Dokploy and coolify, images of docker-library/docs and others, found as
strings; read 2026-11-30). One way to sign in of several, such as passwords or mail, may be off, so that the word before
the protection decides. Fields of types have tables of their own: only names in texts and of variables are read.
"""

import re

from ..engine.lazy_regex import lazy_regex
from .leaf_cache import cached_by_text
from .setting_names import is_chosen
from .texts import Leaf

_WORD = lazy_regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LONGEST = 120
"""Characters of the longest name that is read."""
_MAY_BE = lazy_regex(
    r"auth|anonymous|guest|empty|blank|sanit|public|rbac|login|jwt|token|signature|password|sign_?ups?|registration",
    re.IGNORECASE,
)
"""What each name has that is refused: most names have none of it."""
_JOINED: dict[str, str] = {
    "noauth": "no auth", "disableauth": "disable auth", "skipauth": "skip auth", "authdisabled": "auth disabled",
    "authenabled": "auth enabled", "enableauth": "enable auth",
    "bypassauth": "bypass auth", "allowanonymous": "allow anonymous", "requireauth": "require auth",
}  # fmt: skip
"""Words that are written together, in the same letters."""

_AUTH = r"auth(?:entication|orization|n|z)?"
_WHOLE = r"(?:(?:all|api|server|http|web|ui|rest|global|mcp) )?"
"""Words that leave a protection the whole of it."""
_OFF_FIRST = r"(?:disabled?|skip|bypass|ignore)"
_LET_IN = (
    r"(?:access|logins?|users?|reads?|writes?|requests?|connections?|clients?|edits?|mode|verifiers|pull|push|api"
    r"|sources?)"
)
_SANITIZED = r"(?:html|svg|markdown|content|input|xss|dom|script)"
_SANITIZE = r"saniti[sz](?:e|er|ation|ing)"
_ON = lazy_regex(
    rf"\b(?:no|without) {_AUTH}$|\b{_OFF_FIRST} {_WHOLE}(?:{_AUTH}(?: checks?)?|login|rbac|access control)$"
    rf"|(?P<kind>\w*) ?\b(?:{_AUTH}|rbac|access control) (?:disabled?|bypass(?:ed)?|off|skipped)$"
    rf"|\bunauthenticated(?: {_LET_IN})?(?: (?:enabled|allowed))?$"
    rf"|\b(?:allow(?:ed|s)?|enabled?|accept|permit) (?:\w+ )?anonymous(?: {_LET_IN})?$"
    rf"|\banonymous (?:{_LET_IN} )?(?:enabled|allowed)$|\banonymous (?:access|logins?|users)$"
    r"|\b(?:allow|accept|enable) (?:\w+ )?(?:empty|blank|null) (?:\w+ )?passwords?$"
    r"|\b(?:allow|insecure|unsafe) (?:\w+ )?no (?:password|token)s?$|\bvnc no password$|\broot empty password$"
    r"|\b(?:allow|enable) public (?:sharing|shares?|links?|dashboards?|snapshots?)$"
    r"|\bpublic (?:sharing|snapshots)(?: (?:enabled|allowed))?$|\bpublic dashboards enabled$"
    r"|\b(?:allow|enable) guests?(?: (?:access|logins?|users?))?$|\bguest (?:access|login)(?: (?:enabled|allowed))?$"
    rf"|\b(?:no|disable|skip|bypass) (?:{_SANITIZED} )?{_SANITIZE}(?: {_SANITIZED})?$"
)
"""Phrases by which a protection is off where their value switches them on."""
_OFF = lazy_regex(
    rf"\b(?:enabled?|requires?|uses?|enforce|force) {_WHOLE}{_AUTH}$"
    rf"|(?P<kind>\w*) ?\b{_AUTH} (?:enabled?|required|enforced|enforcement)$"
    rf"|\b{_SANITIZED} {_SANITIZE}(?: enabled)?$|\b{_SANITIZE} (?:html|svg|markdown|dom)$"
    r"|\bverify (?:jwts?|tokens?|signature)$"
)
"""Phrases by which a protection is off where their value switches them off."""
_VARIABLE_OFF = lazy_regex(rf"^(?:(?P<kind>[a-z]{{2,}}) )?{_AUTH}$")
_VARIABLE_NONE = lazy_regex(rf"^{_AUTH}(?: (?:type|mode|method))?$|(?P<kind>\w+) {_AUTH}$")
"""The same, of variables in capital letters with the name of a program alone, such as `WEB_AUTH=false`, and of those
with a value that says there is none."""

_WHO = r"(?:(?:open|self|public|users?|account|local|email) )?"
_SIGN_UP = r"(?:signups?|sign ups?|registrations?)"
_OPEN_DOOR = lazy_regex(
    rf"\b(?:allow|enable) {_WHO}{_SIGN_UP}$|\b(?:signups?|sign up) (?:allowed|enabled|open)$|\bopen registration$"
    r"|\bregistration (?:open|allowed)$|\b(?:users?|self|public|account) registration enabled$"
)
_CLOSED_DOOR = lazy_regex(
    rf"\b(?:disable|disallow|prevent) {_WHO}{_SIGN_UP}(?: without link)?$|\b(?:signups?|sign up) disabled$"
)
"""Phrases of variables by which whoever reaches a page signs himself up, where their value is on, and off."""
_BY_OTHERS = lazy_regex(
    r"\b(?:o ?auth|open ?id|oidc|sso|social|ldap|saml|jwt|proxy|github|google|azure ?ad|okta|gitlab|keycloak|only"
    r"|jobs)\b"
)
"""Those whose account somebody else makes."""
_LIMIT = lazy_regex(
    r".*(?:sign_?ups?|registrations?|allowed|email)\w{0,20}?(?:domains?|emails?|whitelist|allowlist|token|code)\w{0,9}"
    r"|.*only_external_registration|.*register_manual_confirm|.*default_?user_?role",
    re.IGNORECASE,
)
"""Names of settings that say who may sign himself up, or what he may then."""

_KIND = lazy_regex(
    r"basic|digest|pass(?:word|wd|phrase|key)|local|legacy|e?mail|smtp|imap|form|ntlm|kerberos|krb|ldap|saml|oidc|sso|o"
    r"|oauth|google|github|gitlab|azure|azuread|ad|aad|entra|microsoft|facebook|okta|social|phone|sms|link|t?otp|mfa"
    r"|factor|step|fa|webauthn|cert|certificate|mtls|tls|ssl|key|apikey|token|jwt|session|cookie|header|proxy|remote"
    r"|external|internal|anonymous|guest|public|user|username|iam|db|database|native|challenge|host|hostbased|gssapi"
    r"|pubkey|pam|x|webhook|bearer|delegated|client|peer|keycloak|openid|scram|sasl|plain|root|npm|docker|registry"
    r"|upstream|surrogate|curl|git|only|always|query|querystring|metrics|health|docs|swagger|identity|pod|managed|msi"
    r"|face|plugin|provider|service|pre|mutual|auto|\d+"
)
"""Ways to sign in of several, and what else a word before a protection makes something else of it."""
_OTHER = lazy_regex(
    r"\b(?:disallow\w*|den(?:y|ied)|forbid\w*|prevent\w*|reject\w*|block\w*|restrict\w*|refuse\w*|hide|if|when|smtp"
    r"|mail"
    r"|imap|proxy|relay|loopback|localhost|test\w*|workspace|permissions|cache|log(?:s|ging)?)\b"
    r"|\b(?:disabled?|no|not|without) (?:\w+ )?(?:allow |enable )?(?:anonymous|unauthenticated|guests?|empty|public)\b"
    r"|\b(?:disabled?|no) skip\b"
    r"|\b(?:telemetry|tracking) anonymous\b"
)
"""Words of names that say the opposite, or something else."""
_TAKEN = lazy_regex(r"\b(?:disabled?|no|not|skip|bypass|without|ignore|anonymous|unauthenticated|un)\b")
_TRUE = lazy_regex(r"t(?:rue)?|1|y(?:es)?|on|enabled?", re.IGNORECASE)
_FALSE = lazy_regex(r"f(?:alse)?|0|no?|off|disabled?", re.IGNORECASE)
_NONE = lazy_regex(r"none|no[_-]?auth|anonymous", re.IGNORECASE)
_OTHERS = ("auth_enabled", "disable-authentication", "rc-no-auth")
"""Names of what is no sign-in: Loki's tenants in a header, and certificates of clients of Ghostunnel, which the server
behind it may ask for itself; rclone listens to its own machine, and a row refuses what else it listens to
(grafana/loki 65e30f84 docs/sources/operations/multi-tenancy.md; ghostunnel/ghostunnel 96e1e7e
docs/getting-started/flags.md; rclone, "rclone rcd"; read 2026-11-30)."""
_BELOW = ("enabled", "disabled", "value")
"""Keys that say nothing without the one above them."""
_SIGNED_UP = "whoever reaches the page signs himself up"
_HARM = {
    "public": "whoever has a link, or reaches the page, reads without sign-in",
    "saniti": "what a user writes runs as a script in the browsers of others",
    "allow unauthenticated": "whoever reaches the program is let in without sign-in; with APT, nobody signed packages",
    "verify": "callers are believed without a proof of who they are",
    "": "whoever reaches the program is let in without sign-in, or does what he has no right to",
}  # fmt: skip


def may_be_open(name: str) -> bool:
    """Returns whether a name has one of the words that are looked for."""
    return len(name) <= _LONGEST and _MAY_BE.search(name) is not None


@cached_by_text
def _phrase(name: str) -> str:
    words = [str(word).lower() for word in _WORD.findall(name)]
    return " ".join(_JOINED.get(word, word) for word in words).replace("web authn", "webauthn")


def _matches(expression: re.Pattern[str], phrase: str) -> bool:
    """Returns whether a phrase ends as an expression says, and not with one kind of a protection."""
    found = expression.search(phrase)
    return found is not None and not _KIND.fullmatch(found["kind"] or "")


_OWN = r"[\"']?(?:127\.\d|localhost(?![\w.-])|\[?::1\b)"
_LISTENER = lazy_regex(r"(?:.*[_.-])?(?:listen|bind)(?:[_-]?(?:on|addr(?:ess)?|host|ip))?", re.IGNORECASE)
_OWN_LISTENER = lazy_regex(rf"(?<![\w-])--(?:host|listen|bind|(?:listen|bind)-(?:addr(?:ess)?|host))[= ]{_OWN}")


def is_own_listener(leaf: Leaf) -> bool:
    """Returns whether a setting says that a program listens to its own pod alone."""
    value = str(leaf.value)
    if len(leaf.key) <= _LONGEST and _LISTENER.fullmatch(leaf.key):
        return re.match(_OWN, value) is not None
    return "--" in value and _OWN_LISTENER.search(value) is not None


def _is_open_door(phrase: str, name: str, value: str) -> bool:
    """Returns whether a variable lets whoever reaches a page sign himself up."""
    if not name.isupper() or _BY_OTHERS.search(phrase):
        return False
    door = _OPEN_DOOR if _TRUE.fullmatch(value) else _CLOSED_DOOR if _FALSE.fullmatch(value) else None
    is_opposite = door is _OPEN_DOOR and re.search(r"\b(?:disable|disallow|prevent|no|not)\b", phrase)
    return door is not None and not is_opposite and door.search(phrase) is not None


def is_sign_up(harm: str) -> bool:
    """Returns whether a harm is that people sign themselves up, which other settings limit."""
    return harm == _SIGNED_UP


def limits_sign_up(leaf: Leaf) -> bool:
    """Returns whether a setting says who may sign himself up."""
    name = str(leaf.value) if leaf.key == "name" else leaf.key
    return len(name) <= _LONGEST and bool(str(leaf.value).strip()) and _LIMIT.fullmatch(name) is not None


def _is_off(phrase: str, name: str, value: str, *, is_joined: bool) -> bool:
    if _OTHER.search(phrase):
        return False
    if _TRUE.fullmatch(value):
        return _matches(_ON, phrase)
    if is_joined or _TAKEN.search(phrase):
        return False
    is_false, is_variable = _FALSE.fullmatch(value) is not None, name.isupper()
    of_variable = _VARIABLE_NONE if _NONE.fullmatch(value) else _VARIABLE_OFF if is_false else None
    if is_variable and of_variable is not None and _matches(of_variable, phrase):
        return True
    return is_false and _matches(_OFF, phrase)


def _says_nothing(leaf: Leaf, name: str) -> bool:
    """Returns whether a name is one of those that only look alike: of another program, of an argument of Python, or of
    one kind of sign-in, by the key above it."""
    value, above = str(leaf.value), leaf.path.split(".")[-2:-1]
    is_bare = name == "unauthenticated" and leaf.path.endswith(name)
    is_argument = "_" in name and name.islower() and value in ("True", "False")
    is_of_kind = leaf.path.endswith(name) and bool(above) and _KIND.fullmatch(above[0].lower()) is not None
    is_other = name.removeprefix("loki.") in _OTHERS
    return is_bare or is_argument or is_other or (is_of_kind and _FALSE.fullmatch(value) is not None)


def harm_by_name(leaf: Leaf) -> str:
    """Returns the harm of a setting by whose name and value a protection is off; nothing if they do not say so."""
    name, above = leaf.key, ""
    if name.lower() in _BELOW:
        above = ".".join(leaf.path.split(".")[-2:-1])
        name = above if name == "value" else f"{above}.{name}"
    if not may_be_open(name) or _says_nothing(leaf, name) or not (leaf.is_in_text or is_chosen(leaf.path)):
        return ""
    phrase, value = _phrase(name), str(leaf.value).strip().strip(" \"'")
    if not above and _is_open_door(phrase, name, value):
        return _SIGNED_UP
    if not _is_off(phrase, name, value, is_joined=bool(above)):
        return ""
    return next(harm for word, harm in _HARM.items() if word in phrase)


def harm_of_field(name: str, above: str, value: str) -> str:
    """Returns the harm of a field of an operator's object that, by its name, switches a protection off where it is
    true. `above` is the key above it."""
    full = f"{above}.{name}" if name.lower() in _BELOW else name
    if not may_be_open(full) or not _TRUE.fullmatch(value):
        return ""
    phrase = _phrase(full)
    if _OTHER.search(phrase) or not _matches(_ON, phrase):
        return ""
    return next(harm for word, harm in _HARM.items() if word in phrase)
