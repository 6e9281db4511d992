"""The sections of enforcement.yaml, in which a platform team configures the rules of each concern."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS

Reason = Annotated[str, Field(min_length=10)]
"""The reason for an exception, for reviewers of the file."""
PositiveAmount = Annotated[Decimal, Field(gt=0, allow_inf_nan=False, strict=False)]
_LIST_AS_TUPLE = Field(strict=False)
_LABEL_KEY = re.compile(r"(?:[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")

_CONFIRMED_RESOURCE = re.compile(
    r"@?[a-z0-9][a-z0-9.-]{1,251}[a-z0-9]|[a-z0-9][a-z0-9.-]{2,58}-\*|/subscriptions/[^/]+(?:/.*)?", re.IGNORECASE
)
"""Keys of `known`, with `-*` the beginning of the names of buckets. A prefix that all Azure ids share is rejected,
because it would match every resource."""
_ACTION = re.compile(r"[a-z0-9-]+:[A-Z][A-Za-z0-9]+")
_SHARED_HOSTS = re.compile(
    r"(?:com|co|net|org|gov|ac|sch|edu|mil)\.[a-z]{2}|(?:[a-z0-9-]+\.){0,2}(?:amazonaws\.com|on\.aws)"
    r"|(?:[a-z]+\.)?(?:(?:core\.)?windows\.net|azure\.com|azure\.net|azurewebsites\.net)"
    r"|(?:(?:data|privatelink)\.)?azurecr\.io|azure-api\.net"
    r"|(?:[a-z]+\.)?core\.windows\.net|cloudfront\.net|googleapis\.com|snowflakecomputing\.com",
    re.IGNORECASE,
)
"""Domains in which any customer of a vendor has hosts, so that a list of them would allow every customer."""
_ACCOUNT_OR_ORGANISATION = re.compile(
    r"\d{12}|o-[a-z0-9]{10,32}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9](?:/[\w.~/-]*)?"
    r"|/subscriptions/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_ORGANISATION = re.compile(r"https://[a-z0-9.-]+\.[a-z]+(?:/[\w.@{}-]+)+/?", re.IGNORECASE)
_FEWEST_FIXED = 4
"""Characters that a pattern of `service_callers` must fix."""
_NAMESPACE = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?")
_LEASES = "kube-node-lease"
_GATEWAY_PATTERN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9*][-a-z0-9.*]*")
"""Keys of `authenticated_gateways`: only the name may be a pattern."""
_CONTROLLER_RIGHT = re.compile(
    r"[a-z0-9][\w.:-]*:(?!rbac\.|authentication\.|admissionregistration\.|certificates\.|core/(?:secrets|serviceaccounts)"
    r"|\S*/(?:approval|attach|exec|ephemeralcontainers|portforward|proxy|token):)"
    r"[a-z0-9.-]+/[a-z]+(?:/[a-z]+)?:(?:get|list|watch|create|update|patch|delete)"
)
"""Keys of `controller_rights`, but secrets, accounts, commands in pods, and what decides who may do what."""
_TYPED_NAME = re.compile(r"[\w-]+:[\w./-]+:\w+::[^\s*]\S*")
"""Keys of `unpriced`. A name that begins with `*` would waive every resource of the type."""


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
        return labels


class ResidencySettings(BaseModel):
    """Resources outside the plan whose location in the country is confirmed, and additional global services."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    known: dict[str, Reason] = {}
    """Name of an S3 bucket, AWS account number, host or domain, `@` and the domain of recipients of mail, or prefix of
    an Azure resource id -> its location and who confirmed it. Recipients are limited to the listed domains if there
    are any."""
    global_services: dict[str, Reason] = {}
    """Prefix of a type token -> the reason why this global service may be used."""

    @field_validator("known")
    @classmethod
    def _are_resources(cls, known: dict[str, str]) -> dict[str, str]:
        for name in known:
            if not _CONFIRMED_RESOURCE.fullmatch(name):
                raise ValueError(
                    f"'{name}' is not the name of a bucket or host, an account number, or the beginning of an "
                    "Azure id with its subscription"
                )
            if _SHARED_HOSTS.fullmatch(name.removeprefix("@")):
                raise ValueError(
                    f"'{name}' is a domain in which every customer of a vendor has hosts; list the host's whole name"
                )
        return known

    @field_validator("global_services")
    @classmethod
    def _are_types(cls, services: dict[str, str]) -> dict[str, str]:
        for token in services:
            if not re.match(r"(?:aws|azure-native):\w+[:/]", token):
                raise ValueError(f"'{token}' is not a prefix of a type token, such as aws:shield/")
        return services


class IdentitySettings(BaseModel):
    """AWS accounts and organisations that may get access, AWS managed policies that may be attached although they are
    broad, and actions that may be allowed on every resource."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    trusted: dict[str, Reason] = {}
    """Account number or canonical user, id of an organisation or Azure tenant, `/subscriptions/ID` of Azure, host of an
    issuer of tokens (and path) -> its owner, and why it gets access."""
    repositories: dict[str, Reason] = {}
    """Address of an organisation, or of a repository or project in it, such as https://github.com/example -> its owner.
    Its pipelines may assume roles."""
    managed_policies: dict[str, Reason] = {}
    """Name of an AWS managed policy, without its path -> the reason why it may be attached."""
    unrestricted_actions: dict[str, Reason] = {}
    """Action, such as `ec2:CreateSecurityGroup` -> the reason why a policy may allow it on every resource. Privilege
    escalation and data stay refused (FJ-IDN-103 and 104)."""

    controller_rights: dict[str, Reason] = {}
    """`ROLE:GROUP/RESOURCE:VERB`, such as `cluster-autoscaler:core/nodes:update` -> the reason why the role may have
    that right on what others have (FJ-IDN-305)."""

    @field_validator("controller_rights")
    @classmethod
    def _are_rights(cls, rights: dict[str, str]) -> dict[str, str]:
        for right in rights:
            if not _CONTROLLER_RIGHT.fullmatch(right):
                raise ValueError(
                    f"'{right}' is not one right of a role that may be listed, such as "
                    "cluster-autoscaler:core/nodes:update"
                )
        return rights

    @field_validator("repositories")
    @classmethod
    def _are_repositories(cls, repositories: dict[str, str]) -> dict[str, str]:
        for address in repositories:
            if not _ORGANISATION.fullmatch(address):
                raise ValueError(f"'{address}' is no address of an organisation, such as https://github.com/example")
        return repositories

    @field_validator("unrestricted_actions")
    @classmethod
    def _are_actions(cls, actions: dict[str, str]) -> dict[str, str]:
        for action in actions:
            if not _ACTION.fullmatch(action):
                raise ValueError(f"'{action}' is not one action, such as ec2:CreateSecurityGroup")
        return actions

    @field_validator("trusted")
    @classmethod
    def _are_accounts(cls, trusted: dict[str, str]) -> dict[str, str]:
        for owner in trusted:
            if not _ACCOUNT_OR_ORGANISATION.fullmatch(owner):
                raise ValueError(
                    f"'{owner}' is not an account of 12 digits in quotes, the id of an organisation or tenant, or the "
                    "host of an issuer"
                )
        return trusted


class ExposureSettings(BaseModel):
    """Topics, queues and buckets on which AWS services act without a condition on the account."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    service_callers: dict[str, Reason] = {}
    """Pattern of resource names, such as `*-interruption-queue` -> why a message of a stranger does no harm there."""

    @field_validator("service_callers")
    @classmethod
    def _name_resources(cls, patterns: dict[str, str]) -> dict[str, str]:
        for pattern in patterns:
            if len(re.sub(r"\[.*?\]|[*?]", "", pattern)) < _FEWEST_FIXED:
                raise ValueError(f"'{pattern}' matches too many names; fix {_FEWEST_FIXED} characters or more")
        return patterns


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
    unpriced: dict[str, Unpriced] = {}
    """Type and name of a resource for which there is no price, such as `aws:rds/instance:Instance::orders` -> what it
    may cost. The name may be a pattern, the type may not."""
    machines: dict[str, Annotated[tuple[str, ...], _LIST_AS_TUPLE]] = {}
    """Workload profile -> patterns of its machine types, such as `g6*.xlarge`."""
    on_demand: dict[str, Reason] = {}
    """Pattern of a pool's resource name -> the reason why the pool is on demand."""
    budgets_elsewhere: dict[str, Reason] = {}
    """Stack -> where and by whom its budgets are managed."""

    def ceiling(self, stack: str) -> Decimal | None:
        """Returns the ceiling of a stack in AED a month, None if it has none."""
        return self.ceilings.get(stack, self.ceilings.get("*"))

    @field_validator("unpriced")
    @classmethod
    def _are_resources(cls, unpriced: dict[str, Unpriced]) -> dict[str, Unpriced]:
        for key in unpriced:
            if not _TYPED_NAME.fullmatch(key):
                raise ValueError(
                    f"'{key}' is not the type and name of a resource, such as aws:rds/instance:Instance::orders"
                )
        return unpriced


class ResilienceSettings(BaseModel):
    """Data that has a copy elsewhere in the country which no plan shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    kept_elsewhere: dict[str, Reason] = {}
    """Pattern of resource names -> where the other copy is, or how the data can be recreated."""


class KubernetesSettings(BaseModel):
    """Allowed clusters outside EKS and AKS in the UAE, namespaces that others create or that may run privileged pods,
    and gateways that authenticate requests in a way that no plan shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_clusters: Annotated[tuple[str, ...], _LIST_AS_TUPLE] = ()
    """API server addresses or kubeconfig contexts."""
    namespaces: dict[str, Reason] = {}
    """Namespace that another stack or a person creates -> who does. Policies of the cluster may be for it."""
    privileged_namespaces: dict[str, Reason] = {}
    """Namespace whose pods may be privileged -> the reason."""
    authenticated_gateways: dict[str, Reason] = {}
    """`namespace/name` of a gateway of another controller than Istio, or a pattern of gateways of other stacks, such as
    `edge/*` -> how they authenticate requests."""

    @field_validator("allowed_clusters")
    @classmethod
    def _are_not_empty(cls, clusters: tuple[str, ...]) -> tuple[str, ...]:
        # The context of a provider that sets none is empty, so an empty entry would allow every cluster.
        if any(not cluster.strip() for cluster in clusters):
            raise ValueError("a cluster is a server address or a context, and must not be empty")
        return clusters

    @field_validator("namespaces")
    @classmethod
    def _are_names(cls, namespaces: dict[str, str]) -> dict[str, str]:
        for name in namespaces:
            if not _NAMESPACE.fullmatch(name):
                raise ValueError(f"'{name}' is not the name of one namespace, such as payments")
            if name == _LEASES:
                raise ValueError(f"'{name}' holds the leases of nodes, and no workload that a policy could protect")
        return namespaces

    @field_validator("authenticated_gateways")
    @classmethod
    def _name_a_namespace(cls, gateways: dict[str, str]) -> dict[str, str]:
        for pattern in gateways:
            if not _GATEWAY_PATTERN.fullmatch(pattern):
                raise ValueError(f"'{pattern}' is not a namespace and the name of a gateway, such as edge/models")
        return gateways
