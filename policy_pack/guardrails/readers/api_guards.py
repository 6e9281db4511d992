"""Policies of API Management whose checks a caller avoids: beside a check in another branch, by the key of a count, by
a certificate or a token that is refused and let through, or because they come too late or not at all; and those that
give a caller what is not his: the gateway's token, or an answer to somebody else.

MicrosoftDocs/azure-docs 01fd82a3 articles/api-management/rate-limit-by-key-policy.md (counter-key, increment-condition
and increment-count), read 2026-12-01, and counter keys of ten policies in public repositories (the subscription, the
address or the token of the caller), read 2026-11-30. "Validate client certificate" (what validate-* and ignore-error
do, and their defaults; read 2026-11-30). That clock-skew of validate-jwt is the difference in seconds by which a token
may have ended, and 0 by default: 01e7c604 articles/api-management/validate-jwt-policy.md, read 2026-12-01.
"""

import html
import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from .api_policies import elements

_CHECKS = lazy_regex(r"<(?:validate-(?:jwt|azure-ad-token|client-certificate)|check-header|ip-filter)\b")
"""Elements that check callers. authentication-basic checks nobody: the gateway signs in to a service with it
(MicrosoftDocs/azure-docs 0b99879e articles/api-management/authentication-basic-policy.md, read 2026-12-01)."""
_TOKENS = lazy_regex(r"<validate-(?:jwt|azure-ad-token|client-certificate)\b")
_ENDS = lazy_regex(r"<(?:return-response|mock-response|include-fragment)\b")
_READ = lazy_regex(
    r"\bRequest\s*\.\s*(?:Headers\b|OriginalUrl\b[\w.]{0,40}Query|Url\s*\.\s*Query|Body\b|MatchedParameters\b"
    r"|Cookies\b)"
)
"""What of a request its caller chooses freely. Method, path, address and subscription are left out."""
_CREDENTIAL = lazy_regex(
    r"[\"'](?:[\w-]{0,60}(?:authorization|subscription-key|api-?key|cookie|token)[\w-]{0,60})[\"']", re.IGNORECASE
)
_NAMED = lazy_regex(r"[\"']([A-Za-z][\w-]{0,99})[\"']")
VARIABLE = lazy_regex(r"\bVariables\b[^\"']{0,80}[\"']([\w.-]{1,100})[\"']")
_PARTS = lazy_regex(r"<(/?)(choose|when|otherwise)\b")
_SINGLE = (
    r"Guid\s*\.\s*NewGuid|new\s+Random\b|Random\s*\.\s*Shared|\bRequestId\b|DateTime(?:Offset)?\s*\.\s*(?:Utc)?Now"
    r"|\bTickCount|\bTimestamp\b|\bStopwatch\b|\bElapsed\b"
)
_KEY = lazy_regex(r"\bcounter-key\s*=\s*(?P<quote>[\"'])(?P<key>.*)", re.DOTALL)
_NEW = lazy_regex(_SINGLE)
_UNCOUNTED = lazy_regex(
    r"\bincrement-condition\s*=\s*[\"']\s*(?:@\(\s*)?false\b|\bincrement-count\s*=\s*[\"']\s*(?:@\(\s*)?0\b",
    re.IGNORECASE,
)
_COUNTS = ("rate-limit-by-key", "quota-by-key", "llm-token-limit", "azure-openai-token-limit")
_NEXT_ATTRIBUTE = lazy_regex(r"[\"']\s+[a-z-]{2,40}\s*=\s*[\"']")


def counts_callers(value: Plain) -> bool:
    """Returns whether what limits calls counts them under a key that a second call has as well."""
    text = html.unescape(str(value))
    for name in _COUNTS:
        for attributes, _ in elements(text, name):
            found = _KEY.search(attributes)
            key = _NEXT_ATTRIBUTE.split(found["key"])[0] if found else ""
            if _NEW.search(key) or _UNCOUNTED.search(attributes):
                return False
    return True


_SKEW = lazy_regex(r"\bclock-skew\s*=\s*[\"'](?!\s*(?:[0-2]?\d{1,3}|3[0-5]\d\d|3600)\s*[\"'])", re.IGNORECASE)
"""More than an hour, or an expression: clocks differ by seconds. An hour was decided here."""
_IGNORED = lazy_regex(r"\bignore-error\s*=\s*[\"'](?!\s*false\s*[\"'])", re.IGNORECASE)
_UNPROVEN = lazy_regex(r"\bvalidate-(?:trust|not-after)\s*=\s*[\"'](?!\s*true\s*[\"'])", re.IGNORECASE)
_ONE_CERTIFICATE = lazy_regex(r"\b(?:issuer-)?thumbprint\s*=\s*[\"']\s*[^\s\"']|\bissuer-certificate-id\s*=")
"""What only one certificate has, or those of one authority that the service knows: names are what its maker writes."""


def ends_tokens(value: Plain) -> bool:
    """Returns whether no policy accepts tokens long after they ended."""
    return not any(_SKEW.search(attributes) for attributes, _ in elements(value, "validate-jwt"))


def proves_certificates(value: Plain) -> bool:
    """Returns whether every policy that checks certificates of callers refuses the others, and does not take the name
    in a certificate for a proof."""
    for attributes, body in elements(value, "validate-client-certificate"):
        identities = [item for item, _ in elements(body, "identity")]
        is_pinned = bool(identities) and all(_ONE_CERTIFICATE.search(item) for item in identities)
        if _IGNORED.search(attributes) or (_UNPROVEN.search(attributes) and not is_pinned):
            return False
    return True


_SECTION_ENDS = lazy_regex(r"</?(?:policies|inbound|backend|outbound|on-error)\b")
_SIGNS_IN = ("authentication-managed-identity", "get-authorization-context")
_TOKEN_NAME = lazy_regex(r"\b(?:output-token|context)-variable-name\s*=\s*[\"']([\w.-]{1,100})[\"']")
"""Variables that have a token of the gateway's identity, or of a connection. That of validate-jwt has what the caller
himself sent (MicrosoftDocs/azure-docs 01e7c604 articles/api-management/validate-jwt-policy.md, read 2026-12-01)."""
_RECORDERS = ("trace", "log-to-eventhub", "emit-metric")
_WHOLE_BODY = lazy_regex(r"\bBody\s{0,9}\??\s{0,9}\.\s{0,9}As\s{0,9}<")
_OF_A_BODY = lazy_regex(
    r"\[\s{0,9}[\"']|\.\s{0,9}(?:Length\b|Count\b|SelectTokens?\s{0,9}\(|Value\s{0,9}<|Element)|\bMatch"
)
"""Parts of a body: one of its fields, or how long it is."""
_OF_VAULTS = lazy_regex(
    r"\bresource\s{0,9}=\s{0,9}[\"']\s{0,9}https://(?:vault\.azure\.net|managedhsm\.azure\.net)\b", re.IGNORECASE
)
_NEAR = 40
"""Characters after the name of a header in which its token is read."""
_SEMANTIC = ("azure-openai-semantic-cache-lookup", "llm-semantic-cache-lookup")
_ANSWERED = ("send-request", "send-one-way-request")
_INHERITED = lazy_regex(r"<(?:base|include-fragment|return-response|mock-response)\b")
_OF_ONE_CALLER = lazy_regex(
    r"\b(?:Subscription|User|Headers|Cookies|Variables|MatchedParameters|Query\w{0,20}|Body|IpAddress|Certificate|AsJwt"
    r"|OriginalUrl|RawUrl)\b|\{\{",
)
"""What of a request differs between callers, or between what they ask for."""


def section(value: Plain, name: str) -> str:
    """Returns the content of a section of a policy; empty if it has none."""
    text = _uncommented(str(value))
    parts = re.split(rf"<{name}\s*>", text, maxsplit=1)
    return _SECTION_ENDS.split(parts[1], maxsplit=1)[0] if len(parts) > 1 else ""


def _without(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        first, *parts = text.split(f"<{name} ")
        text = first + "".join(part.partition(f"</{name}>")[2] for part in parts)
    return text


def plain_text(value: Plain) -> str:
    """Returns a policy without its comments, as the gateway reads its values."""
    return html.unescape(_uncommented(str(value)))


def answers_to_callers(text: str) -> list[str]:
    """Returns the parts of a policy that write answers to callers, without requests to other services."""
    answers = [section(text, "outbound"), section(text, "on-error")]
    answers += [body for _, body in elements(text, "return-response")]
    return [_without(answer, _ANSWERED) for answer in answers]


def keeps_its_tokens(value: Plain) -> bool:
    """Returns whether no answer to a caller has the token of the gateway's identity. Requests to other services have
    it ("Authenticate with managed identity", output-token-variable-name, read 2026-12-01)."""
    text = plain_text(value)
    names = {name for kind in _SIGNS_IN for item, _ in elements(text, kind) for name in _TOKEN_NAME.findall(item)}
    copies = [(attributes, found[1]) for attributes, _ in elements(text, "set-variable")
              if (found := re.search(r"\bname\s*=\s*[\"']([\w.-]{1,100})", attributes))]  # fmt: skip
    for attributes, name in copies:
        if not names.isdisjoint(VARIABLE.findall(attributes)):
            names.add(name)
    return not any(not names.isdisjoint(VARIABLE.findall(answer)) for answer in answers_to_callers(text))


def records_no_tokens(value: Plain) -> bool:
    """Returns whether no policy writes what its callers sign in with into records. The subject of a token is what a
    record needs ("Trace", "Log to event hub" and "API Management policy expressions", AsJwt, read 2026-12-01)."""
    return not any(
        "AsJwt" not in text[found.end() : found.end() + _NEAR]
        for name in _RECORDERS
        for attributes, body in elements(html.unescape(str(value)), name)
        for text in (attributes + body,)
        for found in _CREDENTIAL.finditer(text)
        if text[: found.start()].rstrip().endswith(("GetValueOrDefault(", "Headers["))
    )


def records_no_contents(value: Plain) -> bool:
    """Returns whether no policy writes requests or answers as they are into records: their diagnostics have no bodies
    either. What it takes out of one is what a record needs ("Log to event hub" and "Trace", read 2026-12-01)."""
    return not any(
        _WHOLE_BODY.search(text) and not _OF_A_BODY.search(text)
        for name in _RECORDERS
        for attributes, body in elements(html.unescape(str(value)), name)
        for text in (attributes + body,)
    )


def opens_no_vault(value: Plain) -> bool:
    """Returns whether no request of a caller goes on to a vault with the token of the gateway's identity. A policy that
    gets a secret by a request of its own sends what it needs to a service ("Authenticate with managed identity", read
    2026-12-01)."""
    text = _without(html.unescape(_uncommented(str(value))), _ANSWERED)
    tokens = [attributes for attributes, _ in elements(text, "authentication-managed-identity")
              if _OF_VAULTS.search(attributes)]  # fmt: skip
    names = {name for attributes in tokens for name in _TOKEN_NAME.findall(attributes)}
    is_sent = any(not names.isdisjoint(VARIABLE.findall(body)) for _, body in elements(text, "set-header"))
    return not is_sent and all(_TOKEN_NAME.search(attributes) for attributes in tokens)


def checks_before(value: Plain) -> bool:
    """Returns whether no policy checks callers only when the service has already answered."""
    after = section(value, "outbound") + section(value, "on-error")
    after += section(value, "backend").partition("<forward-request")[2]
    return not _CHECKS.search(after) or bool(_CHECKS.search(section(value, "inbound")))


def inherits_checks(value: Plain) -> bool:
    """Returns whether the part of a policy for requests has `base`, by which the policies of the scopes above it run,
    or a check or an answer of its own ("Policies in Azure API Management", base, read 2026-12-01)."""
    text = _uncommented(str(value))
    if "<policies" not in text:
        return True
    inbound = section(text, "inbound")
    return bool(_INHERITED.search(inbound) or _CHECKS.search(inbound))


def keeps_values_apart(value: Plain) -> bool:
    """Returns whether no answer to one caller is kept under a key that another's request has as well ("Store value in
    cache"; cache-store leaves out answers to requests with a token, "Get from cache", allow-private-response-caching),
    nor by what a question is like alone (MicrosoftDocs/azure-docs fe3d7e1a includes/
    api-management-semantic-cache-policy-details.md, vary-by; all read 2026-12-01)."""
    for name in _SEMANTIC:
        if not all(_OF_ONE_CALLER.search(body.partition("<vary-by>")[2]) for _, body in elements(value, name)):
            return False
    for attributes, _ in elements(html.unescape(str(value)), "cache-store-value"):
        found = re.search(r"\bkey\s*=\s*[\"'](.*)", attributes, re.DOTALL)
        key = _NEXT_ATTRIBUTE.split(found[1])[0] if found else ""
        if re.search(r"\bcontext\s*\.\s*Response\b", attributes) and not _OF_ONE_CALLER.search(key):
            return False
    return True


def checks_every_caller(value: Plain) -> bool:
    """Returns whether no `choose` lets callers choose, by what they send, a branch without the check of another one.

    Branches that answer by themselves, or that a fragment fills, may have none; so may those that a credential decides:
    which one is sent says which check there is."""
    text = _uncommented(str(value)).partition("</inbound>")[0]
    chosen = _chosen_variables(text)
    return not any(_is_avoided(branches, chosen) for branches in _chooses(text))


def _uncommented(text: str) -> str:
    first, *commented = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in commented)


def _chosen_variables(text: str) -> frozenset[str]:
    """Returns the names of variables that are what the caller sent."""
    found: set[str] = set()
    for attributes, _ in elements(text, "set-variable"):
        attributes = html.unescape(attributes)
        name = re.search(r"\bname\s*=\s*[\"']([\w.-]{1,100})", attributes)
        if name and _is_chosen(attributes.partition("value")[2], frozenset()):
            found.add(name[1])
    return frozenset(found)


def _is_chosen(expression: str, variables: frozenset[str]) -> bool:
    """Returns whether a caller chooses what an expression is, by other things than credentials."""
    if not variables.isdisjoint(VARIABLE.findall(expression)):
        return True
    if not _READ.search(expression):
        return False
    return not _CREDENTIAL.search(expression) or any(
        not _CREDENTIAL.fullmatch(f'"{name}"') and name.lower().startswith("x-") for name in _NAMED.findall(expression)
    )


def _chooses(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yields each `choose` as its branches: the condition (empty: otherwise) and the content."""
    open_ones: list[list[tuple[str, int, int]]] = []
    for part in _PARTS.finditer(text):
        closes, name = part[1] == "/", part[2]
        if name == "choose" and not closes:
            open_ones.append([])
        elif name == "choose" and open_ones:
            yield [(condition, text[start:end]) for condition, start, end in open_ones.pop()]
        elif open_ones and not closes:
            condition = next((item for item, _ in elements(text[part.start() : part.start() + 4000], name)), "")
            open_ones[-1].append((html.unescape(condition) if name == "when" else "", part.end(), len(text)))
        elif open_ones and open_ones[-1]:
            condition, start, _ = open_ones[-1][-1]
            open_ones[-1][-1] = (condition, start, part.start())


def _is_avoided(branches: list[tuple[str, str]], variables: frozenset[str]) -> bool:
    if not any(_TOKENS.search(content) for _, content in branches):
        return False
    conditions = [condition for condition, _ in branches if condition]
    if not any(_is_chosen(condition, variables) for condition in conditions):
        return False
    has_rest = any(not condition for condition, _ in branches)
    return not has_rest or any(not _CHECKS.search(content) and not _ENDS.search(content) for _, content in branches)
