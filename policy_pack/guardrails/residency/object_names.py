"""Names in objects of Kubernetes that receive nothing: those that are served or compared, and those of objects, classes
and labels in the form of a domain.

Objects, webhooks, finalizers, labels and classes are often named below a domain of their project, so that nobody else
has the same name (kubernetes/website 0662c7e labels.md and 138b825 finalizers.md, both in
concepts/overview/working-with-objects; kubernetes/api admissionregistration/v1/types.go, ValidatingWebhook: "fully
qualified").
Topologies, groups of pods, queues and lists of patches name labels, kinds of devices and controllers (kubernetes-sigs/
kueue ff69552e, Topology and ClusterQueue; kubernetes-sigs/jobset 08dfbdfd, examples of PodGroup; kubeflow/trainer
8c0f5059, `runtimePatches`). Sources without a date were read on 2026-11-30, the others on the date beside them.
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..readers.named_hosts import named_in
from ..readers.texts import Leaf

PUBLIC_KEY = (
    r"(?:ssh|ecdsa-sha2|sk-ssh|sk-ecdsa)-[\w.@-]{3,40} "
    r"AAAA(?:B3Nza|C3Nza|E2Vj|GnNr|InNr|HHNz|IHNz|KGVj|H3Nz|I3Nr|K3Nr)[\w+/=]{16,9999}"
)
"""A public key of SSH. It begins with the length and the name of its kind, in base64 (RFC 4253, section 6.6; kinds:
openssh/openssh-portable 0ef0f5a sshd.8 and PROTOCOL.certkeys, read 2026-11-30)."""
_LABELS = lazy_regex(
    # Keys of labels and taints, in every cloud too.
    r"(?:^|\.)(?:tolerations|taints|startupTaints)\[\d+\]\.key$|(?:^|\.)node(?:Initialization)?Taints\[\d+\](?:\.key)?$"
    r"|\.(?:match(?:Expressions|Fields)|requirements)\[\d+\]\.key$|\.(?:mis)?matchLabelKeys\[\d+\]$|\.nodeLabel$"
    # An expression that selects devices compares names of drivers (CEL calls nothing; kubernetes.io, "Dynamic Resource
    # Allocation", read 2026-11-28; those of services of NIM, NVIDIA/k8s-nim-operator, its CRD of NIMService).
    r"|\.selectors\[\d+\]\.cel\.expression$|\.(?:match|distinct)Attribute$"
    r"|\.draResources\[\d+\]\.claimCreationSpec\.devices\[\d+\]\.(?:driverName|celExpressions\[\d+\])$"
)
"""Paths in every type."""
_EVERY_OBJECT = lazy_regex(
    r"^metadata\.(?:name|generateName|finalizers\[\d+\])$"
    # Fields of the pod itself, such as metadata.annotations['example.com/version'].
    r"|\.fieldRef\.fieldPath$"
    # An iSCSI target, by a name beside its address (kubernetes/api core/v1/types.go, ISCSIVolumeSource).
    r"|\.iscsi\.(?:iqn|initiatorName)$"
    # The Lease by which copies of a controller decide who leads (kubernetes-sigs/controller-runtime
    # 86a0d40 pkg/manager/manager.go, LeaderElectionID).
    r"|\.leaderElection\.resource(?:ID|Name)$"
    r"|\.schedulingConstraints\.topology\[\d+\]\.key$|\.runtimePatches\[\d+\]\.manager$"
    # What Prometheus asks the API server for.
    r"|\bkubernetes_sd_configs\[\d+\]\.selectors\[\d+\]\.(?:label|field)$"
    # Classes of entries, gateways, load balancers, storage and runtimes.
    r"|(?:^|[.a-z])(?:ingress|gateway|storage|volumeSnapshot|volumeAttributes|runtime)ClassName$|\.loadBalancerClass$"
    # Names of identities of workloads (spiffe/spiffe 665a28f standards/SPIFFE-ID.md, "Trust Domain").
    r"|\.trust_?[dD]omain$"
)
"""Paths in every kind."""
_KNOWN_HOSTS = lazy_regex(r"(?:data|stringData)\.(?:ssh_)?known_hosts")
_HOST_KEYS = lazy_regex(
    rf"^(?:(?:@(?:cert-authority|revoked) )?[^\s#@]{{1,999}} {PUBLIC_KEY}(?: [\w.@+-]{{1,99}})?"
    r"|# \S{1,260} SSH-2\.0-\S{1,99})[ \t\r]{0,9}$",
    re.MULTILINE,
)
"""Lines of hosts whose keys are compared with those of a server, and what ssh-keyscan writes above them (openssh/
openssh-portable 0ef0f5a sshd.8, "SSH_KNOWN_HOSTS FILE FORMAT", and ssh-keyscan.c)."""
_ANNOTATIONS = lazy_regex(
    r"metadata\.annotations\.(?:api-approved\.kubernetes\.io|artifacthub\.io/|falaj/hosts$|meta\.helm\.sh/"
    r"|kubectl\.kubernetes\.io/|(?:(?:template\.)?openshift\.io|airunway\.ai)/(?:documentation|support)-url$"
    r"|(?:kueue\.x-k8s\.io|leaderworkerset\.sigs\.k8s\.io|alpha\.jobset\.sigs\.k8s\.io)/[\w-]*topology$"
    r"|.{0,500}(?:homepage|documentation|docs|source|link|links|runbook[_-]url)$)"
)
"""Annotations that refer people to a page, and those of the schedulers of groups, whose values are the keys of labels
(kubernetes-sigs/kueue ff69552e `podset-required-topology`, kubernetes-sigs/lws 060ab4da `exclusive-topology` and
kubernetes-sigs/jobset 08dfbdfd; read 2026-11-29). Templates of OpenShift and providers of AI Runway name a page
(openshift/openshift-docs, "Writing the template description", and kaito-project/airunway; read 2026-11-30)."""
_PATHS = {
    f"kubernetes:{token}": lazy_regex(pattern)
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
        # Expressions of a policy that only refuses (kubernetes.io, "Common Expression Language in Kubernetes").
        (("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",),
         r"spec\.(?:validations|variables|matchConditions|auditAnnotations)\b"),
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
        # Packages to which settings apply, by the beginning of their names (crossplane/crossplane 2d040d2da,
        # apis/pkg/v1beta1/image_config_types.go, matchImages; read 2026-11-30).
        (("pkg.crossplane.io/v1:ImageConfig",), r"spec\.matchImages\[\d+\]\.prefix$"),
        # Objects that must be ready, definitions among them (fluxcd/kustomize-controller api/v1, HealthChecks).
        (("kustomize.toolkit.fluxcd.io/v1:Kustomization",), r"spec\.healthChecks\[\d+\]\.name$"),
        # Where in an event a value stands, and where it goes in an object (argoproj/argo-events, TriggerParameter).
        (("argoproj.io/v1:Sensor",),
         r".*(?:\.src\.(?:dataKey|contextKey)|\.(?:parameters|payload)\[\d+\]\.dest|\.filters\.data\[\d+\]\.path)$"),
    )
    for token in tokens
}  # fmt: skip
"""Type -> paths of names that are served, compared or filtered, or that objects and fields have."""

_PAIR = r"(?:[a-z0-9][a-z0-9.-]{0,252}/)?[\w-]{1,63}=[\w$(){}-]{0,99}"
_LABEL_LIST = lazy_regex(rf"[\w-]{{1,63}}=[\w$(){{}}-]{{0,99}}(?:[ ,]{{1,3}}{_PAIR}){{1,9}}", re.IGNORECASE)
"""Labels by which pods are found, as one text with a plain one first, such as `component=engine serving.example/of=a`
(sgl-project/ome 17b77eda config/runtimes, read 2026-11-30). A value with a dot is none: it may be a host."""


def has_labels(text: str) -> bool:
    """Returns whether a text is a list of labels, whose prefixes are domains that nobody calls."""
    return _LABEL_LIST.fullmatch(text.strip()) is not None


def _is_known_hosts(leaf: Leaf) -> bool:
    """Returns whether a text is a list of keys of hosts that names nothing else."""
    return _KNOWN_HOSTS.fullmatch(leaf.path) is not None and not named_in(_HOST_KEYS.sub("", str(leaf.value)))


def is_label_name(path: str) -> bool:
    """Returns whether the property at a path has the key of a label or taint, or a page for people, in any type."""
    return _LABELS.search(path) is not None or _ANNOTATIONS.search(path) is not None


def is_object_name(leaf: Leaf, token: str) -> bool:
    """Returns whether a property has the name of an object, a class or a field of a cluster."""
    if not token.startswith("kubernetes:"):
        return False
    of_type = _PATHS.get(token)
    is_of_type = of_type is not None and of_type.match(leaf.path) is not None
    return _EVERY_OBJECT.search(leaf.path) is not None or is_of_type or _is_known_hosts(leaf)
