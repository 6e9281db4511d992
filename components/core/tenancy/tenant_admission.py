"""Admission policies of tenants' namespaces: what the API server refuses there, whoever asks. Pure.

Roles say which kinds a tenant may write; these policies say what may stand in them. The API server evaluates a
ValidatingAdmissionPolicy itself (kubernetes.io, Validating Admission Policy, stable since 1.30), so that no webhook can
be down. Expressions are CEL.
"""

from collections.abc import Iterator, Sequence

from falaj.components.core.charts.charts import KEDA_NAMESPACE, KEDA_PROXY
from falaj.components.core.node_pools.profiles import AKS_SPOT_TAINT, GPU_TAINT, TRAITS
from falaj.components.core.storage.shared_files import CLAIM
from falaj.components.core.tenancy import admission_expressions as cel
from falaj.components.core.tenancy.admission_policies import AdmissionPolicy, Check
from falaj.components.core.tenancy.picker_access import PICKER_ACCOUNT
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem
from falaj.facts.labels import ENDPOINT_PICKER_LABEL, HOSTS_ANNOTATION, PROFILE_LABEL, SERVICE_LABEL, TENANT_LABEL

HIGHEST_PRIORITY = 100_000
"""Highest priority of a tenant's pod: that of inference services (`kubernetes.cluster.priorities`)."""

HTTP_SCALER = "keda-add-ons-http-external-scaler.keda:9090"
"""Address of the scaler of KEDA's HTTP add-on, as `keda` installs it, which reports pending requests to KEDA."""

CLOSED_POLICY = "closed"
"""Name of the NetworkPolicy that denies all traffic in a tenant's namespace."""

_DISRUPTION = ("karpenter.sh/do-not-disrupt", "cluster-autoscaler.kubernetes.io/safe-to-evict")
_ENDING = ("Job", "RayCluster")
"""Controllers of pods that end. A tenant may create a RayCluster as part of a RayJob only."""

_CONDITIONS = ("not-ready", "unreachable", "memory-pressure", "disk-pressure", "pid-pressure")
_ROLE_ANNOTATION = "eks.amazonaws.com/role-arn"


class AdmissionSpec(Spec):
    """What workloads of a cluster's tenants may refer to. By default nothing outside their namespace, except the scaler
    of KEDA's HTTP add-on."""

    gateway: Label | None = None
    """Name of the gateway that routes attach to. No route is admitted if absent."""
    gateway_namespace: Label | None = None
    """Namespace of the gateway. Required with `gateway`."""
    callers: Sequence[Label] = ()
    """Namespaces whose pods a tenant's network policies may admit: those of the gateway's pods, of KEDA and of
    Prometheus."""
    prometheus: Sequence[str] = ()
    """Addresses of the Prometheus servers that scaling may query."""
    scalers: Sequence[str] = (HTTP_SCALER,)
    """Addresses of the external scalers that scaling may use. Default: that of KEDA's HTTP add-on."""
    taints: Sequence[str] = ()
    """Keys of the pools' own taints, which tenants' pods may tolerate."""

    def _problems(self) -> Iterator[Problem]:
        if self.gateway is not None and self.gateway_namespace is None:
            yield Problem.missing("gateway_namespace", "`gateway` is given", "add it")


def admission_policies(spec: AdmissionSpec) -> tuple[AdmissionPolicy, ...]:
    """Returns the policies of a cluster."""
    return (
        _pods(spec.taints),
        _claims(),
        _SERVICES,
        _ACCOUNTS,
        _SECRETS,
        _networks(spec.callers),
        _routes(spec.gateway, spec.gateway_namespace),
        _INTERCEPTORS,
        _scaling(spec.prometheus, spec.scalers),
        _MONITORS,
        _BUDGETS,
    )


def _pods(pool_taints: Sequence[str]) -> AdmissionPolicy:
    profiles = sorted(
        taint.value
        for profile, traits in TRAITS.items()
        for taint in traits.taints
        if profile is not Profile.SYSTEM and taint.key == PROFILE_LABEL
    )
    tolerated = sorted(
        {PROFILE_LABEL, GPU_TAINT.key, AKS_SPOT_TAINT.key, *pool_taints}
        | {f"node.kubernetes.io/{condition}" for condition in _CONDITIONS}
    )
    return AdmissionPolicy(
        "falaj-tenant-pods",
        {"": ["pods"]},
        (
            Check(cel.absent_or_empty("spec.nodeName"), "a tenant's pods are placed by the scheduler: omit nodeName"),
            Check(
                cel.absent_or("spec.priority", f"object.spec.priority <= {HIGHEST_PRIORITY}"),
                f"a tenant's pods have a priority of at most {HIGHEST_PRIORITY}: use another priority class",
            ),
            Check(
                cel.tolerations(tolerated, PROFILE_LABEL, profiles, TENANT_LABEL),
                "a tenant's pods tolerate taints of its pools",
            ),
            Check(cel.own_label("metadata.labels", TENANT_LABEL), f"the label {TENANT_LABEL} names the own tenant"),
            Check(
                cel.own_label("spec.nodeSelector", TENANT_LABEL),
                f"the node selector {TENANT_LABEL} names the own tenant",
            ),
            Check(cel.own_affinity(TENANT_LABEL), f"node affinity to {TENANT_LABEL} names the own tenant"),
            Check(
                cel.annotated_if_controlled_by(_DISRUPTION, _ENDING),
                "only pods of a run may keep their node from being disrupted",
            ),
            Check(
                cel.labelled_if_not_controlled_by(SERVICE_LABEL, _ENDING),
                f"pods of a run do not have the label {SERVICE_LABEL}, by which disruption budgets select",
            ),
            Check(
                cel.labelled_with_account(ENDPOINT_PICKER_LABEL, PICKER_ACCOUNT),
                f"pods with the label {ENDPOINT_PICKER_LABEL} have the service account {PICKER_ACCOUNT}",
            ),
            Check(cel.NO_INLINE_VOLUMES, "a tenant mounts volumes by claim, not by an inline CSI volume"),
            Check(cel.OWN_FOLDERS, f"containers mount the claim {CLAIM} with the namespace as subPath"),
        ),
        operations=("CREATE",),
        variables={"shared": cel.volumes_of_claim(CLAIM), "containers": cel.CONTAINERS},
    )


def _claims() -> AdmissionPolicy:
    # All claims of the storage class may have the same share, so that pods are held to a folder by the claim's name.
    expression = cel.absent_or(
        "spec.storageClassName", f"object.spec.storageClassName != '{CLAIM}' || object.metadata.name == '{CLAIM}'"
    )
    return AdmissionPolicy(
        "falaj-tenant-claims",
        {"": ["persistentvolumeclaims"]},
        (Check(expression, f"the claim of shared files has the name {CLAIM}"),),
        operations=("CREATE",),
    )


_SERVICES = AdmissionPolicy(
    "falaj-tenant-services",
    {"": ["services"]},
    (
        Check("object.spec.type == 'ClusterIP'", "a tenant's Services have type ClusterIP: ingress is by the gateway"),
        Check(cel.absent_or("spec.externalIPs", "object.spec.externalIPs.size() == 0"), "externalIPs are not allowed"),
    ),
)

_ACCOUNTS = AdmissionPolicy(
    "falaj-tenant-accounts",
    {"": ["serviceaccounts"]},
    (
        Check(
            f"!('{_ROLE_ANNOTATION}' in object.metadata.?annotations.orValue({{}}))",
            f"the annotation {_ROLE_ANNOTATION} is not allowed: the platform associates roles with service accounts",
        ),
    ),
)


_SECRETS = AdmissionPolicy(
    "falaj-tenant-secrets",
    {"": ["secrets"]},
    (
        Check(
            "object.type != 'kubernetes.io/service-account-token'",
            "tokens of service accounts are issued to pods only, for a limited time",
        ),
    ),
)


def _networks(callers: Sequence[str]) -> AdmissionPolicy:
    return AdmissionPolicy(
        "falaj-tenant-networks",
        {"networking.k8s.io": ["networkpolicies"]},
        (
            Check(
                f"request.operation == 'CREATE' || oldObject.metadata.name != '{CLOSED_POLICY}'",
                f"the policy `{CLOSED_POLICY}`, which denies all traffic, belongs to the platform",
            ),
            Check(
                f"request.operation == 'DELETE' || ({cel.ingress_from(callers)})",
                "a tenant's network policies have policyTypes [Ingress], and admit pods of these namespaces only: "
                + ", ".join(["its own", *callers]),
            ),
        ),
        operations=("CREATE", "UPDATE", "DELETE"),
        # The platform's own policies also open egress.
        conditions={"by-a-tenant": f"!{cel.BY_PLATFORM}"},
    )


_HOSTS = {"hosts": cel.words_of_namespace(HOSTS_ANNOTATION)}
_HOST_MESSAGE = f"hosts must be those of the tenant (annotation {HOSTS_ANNOTATION} of the namespace)"


def _routes(gateway: str | None, namespace: str | None) -> AdmissionPolicy:
    return AdmissionPolicy(
        "falaj-tenant-routes",
        {"gateway.networking.k8s.io": ["httproutes"]},
        (
            Check(f"has(object.spec.hostnames) && {cel.own_hosts('object.spec.hostnames')}", _HOST_MESSAGE),
            Check(
                cel.attached_to(gateway, namespace),
                f"routes attach to the gateway {namespace}/{gateway}" if gateway else "the cluster has no gateway",
            ),
            # A filter could rewrite the host to that of another tenant's service behind KEDA's interceptor.
            Check(cel.NO_FILTERS, "filters are not allowed in a tenant's routes"),
            # Istio takes any address of the cluster as a backend of kind Hostname, without a ReferenceGrant
            # (istio/istio 1.31, pilot/pkg/config/kube/gateway/conversion.go).
            Check(
                cel.own_backends(KEDA_NAMESPACE, KEDA_PROXY),
                "backends are Services and InferencePools of the own namespace, or the Service "
                f"{KEDA_NAMESPACE}/{KEDA_PROXY}",
            ),
        ),
        variables=_HOSTS,
    )


_INTERCEPTORS = AdmissionPolicy(
    "falaj-tenant-interceptors",
    {"http.keda.sh": ["interceptorroutes"]},
    (
        Check(
            "object.spec.?rules.orValue([]).size() > 0 && object.spec.rules.all(rule, has(rule.hosts) && "
            f"{cel.own_hosts('rule.hosts')})",
            _HOST_MESSAGE,
        ),
        # The interceptor, which may connect to all tenants, calls `<service>.<namespace>:<port>` (kedacore/http-add-on
        # v0.15.0). The CRD takes any text as the service.
        Check(
            f"object.spec.target.service.matches('{cel.SERVICE_NAME}')",
            "target.service is the name of a Service of the own namespace",
        ),
        Check("!has(object.spec.coldStart)", "coldStart is not allowed: its fallback may be another address"),
    ),
    variables=_HOSTS,
)


def _scaling(prometheus: Sequence[str], scalers: Sequence[str]) -> AdmissionPolicy:
    addresses = ", ".join([*prometheus, *scalers]) or "none"
    return AdmissionPolicy(
        "falaj-tenant-scaling",
        {"keda.sh": ["scaledobjects"]},
        (
            Check(cel.triggers(prometheus, scalers), f"triggers are cpu, cron, or read these addresses: {addresses}"),
            Check(
                cel.own_queries(),
                'queries are of the form sum(METRIC{namespace="...",service="..."}) or sum(rate(METRIC{...}[2m])), '
                "with the own namespace first: only the platform's stack deploys another `load.query`",
            ),
            Check(
                "object.spec.triggers.all(trigger, !has(trigger.authenticationRef))",
                "triggers have no authenticationRef: KEDA's identity is the platform's",
            ),
        ),
    )


_MONITORS = AdmissionPolicy(
    "falaj-tenant-monitors",
    {"monitoring.coreos.com": ["podmonitors"]},
    (
        Check(cel.OWN_NAMESPACE_SELECTED, "monitors select pods of the own namespace"),
        # Queries attribute usage and cost by these labels.
        Check(
            cel.OWN_METRICS,
            "monitors add labels with constant names other than `namespace` and `job`, as `tenant` the own one, by "
            "`relabelings` only",
        ),
        Check(cel.OWN_PODS_SCRAPED, "monitors have no proxyUrl, proxyFromEnvironment or oauth2"),
    ),
)

_BUDGETS = AdmissionPolicy(
    "falaj-tenant-budgets",
    {"policy": ["poddisruptionbudgets"]},
    (
        # Karpenter keeps a node on whose pods a budget allows no eviction.
        Check(cel.ALLOWS_DISRUPTION, "disruption budgets have a maxUnavailable of 1 or more, and no minAvailable"),
        # Any budget of pods of Jobs allows no eviction: Jobs have no scale subresource, by which the controller counts
        # (Kubernetes 1.36, pkg/controller/disruption).
        Check(
            cel.selects_label(SERVICE_LABEL),
            f"disruption budgets select pods of served models: matchLabels has {SERVICE_LABEL}",
        ),
    ),
)
