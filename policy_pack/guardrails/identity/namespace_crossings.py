"""Objects of one namespace that take requests, tokens or secrets of others.

Read 2026-11-29: istio/api b8f8791d virtual_service.proto (`exportTo` is every namespace unless it is set);
prometheus-operator 6adcebc5 pkg/apis/monitoring/v1 (`bearerTokenFile`, `arbitraryFSAccessThroughSMs`); external-secrets
cc5bfbc2 apis/externalsecrets/v1; strimzi/strimzi-kafka-operator 8541da1e, "AclRule" (`literal`, `prefix`, `*`). Gateway
API, ReferenceGrant: without a name it is for every object of the kind (text of its type in nine public programs, read
2026-12-01). As known: Kubernetes, "Dynamic Admission Control" (a request has the whole object, so that a webhook for
secrets reads them).
"""

from collections.abc import Callable, Collection, Iterator

from ..engine.families import identity_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource, leaves, shown_items
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.foreign_expressions import compiled
from ..readers.known_namespaces import stated_namespaces
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from ..readers.selectors import selects_everything
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES
from ..readers.webhooks import asks_a_tenant
from .answers_of_tenants import answered_by_tenant, check_conversion, check_credentials, check_recorded
from .component_labels import check_component_labels
from .models_of_teams import check_models
from .names_of_others import check_names_of_others
from .names_of_teams import check_names_of_teams
from .namespace_loans import check_chart, check_given, check_lent, check_slices, is_known, namespace_of
from .scraped_tokens import check_scraped_tokens
from .shared_gateways import check_balancer, check_gateway, check_hosts_at_gateway, check_interceptor
from .shared_volumes import check_shared_volumes
from .sign_in_services import check_sign_in_services
from .stored_fields import check_stored_fields
from .system_names import check_alias, check_redirection, check_system_map
from .tokens_of_others import check_profile, check_repository_token, check_session_tags, check_spec_of_token
from .volume_secrets import check_claim, check_class, check_volume

_SERVICE = lazy_regex(r"[\w*-]+\.(?P<namespace>[\w-]+)\.svc(?:\..*)?|\*\.(?:svc(?:\..*)?|cluster\.local|local)")
"""Name of a service in the cluster, or of those of every namespace."""
_OF_THE_SYSTEM = frozenset({"kube-system", "default"})
"""Namespaces of the API server, nodes and their agents, which ask Prometheus for its token."""
_ACCOUNT_TOKEN = lazy_regex(r".*/serviceaccount/.*")


def _check_route(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a route or an entry of the mesh that others see is for names of its own namespace."""
    spec, own = item.child("spec"), namespace_of(item)
    yield from check_hosts_at_gateway(item, own)
    shown = spec.get("exportTo")
    is_seen = shown in (MISSING, []) or any(name not in (".", own) for name in shown_items(shown))
    is_in_mesh = spec.get("gateways") in (MISSING, []) or "mesh" in shown_items(spec.get("gateways"))
    if not is_seen or not is_in_mesh or CONTROLLER_NAMESPACES.fullmatch(own):
        return
    for host in shown_items(spec.get("hosts")):
        service = _SERVICE.fullmatch(host)
        path = spec.path_to("hosts")
        # A namespace that is not known yet, or a provider's default one, may be that of the service.
        named = service["namespace"] if service else own
        is_own = named == own or (named is not None and not is_known(item))
        text = f"{path} has {host}, a service of another namespace, for callers of every namespace"
        yield passed() if is_own else failed(text, path)
    if path := answered_by_tenant(spec, own) if is_known(item) else "":
        yield failed(f"{path} answers callers of every namespace for a name outside of the cluster", path)


def _check_monitor(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that Prometheus sends its own token only to what is of the system."""
    spec = item.child("spec")
    selector = spec.child("namespaceSelector")
    stated = frozenset(shown_items(selector.get("matchNames")))
    is_every = str(selector.get("any")).lower() == "true"
    is_of_the_system = (stated or {namespace_of(item)}) <= _OF_THE_SYSTEM and not is_every
    # A namespace that is not known yet, or a provider's default one, may be of the system.
    refused = failed if stated or is_every or is_known(item) else undetermined
    for key in ("endpoints", "podMetricsEndpoints"):
        for endpoint in spec.children(key):
            path = endpoint.path_to("bearerTokenFile")
            is_sent = _ACCOUNT_TOKEN.fullmatch(str(endpoint.get("bearerTokenFile"))) is not None
            text = f"{path} sends the token of Prometheus to pods that the monitor selects"
            yield refused(text, path) if is_sent and not is_of_the_system else passed()


def _check_cluster_secret(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    single = [spec.child("namespaceSelector")] if spec.get("namespaceSelector") is not MISSING else []
    for selector in (*spec.children("namespaceSelectors"), *single):
        path = selector.path
        text = f"{path} gives the secret to every namespace, or takes it from each"
        yield failed(text, path) if selects_everything(selector) else passed()


def _check_grant(item: ObjectPart) -> Iterator[Outcome]:
    for target in item.child("spec").children("to"):
        is_every = target.get("kind") == "Secret" and target.get("name") in (MISSING, "")
        text = f"{target.path} lets other namespaces use every secret of this one"
        yield failed(text, target.path) if is_every else passed()


_EVERY_NAME = lazy_regex(r"[\^.*+?$()]*")
"""A regular expression, or a name, that every name matches."""
_SOME_NAMES = ("db", "x-1", "prod/y2")
"""Names without anything in common but that they are names: an expression that finds each finds every one."""


def _finds_every_name(expression: str) -> bool:
    pattern = compiled(expression)
    return pattern is not None and all(map(pattern.search, _SOME_NAMES))


def _check_found_secrets(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a secret of one namespace is not filled with everything that a store of all namespaces has."""
    spec = item.child("spec")
    of_all = spec.child("secretStoreRef").get("kind") == "ClusterSecretStore"
    for source in spec.children("dataFrom"):
        find = source.child("find")
        store = source.child("sourceRef").child("storeRef").get("kind")
        name = find.child("name").get("regexp")
        is_every = name is MISSING or (isinstance(name, str) and _finds_every_name(name))
        is_narrowed = str(find.get("path")).strip("/") not in ("", str(MISSING)) or bool(find.child("tags").data)
        is_wide = bool(find.data) and is_every and not is_narrowed and (of_all or store == "ClusterSecretStore")
        text = f"{find.path} takes every secret of a store of all namespaces"
        yield failed(text, find.path) if is_wide else passed()


_HARMLESS_OPERATIONS = frozenset({"Describe", "DescribeConfigs", "IdempotentWrite", "ClusterAction"})


def _check_broker_user(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a user of Kafka has topics and groups by their name, and does not say who has which."""
    for rule in item.child("spec").child("authorization").children("acls"):
        target = rule.child("resource")
        operations = {*shown_items(rule.get("operations")), *(str(rule.get("operation")),)} - {str(MISSING)}
        is_every = target.get("type") == "cluster" or _EVERY_NAME.fullmatch(str(target.get("name"))) is not None
        is_wide = is_every and rule.get("type") != "deny" and not operations <= _HARMLESS_OPERATIONS
        text = f"{rule.path} gives a user what all others write, read or may do"
        yield failed(text, rule.path) if is_wide else passed()


_SECRET_KINDS = frozenset({"secrets", "*", "*/*", "secrets/*"})


def _check_webhooks(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that secrets of other namespaces are not sent to a pod of a tenant."""
    for webhook in item.children("webhooks"):
        reads = any(
            not _SECRET_KINDS.isdisjoint(shown_items(rule.get("resources")))
            and not {"", "*"}.isdisjoint(shown_items(rule.get("apiGroups")))
            for rule in webhook.children("rules")
        )
        text = f"{webhook.path} sends secrets to a pod of a tenant's namespace"
        yield failed(text, webhook.path) if reads and asks_a_tenant(webhook) else passed()


def _check_store(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a store of all namespaces hands out the secrets of one only to namespaces that it names
    (`conditions`). The provider of objects reads those of every namespace, and that of secrets those of `default`
    unless it names one (external-secrets/external-secrets cc5bfbc22, apis/externalsecrets/v1, read 2026-11-29)."""
    spec = item.child("spec")
    provider, is_of_objects = spec.child("provider"), "crd" in spec.child("provider").data
    if not is_of_objects and "kubernetes" not in provider.data:
        return
    part = provider.child("crd" if is_of_objects else "kubernetes")
    path = part.path if is_of_objects or part.get("remoteNamespace") is MISSING else part.path_to("remoteNamespace")
    conditions = list(spec.children("conditions"))
    is_for_all = not conditions or any(map(_is_for_all, conditions))
    text = f"{path} hands out what is of a namespace to every namespace"
    yield failed(text, path) if is_for_all else passed()


def _check_pushed(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that secrets, and the stores to which they are sent, are named: an empty selector is every one (External
    Secrets, "PushSecret"; external-secrets/external-secrets cc5bfbc22, read 2026-11-29)."""
    spec = item.child("spec")
    spec = spec.child("pushSecretSpec") if "pushSecretSpec" in spec.data else spec
    secret = spec.child("selector").child("secret")
    stores = [*spec.children("secretStoreRefs"), *(part.child("storeRef") for part in spec.children("dataTo"))]
    for part, key, what in ((secret, "selector", "secret of the namespace"), *(
        (store, "labelSelector", "store that somebody adds") for store in stores
    )):  # fmt: skip
        path = part.path_to(key)
        is_every = isinstance(part.get(key), dict) and selects_everything(part.child(key))
        yield failed(f"{path} is every {what}", path) if is_every else passed()


def _is_for_all(condition: ObjectPart) -> bool:
    """Returns whether a condition of a store is met by every namespace; one is enough."""
    names, expressions = shown_items(condition.get("namespaces")), shown_items(condition.get("namespaceRegexes"))
    selector = condition.get("namespaceSelector")
    is_every = isinstance(selector, dict) and selects_everything(condition.child("namespaceSelector"))
    return is_every or any(map(_EVERY_NAME.fullmatch, names)) or any(map(_finds_every_name, expressions))


_CHECKS: dict[str, Callable[[ObjectPart], Iterator[Outcome]]] = {
    "ExternalSecret": _check_found_secrets,
    "ClusterSecretStore": _check_store,
    "PushSecret": _check_pushed,
    "KafkaUser": _check_broker_user,
    "ValidatingWebhookConfiguration": _check_webhooks,
    "ValidatingAdmissionPolicy": check_recorded,
    "CustomResourceDefinition": check_conversion,
    "Secret": check_credentials,
    **dict.fromkeys(("VirtualService", "ServiceEntry"), _check_route),
    **dict.fromkeys(("ServiceMonitor", "PodMonitor", "VMServiceScrape", "VMPodScrape"), _check_monitor),
    **dict.fromkeys(("ClusterExternalSecret", "ClusterPushSecret"), _check_cluster_secret),
    "ReferenceGrant": _check_grant,
    **dict.fromkeys(("PersistentVolume", "VolumeSnapshotContent", "VolumeGroupSnapshotContent"), check_volume),
    "PersistentVolumeClaim": check_claim,
    **dict.fromkeys(("StorageClass", "VolumeSnapshotClass", "VolumeGroupSnapshotClass"), check_class),
    **dict.fromkeys(("Gateway", "ListenerSet"), check_gateway),
    **dict.fromkeys(("HTTPScaledObject", "InterceptorRoute"), check_interceptor),
    "ConfigMap": check_system_map,
    "Service": check_alias,
    "CiliumLocalRedirectPolicy": check_redirection,
    "Ingress": check_balancer,
    "Profile": check_profile,
    "GithubAccessToken": check_repository_token,
    **dict.fromkeys(("ACRAccessToken", "GitlabDeployToken"), check_spec_of_token),
    "ClusterGenerator": check_spec_of_token,
}


_LONGEST_PATH = 300
"""Characters at the end of a path that are read."""
_MIRROR = lazy_regex(r"(?:^|\.)(?!\w*(?i:registry|image|repo))(?:\w*[mM]irror\w*)[.\[].*\bnamespace$")
"""Path of the namespace of a service that gets, or gives, copies of requests, in routes of any gateway. Mirrors of
registries, images and repositories are other things."""


def _check_mirrors(item: Resource) -> Iterator[Outcome]:
    part = ObjectPart("", item.props)
    # A namespace that is not known yet, or a provider's default one, may be that of the service.
    own, refused = namespace_of(part), failed if is_known(part) else undetermined
    for path, _, value in leaves(item.props.get("spec"), "spec"):
        if _MIRROR.search(path[-_LONGEST_PATH:]) and isinstance(value, str) and value != own:
            yield refused(f"{path} copies requests between {value} and another namespace", path)


def _check_crossings(resource: Resource) -> Iterator[Outcome]:
    for item in expand_list(resource):
        yield from _check_mirrors(item)
        yield from check_lent(item)
        yield from check_given(item)
        yield from check_chart(item)
        yield from check_names_of_others(item)
        yield from check_sign_in_services(item)
        yield from check_session_tags(item)
        yield from check_models(item)
        yield from check_component_labels(item)
    for kind, check in _CHECKS.items():
        for item in objects(resource, kind):
            yield from check(item)
    for item in objects(resource, "ClusterPushSecret"):
        yield from _check_pushed(item)
    for item in objects(resource, "CustomResourceDefinition"):
        yield from check_stored_fields(item)


def namespace_crossings(listed: Collection[str]) -> Guardrail:
    """Returns the guardrail of what one namespace takes of others. `listed`: namespaces that others create."""

    def check_plan(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        yield from check_slices(resource, plan)
        yield from check_shared_volumes(resource, plan)
        known = stated_namespaces(plan, listed)
        for item in expand_list(resource):
            yield from check_names_of_teams(item, known)
            yield from check_scraped_tokens(item, known)

    return identity_rule(
        314, Severity.CRITICAL, "Objects of a namespace take no requests, tokens or secrets of others",
        "whoever may write in one namespace would have what another one trusts its own with",
        "Set exportTo to [.] or the host to a service of the namespace; scrape with a secret of the "
        "monitor's own namespace; name the secrets that are lent, and select namespaces by a label that the "
        "platform sets; read from, and send copies to, the object's own namespace; keep the secret of a "
        "volume in the namespace of its claim; let namespaces with a label attach routes to a gateway",
        predicate=_check_crossings, plan_predicate=check_plan, types=KUBERNETES_TYPES,
    )  # fmt: skip
