"""Names in objects of Kubernetes that receive nothing: those that are served or compared, and those of objects, classes
and labels in the form of a domain.

Objects, webhooks, finalizers, labels and classes are often named below a domain of their project, so that nobody else
has the same name (kubernetes.io, "Object Names and IDs", "Labels and Selectors", "Finalizers", as known; kubernetes/api
admissionregistration/v1/types.go, ValidatingWebhook: "fully qualified").
Sources without a date were read on 2026-11-30, the others on the date beside them.
"""

import re

from ..readers.texts import Leaf

_EVERY_OBJECT = re.compile(
    r"^metadata\.(?:name|generateName|finalizers\[\d+\])$"
    # Fields of the pod itself, such as metadata.annotations['example.com/version'].
    r"|\.fieldRef\.fieldPath$"
    # Keys of labels and taints.
    r"|\.(?:taints|startupTaints|nodeTaints|tolerations)\[\d+\]\.key$|\.nodeLabel$"
    # What Prometheus asks the API server for.
    r"|\bkubernetes_sd_configs\[\d+\]\.selectors\[\d+\]\.(?:label|field)$"
    # Classes of entries, gateways, load balancers, storage and runtimes.
    r"|(?:^|[.a-z])(?:ingress|gateway|storage|volumeSnapshot|volumeAttributes|runtime)ClassName$|\.loadBalancerClass$"
    # Hosts whose keys are compared with those of a server (OpenSSH, sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT", as known).
    r"|^(?:data|stringData)\.(?:ssh_)?known_hosts$"
    # Names of identities of workloads (spiffe/spiffe standards/SPIFFE-ID.md, "Trust Domain", as known).
    r"|\.trust_?[dD]omain$"
)
"""Paths in every kind."""
_PATHS = {
    f"kubernetes:{token}": re.compile(pattern)
    for tokens, pattern in (
        # Names that are served, and the hosts of requests (projectcontour/contour apis/projectcontour/v1, VirtualHost;
        # kubernetes-sigs/gateway-api apis/v1, ListenerSet).
        (("networking.k8s.io/v1:Ingress",), r"spec\.(?:rules\[\d+\]\.host$|tls\b)"),
        (("gateway.networking.k8s.io/v1:Gateway", "gateway.networking.k8s.io/v1:ListenerSet"), r"spec\.listeners\b"),
        (("networking.istio.io/v1:Gateway",), r"spec\.servers\b"),
        (("networking.istio.io/v1:VirtualService",), r"spec\.(?:hosts\b|tls\[\d+\]\.match\[\d+\]\.sniHosts\b)"),
        (("traefik.io/v1:IngressRoute", "traefik.io/v1:IngressRouteTCP"), r"spec\.(?:routes\[\d+\]\.match$|tls\b)"),
        (("projectcontour.io/v1:HTTPProxy",), r"spec\.virtualhost\.fqdn$"),
        (("http.keda.sh/v1:HTTPScaledObject", "http.keda.sh/v1:InterceptorRoute"),
         r"spec\.(?:hosts|rules\[\d+\]\.hosts)\b"),
        # Requests that are let in, by host and issuer (FJ-EXP-331 and others evaluate them).
        (("security.istio.io/v1:AuthorizationPolicy",), r"spec\.rules\b"),
        (("security.istio.io/v1:RequestAuthentication",), r"spec\.jwtRules\[\d+\]\.(?:issuer|audiences)\b"),
        # Who signed an image, as its certificate says; kinds that a rule is for, as group/version/Kind
        # (kyverno/kyverno 111e07bb, its CRD, ResourceDescription; read 2026-11-29).
        (("kyverno.io/v1:ClusterPolicy", "kyverno.io/v1:Policy"),
         r"spec\.rules\[\d+\]\.(?:verifyImages\b.*\.keyless\.(?:subject|issuer)(?:RegExp)?$"
         r"|.*\.resources\.kinds\[\d+\]$)"),
        # FJ-RES-312 evaluates where this text sends queries; its other names are those of services.
        (("core/v1:ConfigMap",), r"data\.Corefile$"),
        # The part of a certificate that names a user (couchbase-operator, pkg/apis/couchbase/v2, read 2026-11-29).
        (("couchbase.com/v1:CouchbaseCluster",), r"spec\.networking\.tls\.clientCertificatePaths\[\d+\]"),
        (("admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
          "admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration"), r"webhooks\[\d+\]\.name$"),
        # Names of resources that a queue has (kubernetes-sigs/kueue apis/kueue/v1beta2, ResourceQuota).
        (("kueue.x-k8s.io/v1:ClusterQueue",),
         r"spec\.resourceGroups\[\d+\]\.flavors\[\d+\]\.resources\[\d+\]\.name$"),
        # Objects that must be ready, definitions among them (fluxcd/kustomize-controller api/v1, HealthChecks).
        (("kustomize.toolkit.fluxcd.io/v1:Kustomization",), r"spec\.healthChecks\[\d+\]\.name$"),
        # Where in an event a value stands, and where it goes in an object (argoproj/argo-events, TriggerParameter).
        (("argoproj.io/v1:Sensor",),
         r".*(?:\.src\.(?:dataKey|contextKey)|\.(?:parameters|payload)\[\d+\]\.dest|\.filters\.data\[\d+\]\.path)$"),
    )
    for token in tokens
}  # fmt: skip
"""Type -> paths of names that are served, compared or filtered, or that objects and fields have."""


def is_object_name(leaf: Leaf, token: str) -> bool:
    """Returns whether a property of an object of Kubernetes has the name of an object, a class, a label or a field."""
    if not token.startswith("kubernetes:"):
        return False
    of_type = _PATHS.get(token)
    return _EVERY_OBJECT.search(leaf.path) is not None or (of_type is not None and of_type.match(leaf.path) is not None)
