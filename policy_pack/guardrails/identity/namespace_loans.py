"""Objects that read what is of another namespace, send copies to one, or add addresses to a service.

Read 2026-11-29: kubernetes/api 10b39a39 core/v1 (dataSourceRef) and discovery/v1; strimzi/strimzi-kafka-operator
8541da1e, "EntityUserOperatorSpec"; istio/api b8f8791d, "Delegate"; projectcontour/contour 31c4bb38, "Include";
nginx/kubernetes-ingress 0eb3072d pkg/apis/configuration/v1/types.go (Route); kserve/kserve aaac4e29, LoggerSpec;
kubernetes/ingress-nginx dbb11b92, "mirror-target"; kyverno/kyverno 111e07bb api/kyverno/v1, ServiceCall.
"""

import re
from collections.abc import Iterator
from itertools import product

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, name_key, objects
from ..readers.texts import read_texts
from ..readers.webhooks import is_of_platform


def namespace_of(item: ObjectPart) -> str:
    """Returns the namespace that an object states, as a text."""
    return str(item.child("metadata").get("namespace"))


def is_known(item: ObjectPart) -> bool:
    """Returns whether the namespace of an object is stated and known: a provider may have a default one."""
    return isinstance(item.child("metadata").get("namespace"), str)


_LENT = lazy_regex(
    r"(?:^|\.)(?:watchedNamespaces?(?:\[\d+\])?|(?:remote|source|origin|from)Namespace|dataSourceRef\.namespace"
    r"|delegate\.namespace|includes\[\d+\]\.namespace|trafficRouting\.plugins\.[\w./-]{1,120}\.namespace)$"
    r"|^spec\.resource\.[\w-]+\.namespace$"
)
"""Path of the namespace whose objects decide, or from which data come, in a spec of a namespace: the references above,
argoproj/argo-events 6478ece4, ResourceEventSource, read 2026-11-29, and Argo Rollouts, plug-in of the Gateway API, as
known."""
_LENT_NAME = lazy_regex(r"^spec\.(?:subroutes|routes)\[\d+\]\.route$")
"""Path of a route of another object, `namespace/name`, a VirtualServerRoute of nginx/kubernetes-ingress."""
_OF_ROUTES = lazy_regex(r"(?:.*-)?(?:ingress|gateways?|edge|roots?|mesh|proxy|routing|traefik)(?:-.*)?")
"""Namespaces of a platform that hand the hosts of teams to the teams, by their names."""
_BORROWED = tuple(
    (f"kubernetes:{beginning}", lazy_regex(path), lazy_regex(value))
    for beginning, path, value in (
        ("traefik.io/", r"^spec\.(?!parentRefs).*\.namespace$", r"(?P<namespace>[\w-]+)"),
        ("cilium.io/", r"\.secret\.namespace$", r"(?P<namespace>[\w-]+)"),
        ("gateway.envoyproxy.io/", r"\.fqdn\.hostname$", r"kubernetes\.(?P<namespace>default)(?:\.svc(?:\.[\w.-]+)?)?"),
        ("networking.istio.io/", r"\.credentialName$", r"[\w-]+://(?P<namespace>[\w-]+)/.*"),
        ("networking.k8s.io/",
         r"^metadata\.annotations\.(?:[\w-]+\.)*(?:kubernetes\.io|github\.io|haproxy\.(?:org|com))/"
         r"(?:auth-(?:tls-)?secret|auth-tls-cert|auth-proxy-set-headers|proxy-ssl-secret|fastcgi-params-configmap"
         r"|custom-headers|secure-(?:verify-ca|crt)-secret|server-(?:ca|crt))$", r"(?P<namespace>[\w-]+)/.*"),
        ("core/v1:Service", r"^metadata\.annotations\.haproxy\.org/server-(?:ca|crt)$", r"(?P<namespace>[\w-]+)/.*"),
    )
)  # fmt: skip
"""Beginning of a type, path, and form of the values that name another namespace: its services, middlewares, secrets or
headers (traefik/traefik-helm-chart a8a66d00, CRDs; cilium/charts 009b5e9, CiliumNetworkPolicy `secret.namespace`;
envoyproxy/gateway d32f2829, Backend, which asks for no ReferenceGrant, here to the API server; istio/istio 86c9f01f,
pkg/model/credentials; kubernetes/ingress-nginx dbb11b92, annotations, which it reads with
`allow-cross-namespace-resources` or before 1.12; haproxytech/kubernetes-ingress fc120676, documentation/annotations.md,
whose `server-ca` and `server-crt` services have too; jcmoraisjr/haproxy-ingress 465a51ce, docs/content/en/docs/
configuration/keys.md, which refuses other namespaces unless `cross-namespace-*` allows them; read 2026-11-29)."""
_GIVEN = lazy_regex(
    r"logger|(?:^|[^a-z])(?:mirror|shadow|tap|tee|copy|capture|record(?:er|ing)?|duplicate|sniff)(?:ing|s|ed)?(?:[^a-z]"
    r"|$)|apicall|log-?dest(?:ination)?s?(?:$|[\[.])",
    re.IGNORECASE,
)
"""Words of a path at which a service stands that gets copies of requests, or objects that somebody writes: of loggers
of KServe, mirrors of ingress-nginx, calls of Kyverno, and logs of F5's firewalls (waf.securityLogs.logDest of nginx/
documentation 76d290602, content/nic/configuration/policy-resource.md, and dosLogDest of CRD of DosProtectedResource,
datreeio/CRDs-catalog 7b1e26ef; read 2026-11-30)."""
_IN_CLUSTER = lazy_regex(
    r"(?:syslog:server=|[a-z]+://)?(?:[^/@]*@)?[\w-]+\.(?P<namespace>[a-z0-9][a-z0-9-]*)(?:\.svc(?:\.[\w.-]+)?)?"
    r"(?::\d+)?(?:[/?#$].*)?",
    re.IGNORECASE,
)
"""Address of a service of a named namespace: `name.namespace`, with what may follow."""


def check_lent(item: Resource) -> Iterator[Outcome]:
    """Checks that what an object reads, and who decides for it, is of its own namespace."""
    part = ObjectPart("", item.props)
    own = namespace_of(part)
    is_shared = is_of_platform(own) or _OF_ROUTES.fullmatch(own) is not None
    if item.type.startswith((*_POLICIES, _CATALOGUES, *_COLLECTORS)) or not is_known(part) or is_shared:
        return
    server = part.child("spec").child("provider").child("kubernetes").child("server").get("url")
    is_elsewhere = _OTHER_CLUSTER.fullmatch(str(server)) is not None
    for path, _, value in leaves(item.props.get("spec"), "spec"):
        if is_elsewhere and path.endswith(".remoteNamespace"):
            continue
        named = value if isinstance(value, str) and _LENT.search(path) else ""
        if isinstance(value, str) and "/" in value and _LENT_NAME.search(path):
            named = value.partition("/")[0]
        if named not in ("", own):
            yield failed(f"{path} takes what is of {named}, another namespace", path)
    yield from _check_borrowed(item, own)


def _check_borrowed(item: Resource, own: str) -> Iterator[Outcome]:
    """Checks what routes, policies and ingresses name of other namespaces than those of the platform."""
    for beginning, pattern, form in _BORROWED:
        for key in ("metadata", "spec") if item.type.startswith(beginning) else ():
            for path, _, value in leaves(item.props.get(key), key):
                found = form.fullmatch(value) if isinstance(value, str) and pattern.search(path) else None
                named = found["namespace"] if found else own
                is_shared = is_of_platform(named) or _OF_ROUTES.fullmatch(named) is not None
                is_secret = "secret" in path.lower() or "credential" in path.lower()
                if named != own and (is_secret or not is_shared):
                    yield failed(f"{path} takes what is of {named}, another namespace", path)


_FROM_HOST = (
    ("sync", "fromHost", "secrets", "mappings", "byName"),
    ("sync", "fromHost", "configMaps", "mappings", "byName"),
)
"""Values of vCluster with names of objects of the cluster around it, `namespace/name`, that its users read."""


def check_chart(item: Resource) -> Iterator[Outcome]:
    """Checks that a virtual cluster takes secrets, maps and services of the namespace of its release only, and writes
    its administrator's secret there (loft-sh/vcluster 487667546, chart/values.yaml, read 2026-11-29)."""
    own = item.props.get("namespace")
    if not item.type.startswith("kubernetes:helm.sh/") or not isinstance(own, str):
        return
    values = ObjectPart("", item.props).child("values")
    named = [(part.path, name) for part in (_below(values, keys) for keys in _FROM_HOST) for name in part.data]
    replicated = values.child("networking").child("replicateServices").children("fromHost")
    named += [(part.path_to("from"), str(part.get("from"))) for part in replicated if "from" in part.data]
    secret = values.child("exportKubeConfig").child("secret")
    named += [(secret.path_to("namespace"), f"{secret.get('namespace')}/")] if secret.data.get("namespace") else []
    for path, name in named:
        namespace = name.partition("/")[0]
        yield failed(f"{path} names {name}, of another namespace", path) if namespace not in ("", own) else passed()


def _below(part: ObjectPart, keys: tuple[str, ...]) -> ObjectPart:
    for key in keys:
        part = part.child(key)
    return part


_OTHER_CLUSTER = lazy_regex(
    r"https://(?![\w.-]{1,250}\.(?:svc|cluster\.local)\b)[a-z][\w-]*(?:\.[\w-]+){2,}(?::\d+)?/?",
    re.IGNORECASE,
)
"""Address of another cluster by its name: that of the cluster itself is a service, or an address of its network."""
_CATALOGUES = "kubernetes:operators.coreos.com/"
"""Operators of a catalogue, which stands in a namespace of its own (operator-framework/api 3048ccdc
pkg/operators/v1alpha1/subscription_types.go, sourceNamespace, read 2026-11-29)."""
_COLLECTORS = ("kubernetes:logging.openshift.io/", "kubernetes:observability.openshift.io/")
"""Forwarders of OpenShift, of which `includes[].namespace` takes less than their account may collect: without one they
take all of it, and what that is follows from the cluster roles `collect-*-logs` that the account has (openshift/
cluster-logging-operator, ClusterLogForwarder, "inputs", and Red Hat, "Configuring log forwarding", read 2026-11-30)."""
_POLICIES = ("kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/")
_SENDERS = (
    "kubernetes:serving.kserve.io/", "kubernetes:networking.k8s.io/", "kubernetes:flagger.app/",
    "kubernetes:gateway.", "kubernetes:traefik.io/", "kubernetes:projectcontour.io/", "kubernetes:k8s.nginx.org/",
    "kubernetes:appprotectdos.f5.com/", *_POLICIES,
)  # fmt: skip
"""Types of objects that send copies of what others send or write."""


def check_given(item: Resource) -> Iterator[Outcome]:
    """Checks that copies of requests, and objects that others write, go to no pod of a tenant."""
    if not item.type.startswith(_SENDERS):
        return
    part = ObjectPart("", item.props)
    own = namespace_of(part)
    # A namespace that is not known yet, or a provider's default one, may be that of the address.
    refused = failed if is_known(part) or item.type.startswith(_POLICIES) else undetermined
    for leaf in read_texts(item).leaves:
        found = _IN_CLUSTER.fullmatch(leaf.value) if isinstance(leaf.value, str) and _GIVEN.search(leaf.path) else None
        namespace = found["namespace"] if found else own
        is_address = any(mark in str(leaf.value) for mark in (".svc", "://", "syslog:"))
        of_logs = _OF_LOGS.fullmatch(namespace) is not None and _LOGS.search(leaf.path) is not None
        if namespace != own and is_address and not is_of_platform(namespace) and not of_logs:
            yield refused(f"{leaf.path} sends copies to {namespace}, another namespace", leaf.path)


_LOGS = lazy_regex(r"log-?dest(?:ination)?s?(?:$|[\[.])", re.IGNORECASE)
_OF_LOGS = lazy_regex(r"(?:.*-)?(?:logs?|logging|siem|syslog|audit|observability|monitoring|security)(?:-.*)?")
"""Paths of logs, and namespaces of what collects them, by their names."""
_SERVICE_OF_SLICE, _ANYWHERE = "kubernetes.io/service-name", "*"


def _key(name: str, place: str) -> str:
    return f"{place}\n{name}"


def _services_without_selector(item: Resource) -> Iterator[str]:
    """Yields a key of each service without a selector, by its name alone and with its namespace."""
    for service in objects(item, "Service") if item.type.startswith("kubernetes:core/") else ():
        metadata = service.child("metadata")
        if service.child("spec").get("selector") in (MISSING, {}):
            for place in (_ANYWHERE, name_key(metadata.get("namespace"))):
                yield _key(name_key(metadata.get("name")), place)


def check_slices(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that addresses are added by hand only to a service without a selector, which the plan has too: to others
    the cluster adds the pods that they select (kubernetes/kubernetes v1.36.3 pkg/controller/endpointslice/
    endpointslice_controller.go, read 2026-11-29). Endpoints are those
    of the service of their name, that of the API server among them."""
    named = [
        *((item, f"metadata.labels.{_SERVICE_OF_SLICE}", item.child("metadata").child("labels").get(_SERVICE_OF_SLICE))
          for item in objects(resource, "EndpointSlice")),
        *((item, "metadata.name", item.child("metadata").get("name")) for item in objects(resource, "Endpoints")),
    ]  # fmt: skip
    for item, path, name in named:
        metadata = item.child("metadata")
        if not isinstance(name, str):
            continue
        own = metadata.get("namespace")
        same = (own, UNKNOWN, *((MISSING, "default") if own in (MISSING, "default") else ()))
        places = (_ANYWHERE,) if own is UNKNOWN else tuple(map(name_key, same))
        wanted = {_key(each, place) for each, place in product((name, name_key(UNKNOWN)), places)}
        is_own = not wanted.isdisjoint(plan.by_key(_services_without_selector))
        text = f"{path} adds addresses to {name}, a service that selects its pods itself or that the plan does not have"
        yield passed() if is_own else failed(text, path)
