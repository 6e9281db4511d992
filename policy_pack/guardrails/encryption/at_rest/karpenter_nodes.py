"""Encryption of the machines that Karpenter makes: stated in its node classes, which no SDK carries as types.

Fields of `AKSNodeClass` v1beta1 and `EC2NodeClass` v1 (their CRDs as of 2026-08). The keys of AKS's disks are stated at
the cluster, for all its nodes.
"""

import re
from collections.abc import Iterator

from ...engine.conditions import CUSTOMER_KEY, TRUE, Condition
from ...engine.families import encryption_rule
from ...engine.reading import Resource, walk
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, Verdict, failed, passed, undetermined

_KIND = re.compile(r"kubernetes:(karpenter\.(?:azure\.com|k8s\.aws))/[^:]+:(?:AKS|EC2)NodeClass")

_STATED: dict[str, tuple[tuple[str, Condition], ...]] = {
    "karpenter.azure.com": (("spec.security.encryptionAtHost", TRUE),),
    "karpenter.k8s.aws": (
        ("spec.blockDeviceMappings[+].ebs.encrypted", TRUE),
        ("spec.blockDeviceMappings[+].ebs.kmsKeyID", CUSTOMER_KEY),
    ),
}
"""Group of a node class -> what it must state."""


def _nodes(resource: Resource) -> Iterator[Outcome]:
    found = _KIND.fullmatch(resource.type)
    for path, condition in _STATED[found[1]] if found else ():
        for where, value in walk(resource.props, path):
            verdict = condition.judge(value)
            if verdict is Verdict.PASS:
                yield passed()
            elif verdict is Verdict.FAIL:
                yield failed(f"{where} {condition.says}", where)
            else:
                yield undetermined(f"{where} is not known before deployment; it {condition.says}", where)


NODE_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(302, Severity.HIGH,
                    "Machines that Karpenter makes encrypt their disks: on the host (AKS), or with a key of your own "
                    "(EC2)",
                    "nodes hold the data that they work on, and nobody looks at those that come and go by themselves",
                    "Set security.encryptionAtHost in the AKSNodeClass, or encrypted and kmsKeyID of each "
                    "EC2NodeClass disk",
                    predicate=_nodes),
)  # fmt: skip
