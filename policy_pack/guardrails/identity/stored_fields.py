"""Definitions of kinds of policies that store their objects without what they forbid.

The API server drops fields that a definition does not list, unless it preserves unknown ones (kubernetes/
apiextensions-apiserver v0.36.3 pkg/apis/apiextensions/v1, preserveUnknownFields and
x-kubernetes-preserve-unknown-fields, read 2026-11-29). The fields are those of the projects' CRDs, at the commits that
`unverifiable/switch_rows.py` names; of kubewarden/kubewarden-controller 3460bb71 api/policies/v1 and
sigstore/policy-controller f925c0c1 pkg/apis/policy/v1beta1, read 2026-11-29.
"""

from collections.abc import Iterator, Mapping

from ..engine.reading import MISSING, UNKNOWN
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, equals_bool

_RULES = {
    **dict.fromkeys(("kyverno.io/ClusterPolicy", "kyverno.io/Policy"), ("rules",)),
    **dict.fromkeys((f"policies.kyverno.io/{kind}" for kind in (
        "ValidatingPolicy", "NamespacedValidatingPolicy", "ImageValidatingPolicy", "NamespacedImageValidatingPolicy",
    )), ("validations", "matchConstraints")),
    "templates.gatekeeper.sh/ConstraintTemplate": ("targets", "crd"),
    "security.istio.io/AuthorizationPolicy": ("rules", "action"),
    "security.istio.io/PeerAuthentication": ("mtls",),
    "security.istio.io/RequestAuthentication": ("jwtRules",),
    **dict.fromkeys(("cilium.io/CiliumNetworkPolicy", "cilium.io/CiliumClusterwideNetworkPolicy"),
                    ("ingress", "ingressDeny", "egress", "egressDeny")),
    **dict.fromkeys((f"{group}/{kind}" for group in ("crd.projectcalico.org", "projectcalico.org")
                     for kind in ("NetworkPolicy", "GlobalNetworkPolicy")), ("ingress", "egress", "types")),
    **dict.fromkeys((f"policy.networking.k8s.io/{kind}" for kind in (
        "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy")), ("ingress", "egress")),
    "policy.linkerd.io/AuthorizationPolicy": ("requiredAuthenticationRefs",),
    "policy.linkerd.io/MeshTLSAuthentication": ("identities", "identityRefs"),
    "policy.linkerd.io/Server": ("accessPolicy",),
    "gateway.envoyproxy.io/SecurityPolicy": ("authorization", "jwt", "oidc"),
    "argoproj.io/AppProject": ("destinations", "sourceRepos", "clusterResourceWhitelist"),
    **dict.fromkeys((f"policies.kubewarden.io/{kind}" for kind in (
        "AdmissionPolicy", "ClusterAdmissionPolicy")), ("rules", "module")),
    **dict.fromkeys((f"policies.kubewarden.io/{kind}" for kind in (
        "AdmissionPolicyGroup", "ClusterAdmissionPolicyGroup")), ("rules", "policies", "expression")),
    "policy.sigstore.dev/ClusterImagePolicy": ("authorities", "images"),
    "policy.cert-manager.io/CertificateRequestPolicy": ("allowed", "constraints"),
}  # fmt: skip
_FIELDS: Mapping[str, tuple[str, ...]] = {name.lower(): fields for name, fields in _RULES.items()}
"""Group and kind -> the fields of a spec that say what a policy forbids or requires."""
_PRESERVED = "x-kubernetes-preserve-unknown-fields"


def check_stored_fields(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that the definition of a kind of policies stores what its objects forbid."""
    spec = item.child("spec")
    fields = _FIELDS.get(f"{spec.get('group')}/{spec.child('names').get('kind')}".lower())
    if fields is None or equals_bool(spec.get("preserveUnknownFields"), True):
        return
    for version in spec.children("versions"):
        schema = version.child("schema").child("openAPIV3Schema")
        if UNKNOWN in (version.get("schema"), version.child("schema").get("openAPIV3Schema")):
            continue
        stored = schema.child("properties").child("spec")
        gone = [field for field in fields if not _keeps(schema, stored, field)]
        text = f"{stored.path} stores policies without {', '.join(gone)}, which forbid nothing then"
        yield failed(text, stored.path) if gone and schema.data else passed()


def _keeps(schema: ObjectPart, spec: ObjectPart, field: str) -> bool:
    """Returns whether a version of a definition stores a field of the spec, with whatever is below it."""
    properties = spec.child("properties")
    above = (schema, schema.child("properties"), spec, properties)
    if any(part.get(_PRESERVED) is not MISSING or UNKNOWN in part.data.values() for part in above):
        return True
    return field in properties.data and properties.child(field).data != {"type": "object"}
