"""Policies of the API server's audit: values of secrets in the records, and requests that nobody learns of."""

import pytest

from .harness import Given, Pack, blocking

PACK = Pack()
LAST = "- level: Metadata\n"


def _is_refused(rules: str, version: str = "audit.k8s.io/v1") -> bool:
    text = f"apiVersion: {version}\nkind: Policy\nrules:\n{rules}"
    given = Given("kubernetes:core/v1:ConfigMap", {"data": {"policy.yaml": text}})
    return "FJ-ESC-115" in blocking(PACK.evaluate_resource(given))


def _rule(level: str, more: str = "", resources: str = "{group: '', resources: [secrets]}") -> str:
    return f"- level: {level}\n  resources: [{resources}]\n  {more}\n"


@pytest.mark.parametrize(("rules", "refused"), [
    (_rule("RequestResponse") + LAST, True),
    (_rule("Request", "verbs: [create]") + LAST, True),
    (_rule("Request", "verbs: [get, list, watch]") + LAST, False),
    (_rule("RequestResponse", "verbs: [get]") + LAST, True),
    (_rule("RequestResponse", "verbs: [delete]") + LAST, False),
    (_rule("RequestResponse", resources="{group: '', resources: [pods]}") + LAST, False),
    (_rule("RequestResponse", resources="{group: apps}") + LAST, False),
    (_rule("RequestResponse", resources="{group: ''}") + LAST, True),
    (_rule("RequestResponse", resources="{resources: [secrets]}") + LAST, True),
    (_rule("RequestResponse", resources="{group: '', resources: ['serviceaccounts/*']}") + LAST, True),
    (_rule("RequestResponse", resources="{group: authentication.k8s.io, resources: [tokenreviews]}") + LAST, True),
    (_rule("Metadata", resources="{group: '', resources: ['*']}, {group: authentication.k8s.io}")
     + "- level: RequestResponse\n", False),
    (_rule("Metadata", "users: [a]") + "- level: RequestResponse\n", True),
    (_rule("None") + LAST, True),
    (_rule("None", "users: ['system:apiserver']") + LAST, False),
    (_rule("None", "users: [ops@example.ae]") + LAST, True),
    (_rule("None", "userGroups: ['system:masters']") + LAST, True),
    (_rule("None", "userGroups: ['system:nodes']") + LAST, False),
    (_rule("None", "verbs: [watch]", "{group: rbac.authorization.k8s.io}") + LAST, False),
    (_rule("None", "verbs: [update]", "{group: rbac.authorization.k8s.io}") + LAST, True),
    ("- level: None\n  nonResourceURLs: ['/healthz*']\n" + LAST, False),
    (LAST + "- level: None\n", False),
    (LAST + "omitStages: [RequestReceived]\n", False),
    (LAST + "omitStages: [RequestReceived, ResponseComplete]\n", True),
])  # fmt: skip
def test_the_first_rule_that_matches_decides(rules: str, *, refused: bool) -> None:
    assert _is_refused(rules) is refused


def test_policies_of_others_are_not_read() -> None:
    assert not _is_refused("- level: None\n", "example.ae/v1")
