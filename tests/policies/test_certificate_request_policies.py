"""Policies by which approver-policy approves requests for certificates: a policy must say for which names.

Fields and wildcards: cert-manager/approver-policy 0661b2f5, pkg/apis/policy/v1alpha1/types_certificaterequestpolicy.go,
read 2026-11-29.
"""

import pytest

from .blind import TAGS, k8s
from .harness import Pack, blocking

PACK = Pack()
GOOD: dict[str, object] = {
    "dnsNames": {"values": ["*.claims.svc", "claims.bank.ae"], "required": True},
    "uris": {"values": ["spiffe://bank.ae/ns/claims/*"]},
    "usages": ["server auth", "digital signature"],
    "isCA": False,
}


def refused(**allowed: object) -> set[str]:
    """Returns the rules that refuse a policy that allows this, beside what a good one does."""
    spec = {"allowed": {**GOOD, **allowed}, "selector": {"namespace": {"matchNames": ["claims"]}}}
    policy = {"metadata": {"name": "claims", "labels": TAGS}, "spec": spec}
    return blocking(PACK.evaluate_resource(k8s("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", policy)))


def test_a_policy_of_names_passes() -> None:
    by_expression = {"validations": [{"rule": "self.endsWith(cr.namespace + '.svc')"}]}
    assert not {"FJ-ESC-103", "FJ-ESC-115"} & (refused() | refused(dnsNames=by_expression))


@pytest.mark.parametrize(
    "allowed",
    [
        {"dnsNames": {"values": ["*"]}},
        {"dnsNames": {"values": ["claims.bank.ae", "*.*"]}},
        {"dnsNames": {"values": ["*.svc"]}},
        {"dnsNames": {"values": ["kubernetes.default.svc"]}},
        {"dnsNames": {"validations": [{"rule": "true"}]}},
        {"commonName": {"value": "*"}},
        {"commonName": {"value": "system:admin"}},
        {"subject": {"organizations": {"values": ["system:masters"]}}},
        {"subject": {"organizations": {"values": ["*"]}}},
        {"uris": {"values": ["spiffe://*"]}},
        {"ipAddresses": {"values": ["*"]}},
        {"emailAddresses": {"values": ["*"]}},
        {"otherNames": [{"oid": "1.3.6.1.4.1.311.20.2.3", "values": ["*"]}]},
        {"isCA": True},
        {"usages": ["cert sign"]},
        {"usages": ["server auth", "any"]},
    ],
    ids=str,
)
def test_a_policy_of_everything_is_refused(allowed: dict[str, object]) -> None:
    assert "FJ-ESC-115" in refused(**allowed)
