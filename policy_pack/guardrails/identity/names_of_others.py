"""Objects by which another team answers for a namespace, or one gets what is of another: labels, names of hosts,
databases, proxies, certificates and groups of the network.

Read 2026-11-29: istio/istio 86c9f01f, pilot/pkg/serviceregistry/ambient/waypoints.go (`use-waypoint-namespace`, of a
namespace, service or pod); linkerd/linkerd2 b24cd405, charts/linkerd-crds (ServiceProfile, dstOverrides);
cloudnative-pg/cloudnative-pg a95a534d, "Logical Replication"; traefik/traefik-helm-chart a8a66d00 (only the store and
the options named default count, for every namespace); kubernetes/ingress-nginx dbb11b92, "Exposing TCP and UDP
services"; cilium/cilium 019c1234, "Limiting Identity-Relevant Labels"; kubernetes-sigs/external-dns 2bf1bf8a
docs/annotations/annotations.md and docs/sources/crd.md; argoproj/argo-cd 37ee0097, "Declarative Setup" (clusters);
redhat-developer/gitops-operator 5a448d94 and argoproj-labs/argocd-operator cf5d1c02 (`managed-by`, and labels of its
other controllers); datreeio/CRDs-catalog 7b1e26ef, SecurityGroupPolicy of Amazon EKS; cilium/cilium 1a262544, "Egress
Gateway".
"""

import re
from collections.abc import Callable, Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything
from ..readers.shared_namespaces import is_shared
from ..readers.texts import read_texts
from .namespace_loans import is_known, namespace_of

_SERVICE = lazy_regex(
    r"(?:[a-z]+://)?[\w-]+\.(?!(?:corp|home|internal|intranet|lan|local)\b)(?P<namespace>[a-z0-9][a-z0-9-]*)"
    r"(?:\.svc(?:\.[\w.-]+)?)?\.?(?::\d+)?/?",
    re.IGNORECASE,
)
"""Address of a service of a named namespace; names of one's own network have no namespace."""
_NAME = lazy_regex(r"(?P<namespace>[\w-]+)")
_MANAGER = lazy_regex(
    r"(?!(?:(?:openshift|platform|central|shared|cluster)-)?(?:argo-?cd|gitops)(?:-system)?$)(?P<namespace>[\w-]+)"
)
"""Namespace of a team whose Argo CD manages another one: that of the platform has it by its name."""
_LED: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (beginning, lazy_regex(path), form)
    for beginning, path, form in (
        ("kubernetes:", r"(?:^|\.)labels\.istio\.io/use-waypoint-namespace$", _NAME),
        ("kubernetes:core/v1:Namespace",
         r"(?:^|\.)(?:labels|annotations)\.argocd\.argoproj\.io/(?:[\w-]+-)?managed-by(?:-[\w-]+)?$", _MANAGER),
        ("kubernetes:linkerd.io/", r"^spec\.dstOverrides\[\d+\]\.authority$", _SERVICE),
        ("kubernetes:postgresql.cnpg.io/", r"^spec\.externalClusters\[\d+\]\.connectionParameters\.host(?:addr)?$",
         _SERVICE),
    )
)  # fmt: skip
"""Beginning of a type, and path and form of what names the namespace that answers, or whose rows are copied."""


def check_led(item: Resource) -> Iterator[Outcome]:
    """Checks that what answers for a namespace, or is copied into it, is its own or the platform's."""
    part = ObjectPart("", item.props)
    is_namespace = item.type == "kubernetes:core/v1:Namespace"
    own = part.child("metadata").get("name") if is_namespace else namespace_of(part)
    if not isinstance(own, str) or not (is_namespace or is_known(part)):
        return
    of_type = [row for row in _LED if item.type.startswith(row[0])]
    for path, _, value in (found for key in ("metadata", "spec") for found in leaves(item.props.get(key), key)):
        for _, place, form in of_type if isinstance(value, str) else ():
            for host in str(value).split(",") if place.search(path) else ():
                found = form.fullmatch(host.strip())
                named = found["namespace"] if found else own
                text = f"{path} names {named}, another team's namespace, for what {own} sends or reads"
                is_own = named == own or named.startswith(f"{own}-") or own.startswith(f"{named}-")
                yield passed() if is_own or is_shared(named) else failed(text, path)


def _check_defaults(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that certificates and options of TLS that count for every namespace are not those of a team."""
    path, name = item.child("metadata").path_to("name"), item.child("metadata").get("name")
    is_of_team = name == "default" and is_known(item) and not is_shared(namespace_of(item))
    text = f"{path} is default, so that what a team sets holds for the hosts of every namespace"
    yield failed(text, path) if is_of_team else passed()


def _check_security_groups(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that groups of the network are for pods that a policy selects: databases let in whoever has them."""
    spec = item.child("spec")
    chosen = [spec.child(key) for key in ("podSelector", "serviceAccountSelector") if spec.get(key) is not MISSING]
    is_every = bool(chosen) and all(map(selects_everything, chosen))
    path = chosen[0].path if chosen else spec.path
    text = f"{path} selects every pod of the namespace, so that each has the groups of the network"
    yield failed(text, path) if is_every and not is_shared(namespace_of(item)) else passed()


_OF_TEAM = lazy_regex(r"(?:[\w.-]+/)?(?:[\w-]+-)?(?:tenants?|teams?|owner|namespace|customer|squad)(?:-[\w-]+)?")


def _check_leaving(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that what namespaces send leaves by machines of their own, or of the platform."""
    spec = item.child("spec")
    selectors = [part.child(key) for part in spec.children("selectors") for key in ("podSelector", "namespaceSelector")]
    own = {value for selector in selectors for key, value in _terms(selector)}
    for part in (spec.child("egressGateway"), *spec.children("egressGateways")):
        selector = part.child("nodeSelector")
        for key, value in _terms(selector):
            is_other = _OF_TEAM.fullmatch(key) is not None and value not in own and not is_shared(value)
            text = f"{selector.path} sends what other namespaces send through machines of {value}"
            yield failed(text, selector.path) if is_other else passed()


def _terms(selector: ObjectPart) -> Iterator[tuple[str, str]]:
    """Yields the labels that a selector asks for, with each value."""
    yield from ((key, str(value)) for key, value in selector.child("matchLabels").data.items())
    for term in selector.children("matchExpressions"):
        values = term.get("values")
        yield from ((str(term.get("key")), str(value)) for value in (values if isinstance(values, list) else ()))


_WILDCARD = lazy_regex(r"\*\.(?P<rest>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})\.?", re.IGNORECASE)
_NAMED = lazy_regex(
    r"^metadata\.annotations\.external-dns\.(?:alpha\.kubernetes\.io|kubernetes\.io)/(?:internal-)?hostname$"
    r"|^spec\.endpoints\[\d+\]\.dnsName$|^spec\.rules\[\d+\]\.host$|^spec\.hostnames\[\d+\]$"
    r"|^spec\.listeners\[\d+\]\.hostname$"
)
"""Path of names for which ExternalDNS writes records: of an annotation, its own object, an ingress and a route."""
_WITH_NAMES = (":DNSEndpoint", ":Ingress", ":HTTPRoute", ":GRPCRoute", ":TLSRoute", ":ListenerSet", ":XListenerSet")


def check_names(item: Resource) -> Iterator[Outcome]:
    """Checks that the names of a team's object are not every name of a domain, unless the domain names the team."""
    part = ObjectPart("", item.props)
    own = namespace_of(part)
    if not is_known(part) or is_shared(own):
        return
    words = {own.lower(), *(word for word in own.lower().split("-") if len(word) > _SHORT)}
    for key in ("metadata", "spec") if _names_hosts(item) else ():
        for path, _, value in leaves(item.props.get(key), key):
            for name in str(value).split(",") if isinstance(value, str) and _NAMED.search(path) else ():
                found = _WILDCARD.fullmatch(name.strip())
                labels = re.split(r"[.-]", found["rest"].lower()) if found else []
                is_own = found is None or own.lower() in found["rest"].lower().split(".") or words & set(labels)
                text = f"{path} is {name.strip()}: pods of {own} answer for each name without a record of its own"
                yield passed() if is_own else failed(text, path)


_SHORT = 3
"""Letters up to which a word of a namespace says nothing about whose name a host is."""


def _names_hosts(item: Resource) -> bool:
    annotations = ObjectPart("", item.props).child("metadata").child("annotations").data
    return item.type.endswith(_WITH_NAMES) or any(key.startswith("external-dns.") for key in annotations)


_PORT = lazy_regex(r"(?:^|.*\.)(?:(?:[vV]alues\w{0,9}|text)\.(?:tcp|udp)|data)\.\d{1,5}")
_BEHIND_PORT = lazy_regex(r"(?P<namespace>[a-z0-9-]{1,63})/[a-z0-9.-]{1,253}:[\w-]{1,63}(?::.{0,40})?")
"""What is behind a port of a controller of ingresses: `namespace/service:port`, in a config map or values of a chart,
whoever installs it (kubernetes/ingress-nginx dbb11b92, charts/ingress-nginx/values.yaml, tcp and udp)."""
_OF_PORTS = ("kubernetes:helm.sh/", "kubernetes:core/v1:ConfigMap")


def check_ports(item: Resource) -> Iterator[Outcome]:
    """Checks that no port of a controller of ingresses is a service of a team, past its policies and without TLS, nor
    one of Kubernetes itself."""
    if not (item.type.startswith(_OF_PORTS) or is_custom(item)):
        return
    for leaf in read_texts(item).leaves:
        found = _BEHIND_PORT.fullmatch(leaf.value) if isinstance(leaf.value, str) else None
        if found is not None and len(leaf.path) <= _LONGEST_PATH and _PORT.fullmatch(leaf.path):
            named = found["namespace"]
            is_of_team = named.startswith("kube-") or not is_shared(named)
            text = f"{leaf.path} leads from a port of the controller to a service of {named}"
            yield failed(text, leaf.path) if is_of_team else passed()


_LONGEST_PATH = 300
"""Characters of a path that is compared."""


def _check_listeners(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that what a team adds to a gateway of others takes the requests for hosts that it names.

    Listeners of TCP and UDP have none (kubernetes-sigs/gateway-api 4564255a apis/v1/listenerset_types.go,
    ListenerEntry, `hostname`, read 2026-11-29).
    """
    own = namespace_of(item)
    for listener in item.child("spec").children("listeners") if is_known(item) and not is_shared(own) else ():
        has_host = str(listener.get("protocol")).upper() not in ("TCP", "UDP")
        is_every = has_host and listener.get("hostname") in (MISSING, "", "*")
        text = f"{listener.path} takes the requests for every host of the gateway that has no listener of its own"
        yield failed(text, listener.path) if is_every and not item.is_patch else passed()


_TYPE = "argocd.argoproj.io/secret-type"


def _check_joined_cluster(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that the address of a cluster to which Argo CD deploys stands in the program, and in no vault."""
    for target in (item.child("spec").child("target"), item.child("spec").child("externalSecretSpec").child("target")):
        template = target.child("template")
        if template.child("metadata").child("labels").get(_TYPE) != "cluster":
            continue
        server, path = template.child("data").get("server"), template.path_to("data.server")
        is_stated = isinstance(server, str) and "{{" not in server
        text = f"{path} comes from a vault: whoever writes there says which cluster gets what Argo CD deploys"
        yield passed() if is_stated else failed(text, path)


def _check_synchronised_cluster(item: ObjectPart) -> Iterator[Outcome]:
    """The same of secrets that a volume of the vault makes (kubernetes-sigs/secrets-store-csi-driver 02f84b41
    apis/v1/secretproviderclass_types.go, `labels` and `plainValue`, read 2026-12-02)."""
    for made in item.child("spec").children("secretObjects"):
        stated = any(part.get("key") == "server" and "plainValue" in part.data for part in made.children("data"))
        text = f"{made.path} comes from a vault: whoever writes there says which cluster gets what Argo CD deploys"
        is_joined = made.child("labels").get(_TYPE) == "cluster" and not stated
        yield failed(text, made.path) if is_joined else passed()


_OF_AGENTS: Mapping[str, str] = {
    "cilium.io/CiliumNode": "through which machine packets to pods go",
    **{f"{group}/{kind}": what for group in ("crd.projectcalico.org", "projectcalico.org") for kind, what in (
        ("BlockAffinity", "which machine has which addresses of pods"),
        ("IPAMBlock", "which pod has which address"), ("IPAMHandle", "which pod has which address"))},
    "vpcresources.k8s.aws/CNINode": "whether pods of a machine have the groups of the network",
    "eks.amazonaws.com/CNINode": "whether pods of a machine have the groups of the network",
    "secrets-store.csi.x-k8s.io/SecretProviderClassPodStatus": "which secrets are copied for which pod",
    **dict.fromkeys((
        "wgpolicyk8s.io/PolicyReport", "wgpolicyk8s.io/ClusterPolicyReport", "openreports.io/Report",
        "openreports.io/ClusterReport", "reports.kyverno.io/EphemeralReport",
        "reports.kyverno.io/ClusterEphemeralReport"), "which objects obey the policies"),
    "cilium.io/CiliumIdentity": "the labels by which policies of the network know pods",
    "cilium.io/CiliumEndpoint": "which pod has which identity in the network",
    "cilium.io/CiliumEndpointSlice": "which pods have which identity in the network",
    "networking.k8s.aws/PolicyEndpoint": "what policies of the network let in, whatever they say",
    "networking.k8s.aws/ClusterPolicyEndpoint": "what policies of the network let in, whatever they say",
}  # fmt: skip
"""Group and kind of objects that only agents and controllers write, and what they say (aws/
amazon-network-policy-controller-k8s ecc7e6a7 api/v1alpha1, PolicyEndpoint, and schemas of the others in datreeio/
CRDs-catalog 7b1e26ef, read 2026-11-29). Who writes them: projectcalico/calico 87c1590 api/pkg/apis/projectcalico/v3/
ipamblocks.go (nobody by hand; api/config/crd has them without `crd.`, too), cilium/cilium 669f18e Documentation/
network/kubernetes/ciliumendpointslice.rst, kubernetes-sigs/secrets-store-csi-driver 0aad886 docs/book/src/concepts.md,
kyverno/website 7c0814a src/content/docs/docs/guides/reports.md and aws/amazon-vpc-resource-controller-k8s b8d4251
controllers/crds/cninode_controller.go, read 2026-11-30."""
_REPORT = "kubernetes:aquasecurity.github.io/"
"""Group of the reports of a scanner; ClusterComplianceReport also says what is scanned, and is written by people."""


def check_agents(item: Resource) -> Iterator[Outcome]:
    """Checks that an object is none that agents of the network or controllers write."""
    group, kind = item.type.removeprefix("kubernetes:").partition("/")[0], item.type.rpartition(":")[2]
    what = _OF_AGENTS.get(f"{group}/{kind}")
    if item.type.startswith(_REPORT) and kind.endswith("Report") and kind != "ClusterComplianceReport":
        what = "what a scanner found"
    if what:
        yield failed(f"{kind} says {what}: only agents and controllers write it", "metadata.name")


_OF_RECORDS = lazy_regex(r"(?:.*-)?(?:logs?|logging|audit|siem|ops|operations)(?:-.*)?")


def _check_collector(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a team's collector gets the records of its own namespace (kube-logging/logging-operator,
    "LoggingRoute", read 2026-11-29; 51679aa5 pkg/sdk/logging/api/v1beta1/logging_types.go,
    WatchAllNamespaces: without namespaces and a selector it watches all, read 2026-11-29)."""
    spec = item.child("spec")
    own, watched = spec.get("controlNamespace"), spec.get("watchNamespaces")
    if not isinstance(own, str) or is_shared(own) or _OF_RECORDS.fullmatch(own):
        return
    is_unset = watched in (MISSING, None, []) and spec.get("watchNamespaceSelector") in (MISSING, None)
    others = [name for name in (watched if isinstance(watched, list) else ()) if isinstance(name, str) and name != own]
    is_selected = isinstance(spec.get("watchNamespaceSelector"), dict)
    is_every = selects_everything(spec.child("watchNamespaceSelector")) if is_selected else is_unset
    text = f"{spec.path} gives {own} what pods of {', '.join(others) or 'every namespace'} record"
    yield failed(text, spec.path_to("watchNamespaces")) if others or is_every else passed()


_CHECKS: Mapping[tuple[str, str], Callable[[ObjectPart], Iterator[Outcome]]] = {
    ("traefik.", "TLSStore"): _check_defaults,
    ("traefik.", "TLSOption"): _check_defaults,
    ("vpcresources.k8s.aws/", "SecurityGroupPolicy"): _check_security_groups,
    ("cilium.io/", "CiliumEgressGatewayPolicy"): _check_leaving,
    ("external-secrets.io/", "ExternalSecret"): _check_joined_cluster,
    ("external-secrets.io/", "ClusterExternalSecret"): _check_joined_cluster,
    ("secrets-store.csi.", "SecretProviderClass"): _check_synchronised_cluster,
    ("logging.banzaicloud.io/", "Logging"): _check_collector,
    ("gateway.networking.", "ListenerSet"): _check_listeners,
    ("gateway.networking.", "XListenerSet"): _check_listeners,
}
"""Beginning of a group, and kind -> its check."""


def check_names_of_others(item: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of an object, or of a release of a chart."""
    yield from check_led(item)
    yield from check_names(item)
    yield from check_agents(item)
    yield from check_ports(item)
    for (group, kind), check in _CHECKS.items():
        if item.type.startswith(f"kubernetes:{group}") and item.type.endswith(f":{kind}"):
            yield from check(ObjectPart("", item.props))
