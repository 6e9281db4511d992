"""The sections of enforcement.yaml, in which a platform team configures the rules of each concern."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS

from .lazy_regex import lazy_regex
from .setting_names import names
from .shared_names import OF_SOMEBODY

Reason = Annotated[str, Field(min_length=10)]
"""The reason for an exception, for reviewers of the file."""
PositiveAmount = Annotated[Decimal, Field(gt=0, allow_inf_nan=False, strict=False)]
_LIST_AS_TUPLE = Field(strict=False)
_LABEL_KEY = lazy_regex(r"(?:[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
_LABEL_OF_CLUSTER = lazy_regex(
    r"(?:[a-z0-9.-]+\.)?(?:kubernetes\.io|k8s\.io)/.*|pod-template-(?:hash|generation)|controller-revision-hash|job-name"
    r"|controller-uid"
)
"""Labels that Kubernetes reserves or gives pods itself (Kubernetes, "Well-Known Labels, Annotations and Taints", as
known)."""

_CONFIRMED = names(
    lazy_regex(
        r"@?[a-z0-9][a-z0-9.-]{1,251}[a-z0-9]|[a-z0-9][a-z0-9.-]{2,58}-\*|/subscriptions/[^/]+(?:/.*)?"
        r"|[0-9a-f]{1,4}:[0-9a-f:]{1,34}",
        re.IGNORECASE,
    ),
    "is not the name of a bucket or host, an account number, or the beginning of an Azure id with its subscription",
    (
        lazy_regex(
            r"@?(?:(?:com|co|net|org|gov|ac|sch|edu|mil)\.[a-z]{2}|(?:[a-z0-9-]+\.){0,2}(?:amazonaws\.com|on\.aws)"
            r"|(?:[a-z]+\.)?(?:(?:core\.)?windows\.net|azure\.com|azure\.net|azurewebsites\.net)"
            r"|(?:(?:data|privatelink)\.)?azurecr\.io|azure-api\.net"
            r"|(?:[a-z]+\.)?core\.windows\.net|cloudfront\.net|googleapis\.com|snowflakecomputing\.com)",
            re.IGNORECASE,
        ),
        "is a domain in which every customer of a vendor has hosts; list the host's whole name",
    ),
)
"""With `-*`, a key is the beginning of the names of buckets. A prefix that all Azure ids share is rejected, because it
would match every resource."""
_OWNERS = names(
    r"\d{12}|o-[a-z0-9]{10,32}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9](?:/[\w.~/-]*)?"
    r"|/subscriptions/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "is not an account of 12 digits in quotes, the id of an organisation or tenant, or the host of an issuer",
    (
        lazy_regex(
            r"(?:login\.microsoftonline\.com|sts\.windows\.net|oidc\.eks\.[a-z0-9-]+\.amazonaws\.com"
            r"|cognito-idp\.[a-z0-9-]+\.amazonaws\.com)/?(?:common|organizations|consumers|id)?/?"
        ),
        "issues tokens of every customer; list it with the path of your own, such as {name}/TENANT",
    ),
)
_ORGANISATIONS = names(
    lazy_regex(r"https://[a-z0-9.-]+\.[a-z]+(?:/[\w.@{}-]+)+/?", re.IGNORECASE),
    "is no address of an organisation, such as https://github.com/example",
)
_RIGHTS = names(
    r"[a-z0-9][\w.:-]*:(?!rbac\.|authentication\.|admissionregistration\.|certificates\.|core/(?:secrets|serviceaccounts)"
    r"|\S*/(?:approval|attach|exec|ephemeralcontainers|portforward|proxy|token):)"
    r"[a-z0-9.-]+/[a-z]+(?:/[a-z]+)?:(?:get|list|watch|create|update|patch|delete)",
    "is not one right of a role that may be listed, such as cluster-autoscaler:core/nodes:update",
)
"""All but secrets, accounts, commands in pods, and what decides who may do what."""


def _fixing(fewest: int) -> AfterValidator:
    """Returns a validator of patterns of names, which fix so many characters or have no wildcard."""

    def check(patterns: dict[str, str]) -> dict[str, str]:
        for pattern in patterns:
            if re.search(r"[*?\[]", pattern) and len(re.sub(r"\[.*?\]|[*?]", "", pattern)) < fewest:
                raise ValueError(f"'{pattern}' matches too many names; fix {fewest} characters or more")
        return patterns

    return AfterValidator(check)


_NamePatterns = Annotated[dict[str, Reason], _fixing(2)]
"""Pattern of names of resources -> the reason. One that fixes nothing frees what nobody looked at."""
_TYPED_NAMES = names(
    r"[\w-]+:[\w./-]+:\w+::(?:[^\s*?\[]+|[^\s*?\[]{2}\S*)",
    "is not the type and name of a resource, such as aws:msk/cluster:Cluster::orders, or its beginning and *",
)
"""A name that begins with a wildcard would waive every resource of the type."""
_CLUSTERS = names(r"(?s:.*\S.*)", "is not a cluster, which is a server address or a context")
"""The context of a provider that sets none is empty, so an empty entry would allow every cluster."""
_NAMESPACES = names(
    r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?",
    "is not the name of one namespace, such as payments",
    (lazy_regex("kube-node-lease"), "holds the leases of nodes, and no workload that a policy could protect"),
)
_OF_AGENTS = names(
    r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?",
    "is not the name of one namespace, such as gpu-operator",
    (lazy_regex("default"), "is the namespace of whatever names none; give agents one of their own"),
)
_GATEWAYS = names(
    r"[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9*][-a-z0-9.*]*",
    "is not a namespace and the name of a gateway, such as edge/models",
)
"""Only the name may be a pattern."""


class TagSettings(BaseModel):
    """Allowed cost centres (every valid one if the list is empty), label keys that differ from the tag keys, and
    environments of stacks."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    cost_centres: Annotated[tuple[str, ...], _LIST_AS_TUPLE] = ()
    labels: dict[str, str] = {}
    """Cost tag -> key of the Kubernetes label that replaces it, such as `finance.example.ae/cost-centre`."""
    environments: dict[str, str] = {}
    """Stack -> value of its environment tag, for stacks whose names do not contain it as a word (`prod-uae` does)."""

    @field_validator("environments")
    @classmethod
    def _are_environments(cls, environments: dict[str, str]) -> dict[str, str]:
        tag = next(tag for tag in COST_TAGS if tag.key == "environment")
        for value in environments.values():
            if not tag.accepts(value):
                raise ValueError(f"'{value}' is not an environment; allowed are {tag.form}")
        return environments

    @field_validator("cost_centres")
    @classmethod
    def _are_cost_centres(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        tag = next(tag for tag in COST_TAGS if tag.key == "cost-centre")
        for value in values:
            if not tag.accepts(value):
                raise ValueError(f"'{value}' is not {tag.meaning}; an example is '{tag.example}'")
        return values

    @field_validator("labels")
    @classmethod
    def _are_labels(cls, labels: dict[str, str]) -> dict[str, str]:
        for key, label in labels.items():
            if key not in MANDATORY_KEYS:
                raise ValueError(f"'{key}' is not a cost tag; allowed are {', '.join(MANDATORY_KEYS)}")
            if not _LABEL_KEY.fullmatch(label):
                raise ValueError(f"'{label}' is not a valid key of a Kubernetes label")
            if _LABEL_OF_CLUSTER.fullmatch(label):
                raise ValueError(f"'{label}' is a label that the cluster sets itself, and says nothing of who pays")
        used = [labels.get(key, key) for key in MANDATORY_KEYS]
        if twice := sorted({label for label in used if used.count(label) > 1}):
            raise ValueError(f"'{twice[0]}' stands for several cost tags; give each a label of its own")
        return labels


class ResidencySettings(BaseModel):
    """Resources outside the plan whose location in the country is confirmed, and additional global services."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    known: Annotated[dict[str, Reason], _CONFIRMED, OF_SOMEBODY] = {}
    """Name of an S3 bucket, AWS account number, host or domain, `@` and the domain of recipients of mail, or prefix of
    an Azure resource id -> its location and who confirmed it. Recipients are limited to the listed domains if there
    are any."""
    global_services: Annotated[
        dict[str, Reason],
        names(r"(?:aws|azure-native):\w+[:/].*", "is not a prefix of a type token, such as aws:shield/"),
    ] = {}
    """Prefix of a type token -> the reason why this global service may be used."""


class IdentitySettings(BaseModel):
    """AWS accounts and organisations that may get access, AWS managed policies that may be attached although they are
    broad, and actions that may be allowed on every resource."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    trusted: Annotated[dict[str, Reason], _OWNERS, OF_SOMEBODY] = {}
    """Account number or canonical user, id of an organisation or Azure tenant, `/subscriptions/ID` of Azure, host of an
    issuer of tokens (and path) -> its owner, and why it gets access."""
    repositories: Annotated[dict[str, Reason], _ORGANISATIONS] = {}
    """Address of an organisation, or of a repository or project in it, such as https://github.com/example -> its owner.
    Its pipelines may assume roles."""
    managed_policies: dict[str, Reason] = {}
    """Name of an AWS managed policy, without its path -> the reason why it may be attached."""
    unrestricted_actions: Annotated[
        dict[str, Reason],
        names(
            r"[a-z0-9-]+:[A-Z][A-Za-z0-9]+|[A-Z]\w+\.\w[\w.]*(?:/[\w-]+)+/(?:write|delete|action|[a-z]\w*)",
            "is not one action, such as ec2:CreateSecurityGroup or Microsoft.App/jobs/start/action",
        ),
    ] = {}
    """Action, such as `ec2:CreateSecurityGroup` or `Microsoft.App/jobs/start/action` -> the reason why a policy may
    allow it on every resource, or a custom role of Azure on a whole subscription. Rights
    that the table of decisive actions has pass too, since some have no resources to list; what makes one administrator
    of the account, and data, stay refused (FJ-IDN-103 and 104)."""
    controller_rights: Annotated[dict[str, Reason], _RIGHTS] = {}
    """`ROLE:GROUP/RESOURCE:VERB`, such as `cluster-autoscaler:core/nodes:update` -> the reason why the role may have
    that right on what others have (FJ-IDN-305)."""
    cluster_roles: Annotated[
        dict[str, Reason], names(r"[A-Za-z0-9][\w.:-]*", "is not the name of one ClusterRole, such as node-metrics")
    ] = {}
    """ClusterRole that another stack or a chart creates and that may be bound for every namespace -> who reads its
    rules (FJ-IDN-301)."""


class ExposureSettings(BaseModel):
    """Topics, queues and buckets on which AWS services act without a condition on the account."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    service_callers: Annotated[dict[str, Reason], _fixing(4)] = {}
    """Pattern of names of resources in the program, or of queues, topics and buckets themselves, such as
    `*-interruption-queue` -> why a message of a stranger does no harm there."""


class Unpriced(BaseModel):
    """What a resource without a price may cost, and why that is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    aed_per_month: PositiveAmount
    """Highest cost of one such resource, in AED a month without VAT. It counts towards the ceiling."""
    reason: Reason


class CostSettings(BaseModel):
    """Cost ceilings, resources without a price, machine types of workload profiles, on-demand pools, and stacks whose
    budgets are managed elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    ceilings: dict[str, PositiveAmount] = {}
    """Stack -> highest estimate, in AED a month without VAT; `*` is any stack that is not listed."""
    unpriced: Annotated[dict[str, Unpriced], _TYPED_NAMES] = {}
    """Type and name of a resource for which there is no price, such as `aws:msk/cluster:Cluster::orders` -> what it
    may cost. The name may be a pattern, the type may not."""
    machines: dict[str, Annotated[tuple[str, ...], _LIST_AS_TUPLE]] = {}
    """Workload profile -> patterns of its machine types, such as `g6*.xlarge`."""
    on_demand: _NamePatterns = {}
    """Pattern of a pool's resource name -> the reason why the pool is on demand."""
    budgets_elsewhere: dict[str, Reason] = {}
    """Stack -> where and by whom its budgets are managed."""

    def ceiling(self, stack: str) -> Decimal | None:
        """Returns the ceiling of a stack in AED a month, None if it has none."""
        return self.ceilings.get(stack, self.ceilings.get("*"))


class ResilienceSettings(BaseModel):
    """Data that has a copy elsewhere in the country which no plan shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    kept_elsewhere: _NamePatterns = {}
    """Pattern of resource names -> where the other copy is, or how the data can be recreated."""


class KubernetesSettings(BaseModel):
    """Allowed clusters outside EKS and AKS in the UAE, namespaces that others create, those of agents of the nodes, and
    gateways that authenticate requests in a way that no plan shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_clusters: Annotated[tuple[str, ...], _LIST_AS_TUPLE, _CLUSTERS] = ()
    """API server addresses or kubeconfig contexts."""
    namespaces: Annotated[dict[str, Reason], _NAMESPACES] = {}
    """Namespace that another stack or a person creates -> who does. Policies of the cluster may be for it."""
    privileged_namespaces: Annotated[dict[str, Reason], _OF_AGENTS] = {}
    """Namespace of agents of the nodes -> the reason. Its pods, and those of charts in it, may share networks,
    processes, ports and directories of the nodes; no container of them may be privileged."""
    authenticated_gateways: Annotated[dict[str, Reason], _GATEWAYS] = {}
    """`namespace/name` of a gateway of another controller than Istio, or a pattern of gateways of other stacks, such as
    `edge/*` -> how they authenticate requests."""
