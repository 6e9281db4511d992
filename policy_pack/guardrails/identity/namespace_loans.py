"""Objects that read what is of another namespace, send copies to one, or add addresses to a service.

By the projects' references, as known on 2026-11-29: Kubernetes, "Cross namespace data sources" and "EndpointSlices";
Strimzi, "EntityUserOperatorSpec"; Istio, "Delegate"; Contour, "Inclusion"; NGINX Ingress Controller,
"VirtualServerRoute"; KServe, "Inference Logger"; ingress-nginx, "mirror-target"; Kyverno, "Service Calls".
"""

import re
from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.texts import read_texts
from ..readers.webhooks import is_of_platform


def namespace_of(item: ObjectPart) -> str:
    """Returns the namespace that an object states, as a text."""
    return str(item.child("metadata").get("namespace"))


def is_known(item: ObjectPart) -> bool:
    """Returns whether the namespace of an object is stated and known: a provider may have a default one."""
    return isinstance(item.child("metadata").get("namespace"), str)


_LENT = re.compile(
    r"(?:^|\.)(?:watchedNamespaces?(?:\[\d+\])?|(?:remote|source|origin|from)Namespace|dataSourceRef\.namespace"
    r"|delegate\.namespace|includes\[\d+\]\.namespace)$|^spec\.resource\.[\w-]+\.namespace$"
)
"""Path of the namespace whose objects decide, or from which data come, in a spec of a namespace (Strimzi,
"EntityUserOperatorSpec"; Kubernetes, "Cross namespace data sources"; Istio, "Delegate"; Contour, "Inclusion"; as
known; argoproj/argo-events 6478ece4, ResourceEventSource, read 2026-11-29)."""
_LENT_NAME = re.compile(r"^spec\.(?:subroutes|routes)\[\d+\]\.route$")
"""Path of a route of another object, `namespace/name` (NGINX Ingress Controller, "VirtualServerRoute", as known)."""
_OF_ROUTES = re.compile(r"(?:.*-)?(?:ingress|gateways?|edge|roots?|mesh|proxy|routing)(?:-.*)?")
"""Namespaces of a platform that hand the hosts of teams to the teams, by their names."""
_GIVEN = re.compile(
    r"logger|(?:^|[^a-z])(?:mirror|shadow|tap|tee|copy|capture|record(?:er|ing)?|duplicate|sniff)(?:ing|s|ed)?(?:[^a-z]"
    r"|$)|apicall",
    re.IGNORECASE,
)
"""Words of a path at which a service stands that gets copies of requests, or objects that somebody writes (KServe,
"Inference Logger"; ingress-nginx, "mirror-target"; Kyverno, "Service Calls"; as known)."""
_IN_CLUSTER = re.compile(
    r"(?:[a-z]+://)?(?:[^/@]*@)?[\w-]+\.(?P<namespace>[a-z0-9][a-z0-9-]*)(?:\.svc(?:\.[\w.-]+)?)?(?::\d+)?(?:[/?#$].*)?",
    re.IGNORECASE,
)
"""Address of a service of a named namespace: `name.namespace`, with what may follow."""


def check_lent(item: Resource) -> Iterator[Outcome]:
    """Checks that what an object reads, and who decides for it, is of its own namespace."""
    part = ObjectPart("", item.props)
    own = namespace_of(part)
    is_shared = is_of_platform(own) or _OF_ROUTES.fullmatch(own) is not None
    if item.type.startswith((*_POLICIES, _CATALOGUES)) or not is_known(part) or is_shared:
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


_OTHER_CLUSTER = re.compile(
    r"https://(?![\w.-]{1,250}\.(?:svc|cluster\.local)\b)[a-z][\w-]*(?:\.[\w-]+){2,}(?::\d+)?/?",
    re.IGNORECASE,
)
"""Address of another cluster by its name: that of the cluster itself is a service, or an address of its network."""
_CATALOGUES = "kubernetes:operators.coreos.com/"
"""Operators of a catalogue, which stands in a namespace of its own (OLM, "Subscription", sourceNamespace, as known)."""
_POLICIES = ("kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/")
_SENDERS = (
    "kubernetes:serving.kserve.io/", "kubernetes:networking.k8s.io/", "kubernetes:flagger.app/",
    "kubernetes:gateway.", "kubernetes:traefik.io/", "kubernetes:projectcontour.io/", *_POLICIES,
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
        is_address = ".svc" in str(leaf.value) or "://" in str(leaf.value)
        if namespace != own and is_address and not is_of_platform(namespace):
            yield refused(f"{leaf.path} sends copies to {namespace}, another namespace", leaf.path)


_SERVICE_OF_SLICE = "kubernetes.io/service-name"


def check_slices(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that addresses are added by hand only to a service without a selector, which the plan has too: to others
    the cluster adds the pods that they select (Kubernetes, "EndpointSlices", ownership, as known). Endpoints are those
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
        services = [
            service.child("spec")
            for other in plan.with_prefix("kubernetes:core/")
            for service in objects(other, "Service")
            if service.child("metadata").get("name") in (name, UNKNOWN)
            and (own is UNKNOWN or service.child("metadata").get("namespace") in same)
        ]
        is_own = any(service.get("selector") in (MISSING, {}) for service in services)
        text = f"{path} adds addresses to {name}, a service that selects its pods itself or that the plan does not have"
        yield passed() if is_own else failed(text, path)
