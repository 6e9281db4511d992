"""Policies of API Management that check something else than their callers, serve whom they refused, or change to whom
a caller pays.

`token-value` of validate-jwt and validate-azure-ad-token is the token that is checked, in place of a header of the
request; in eight public programs it reads the request, as it is or by a variable (read 2026-12-02). After a check that
fails, the section on-error runs, which may send requests and return their answers (learn.microsoft.com/azure/
api-management/api-management-error-handling-policies, "Policies allowed in error status", read 2026-12-02).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..engine.table_words import OF_ACCOUNTS, with_words
from .api_guards import VARIABLE, plain_text, section
from .api_policies import elements

_TOKEN = lazy_regex(r"\btoken-value\s*=\s*(?P<quote>[\"'])(?P<token>.*)", re.DOTALL)
_NEXT_ATTRIBUTE = lazy_regex(r"[\"']\s+[a-z-]{2,40}\s*=\s*[\"']")
_CHECKS = ("validate-jwt", "validate-azure-ad-token")
_OF_CALLER = lazy_regex(r"\bRequest\b")
_NAME = lazy_regex(r"\bname\s*=\s*[\"']([\w.-]{1,100})")
_ANSWER = lazy_regex(r"\b(?:response-variable-name|output-token-variable-name)\s*=\s*[\"']([\w.-]{1,100})")
_OF_BACKENDS = lazy_regex(
    r"\bLastError\b[^<>]{0,400}?[\"'](?:forward-request|BackendConnectionFailure|Timeout|ClientConnectionFailure)[\"']",
    re.IGNORECASE,
)
"""What says that the service behind the gateway failed, and no check of callers."""
_ACCOUNT = lazy_regex(with_words("{FIXED_ACCOUNT}"), re.IGNORECASE)
_IN_JSON = lazy_regex(
    rf"{OF_ACCOUNTS}\\?[\"']\s{{0,9}}:\s{{0,9}}\\?[\"']([A-Z]{{2}})?\d{{6,40}}\\?[\"']", re.IGNORECASE
)


def checks_tokens_of_callers(value: Plain) -> bool:
    """Returns whether each token that a policy checks is one of the request. What a variable has that the policy does
    not set, another policy says."""
    text = plain_text(value)
    written = _variables(text)
    for name in _CHECKS:
        for attributes, _ in elements(text, name):
            found = _TOKEN.search(attributes)
            token = _NEXT_ATTRIBUTE.split(found["token"])[0] if found else ""
            names = VARIABLE.findall(token)
            is_read = all(_OF_CALLER.search(written.get(item, "Request")) for item in names) and bool(names)
            if found and not _OF_CALLER.search(token) and not is_read:
                return False
    return True


def _variables(text: str) -> dict[str, str]:
    """Returns what a policy writes into its variables; what it gets from services is nothing that a caller sent."""
    written: dict[str, str] = {}
    for attributes, _ in elements(text, "set-variable"):
        if found := _NAME.search(attributes):
            written[found[1]] = written.get(found[1], "") + attributes
    return written | dict.fromkeys(_answers(text, "send-request", "authentication-managed-identity"), "")


def _answers(text: str, *kinds: str) -> Iterator[str]:
    for kind in kinds:
        for attributes, _ in elements(text, kind):
            yield from _ANSWER.findall(attributes)


def refuses_after_errors(value: Plain) -> bool:
    """Returns whether what a policy answers after an error is no answer of a service, unless it was the service that
    failed."""
    errors = section(plain_text(value), "on-error")
    answers = frozenset(_answers(errors, "send-request"))
    if not answers or _OF_BACKENDS.search(errors):
        return True
    returned = {name for attributes, _ in elements(errors, "return-response") for name in _ANSWER.findall(attributes)}
    bodies = (attributes + body for attributes, body in elements(errors, "set-body"))
    returned.update(name for body in bodies for name in VARIABLE.findall(body))
    return answers.isdisjoint(returned)


def keeps_accounts(value: Plain) -> bool:
    """Returns whether no policy writes an account that stands in it into what a caller pays (MicrosoftDocs/azure-docs
    03acc2f3 articles/api-management/set-body-policy.md, read 2026-12-02). An
    answer that the gateway makes itself is an example."""
    text = plain_text(value)
    requests = text if "<inbound" not in text else section(text, "inbound") + section(text, "backend")
    for name in ("return-response", "mock-response"):
        first, *parts = requests.split(f"<{name}")
        requests = first + "".join(part.partition(f"</{name}>")[2] or part for part in parts)
    bodies = [body for _, body in elements(requests, "set-body")]
    return not any(_ACCOUNT.search(body) or _IN_JSON.search(body) for body in bodies)
