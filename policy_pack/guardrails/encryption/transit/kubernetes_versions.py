"""Versions of TLS that load balancers of Ingresses and Services, and gateways of Istio, accept.

Where an object states none, the controller's default applies, which no plan shows: that of the AWS Load Balancer
Controller is ELBSecurityPolicy-2016-08 with TLS 1.0 unless it is started with `--default-ssl-policy`
(kubernetes-sigs/aws-load-balancer-controller at 225f4456, pkg/config/controller_config.go, 2026-11-27).
"""

from collections.abc import Iterator

from ...engine.families import transit_rule
from ...engine.reading import MISSING, UNKNOWN, Resource
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ...readers.kubernetes_objects import objects
from ...readers.tls import LOAD_BALANCER
from .reasons import PLAINTEXT

_POLICIES = {
    "Ingress": "alb.ingress.kubernetes.io/ssl-policy",
    "Service": "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy",
}
"""Kind -> annotation with the security policy of its load balancer on AWS."""
_OLD_VERSIONS = ("TLSV1_0", "TLSV1_1")


def _check_versions(resource: Resource) -> Iterator[Outcome]:
    for kind, key in _POLICIES.items():
        for item in objects(resource, kind):
            annotations = item.child("metadata").child("annotations")
            policy, path = annotations.get(key), annotations.path_to(key)
            if policy is UNKNOWN:
                yield undetermined(f"{path} is not known before deployment", path)
            elif policy is not MISSING and LOAD_BALANCER.judge(policy) is Verdict.FAIL:
                yield failed(f"{path} {LOAD_BALANCER.requirement}", path)
            else:
                yield passed()
    for gateway in objects(resource, "Gateway"):
        for server in gateway.child("spec").children("servers"):
            version, path = server.child("tls").get("minProtocolVersion"), server.path_to("tls.minProtocolVersion")
            if version in _OLD_VERSIONS:
                yield failed(f"{path} must be TLSV1_2 or TLSV1_3", path)


KUBERNETES_VERSIONS: tuple[Guardrail, ...] = (
    transit_rule(423, Severity.HIGH, "Load balancers and gateways of Kubernetes accept TLS 1.2 or later only",
                 PLAINTEXT,
                 "Set the annotation to ELBSecurityPolicy-TLS13-1-2-2021-06, and min_protocol_version to TLSV1_2",
                 predicate=_check_versions,
                 types=(
                     "kubernetes:core/v1:",
                     "kubernetes:networking.k8s.io/",
                     "kubernetes:networking.istio.io/",
                 )),
)  # fmt: skip
