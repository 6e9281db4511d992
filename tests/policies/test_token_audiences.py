"""Policies of Istio that limit for which program tokens are (FJ-IDN-308)."""

import pytest

from .blind import KUBE
from .harness import UNKNOWN, Given, Pack

PACK = Pack()
AUDIENCE = "request.auth.claims[aud]"


def of_istio(kind: str, spec: dict[str, object]) -> Given:
    props = {"metadata": {"name": "a", "namespace": "models"}, "spec": spec}
    return Given(f"kubernetes:security.istio.io/v1:{kind}", props, kind.lower(), provider=KUBE)


ISSUER = of_istio("RequestAuthentication", {"jwtRules": [{"issuer": "https://sso.bank.ae", "jwksUri": "https://k"}]})


@pytest.mark.parametrize(
    ("action", "condition", "is_limited"),
    [
        ("ALLOW", {"values": ["models"]}, True),
        (None, {"values": ["models"]}, True),
        (UNKNOWN, {"values": ["models"]}, True),
        ("ALLOW", {"values": ["*"]}, False),
        ("ALLOW", {"values": []}, False),
        ("ALLOW", {"notValues": ["other"]}, False),
        ("DENY", {"notValues": ["models"]}, True),
        ("DENY", {"notValues": ["*"]}, False),
        ("DENY", {"values": ["models"]}, False),
        ("AUDIT", {"values": ["models"]}, False),
        ("CUSTOM", {}, True),
    ],
)
def test_a_policy_limits_tokens_by_its_action(
    action: str | None, condition: dict[str, object], *, is_limited: bool
) -> None:
    rules = [{"when": [{"key": AUDIENCE, **condition}]}]
    policy = of_istio("AuthorizationPolicy", {"rules": rules} if action is None else {"action": action, "rules": rules})
    reports = PACK.evaluate_plan(ISSUER, policy)
    is_refused = any("tokens that were made out to other programs" in report.text for report in reports)
    assert is_refused is not is_limited
