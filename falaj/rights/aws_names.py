"""ARNs of the planned AWS resources, as patterns of IAM policies."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from falaj.facts.aws_permissions import arn_formats, types
from falaj.finops.plan import Plan, Planned

GLOBAL_REGION = "us-east-1"
"""Region in which AWS serves billing and cost management, and which `aws:RequestedRegion` has for global services."""

GLOBAL_SERVICES = ("budgets", "costexplorer", "bcmdata")
"""Modules of the AWS provider whose services have their endpoint in that region."""

GLOBAL_ACTIONS = ("route53:",)
"""Beginnings of the actions of a global service that resources of a regional one need too. The provider calls them in
the service's region; which one a call on the caller's behalf has, no page of AWS states, so both are allowed."""

_RANDOM_SUFFIX = re.compile(r"-[0-9a-f]{7}$")
"""What Pulumi's AWS provider appends to the name of a resource that has none."""
_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class _Named:
    """The type whose resources are a kind in IAM, and ARN variable -> format of the plan's properties."""

    type: str
    variables: Mapping[str, str]


_NAMED: Mapping[str, tuple[_Named, ...]] = {
    "autoscaling:autoscalinggroup": (
        # EKS names the group after the node group: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
        _Named("aws:eks/nodeGroup:NodeGroup", {"GroupFriendlyName": "eks-{nodeGroupName}-*"}),
    ),
    "backup:backupvault": (_Named("aws:backup/vault:Vault", {"BackupVaultName": "{name}"}),),
    "bcm-data-exports:export": (_Named("aws:bcmdata/export:Export", {"Identifier": "{export.name}-*"}),),
    "budgets:budget": (_Named("aws:budgets/budget:Budget", {"BudgetName": "{name}"}),),
    "budgets:budgetaction": (_Named("aws:budgets/budgetAction:BudgetAction", {"BudgetName": "{budgetName}"}),),
    "cloudwatch:alarm": (_Named("aws:cloudwatch/metricAlarm:MetricAlarm", {"AlarmName": "{name}"}),),
    "ec2:placement-group": (_Named("aws:ec2/placementGroup:PlacementGroup", {"PlacementGroupName": "{name}"}),),
    "ecr:repository": (
        _Named("aws:ecr/repository:Repository", {"RepositoryName": "{name}"}),
        _Named("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", {"RepositoryName": "{prefix}*"}),
    ),
    "eks:access-entry": (_Named("aws:eks/cluster:Cluster", {"ClusterName": "{name}"}),),
    "eks:addon": (_Named("aws:eks/addon:Addon", {"ClusterName": "{clusterName}", "AddonName": "{addonName}"}),),
    "eks:cluster": (_Named("aws:eks/cluster:Cluster", {"ClusterName": "{name}"}),),
    "eks:nodegroup": (
        _Named("aws:eks/nodeGroup:NodeGroup", {"ClusterName": "{clusterName}", "NodegroupName": "{nodeGroupName}"}),
    ),
    "eks:podidentityassociation": (_Named("aws:eks/cluster:Cluster", {"ClusterName": "{name}"}),),
    "events:rule-on-default-event-bus": (_Named("aws:cloudwatch/eventRule:EventRule", {"RuleName": "{name}"}),),
    "iam:instance-profile": (
        _Named("aws:iam/instanceProfile:InstanceProfile", {"InstanceProfileNameWithPath": "{path}{name}"}),
    ),
    "iam:policy": (_Named("aws:iam/policy:Policy", {"PolicyNameWithPath": "{path}{name}"}),),
    "iam:role": (_Named("aws:iam/role:Role", {"RoleNameWithPath": "{path}{name}"}),),
    "kms:alias": (_Named("aws:kms/alias:Alias", {"Alias": "{name}"}),),
    "logs:log-group": (_Named("aws:cloudwatch/logGroup:LogGroup", {"LogGroupName": "{name}"}),),
    "logs:log-stream": (_Named("aws:cloudwatch/logGroup:LogGroup", {"LogGroupName": "{name}"}),),
    "s3:bucket": (_Named("aws:s3/bucket:Bucket", {"BucketName": "{bucket}"}),),
    "s3:object": (_Named("aws:s3/bucket:Bucket", {"BucketName": "{bucket}"}),),
    "sns:topic": (_Named("aws:sns/topic:Topic", {"TopicName": "{name}"}),),
    "sqs:queue": (_Named("aws:sqs/queue:Queue", {"QueueName": "{name}"}),),
}
"""Kinds whose ARNs contain names. ARNs of the others contain IDs that AWS chooses."""

_LEADING = ("alias/",)


@dataclass(frozen=True)
class AwsNames:
    """ARN patterns of a plan in one account."""

    plan: Plan
    account: str

    def region(self, item: Planned) -> str:
        """Returns the region of a resource: of its provider, or where AWS serves the service."""
        if item.type.split(":")[1].split("/")[0] in GLOBAL_SERVICES:
            return GLOBAL_REGION
        provider = self.plan.by_urn.get(item.provider)
        region = item.props.get("region") or (provider.props.get("region") if provider else None)
        return region if isinstance(region, str) and region else str(self.plan.config.get("aws:region") or "*")

    def arns(self, kind: str, region: str) -> tuple[str, ...]:
        """Returns the patterns of a kind's planned resources in a region; one with `*` if AWS chooses the IDs."""
        if kind == "iam:oidc-provider":
            return self._filled(kind, region, [{"OidcProviderName": host} for host in self._issuers()])
        named = _NAMED.get(kind)
        if named is None:
            return self._filled(kind, region, [{}])
        found = [
            {variable: self._text(item, form) for variable, form in entry.variables.items()}
            for entry in named
            for item in self._of(entry.type)
        ]
        return self._filled(kind, region, found)

    def any_arn(self, kind: str, region: str) -> str:
        """Returns the pattern of all resources of a kind in a region."""
        return self._filled(kind, region, [{}])[0]

    def role_arns(self, item: Planned, key: str) -> tuple[str, ...]:
        """Returns patterns of the roles in a property: planned ones, or one whose ARN or name the plan states."""
        planned = [role for role in self.plan.sources(item, key) if role.type == "aws:iam/role:Role"]
        stated = item.props.get(key)
        if not planned:
            if not isinstance(stated, str) or stated.startswith("arn:"):
                return (stated,) if isinstance(stated, str) else ()
            # A name says nothing about the path.
            return self._filled("iam:role", "", [{"RoleNameWithPath": path + stated} for path in ("", "*/")])
        names = [{"RoleNameWithPath": self._text(role, "{path}{name}")} for role in planned]
        return self._filled("iam:role", "", names)

    def policy_arns(self) -> tuple[str, ...]:
        """Returns the managed policies that the plan attaches to roles."""
        attachments = list(self._of("aws:iam/rolePolicyAttachment:RolePolicyAttachment"))
        stated = {item.props.get("policyArn") for item in attachments}
        own = set(self.arns("iam:policy", "")) if any(not isinstance(arn, str) for arn in stated) else set()
        return tuple(sorted({arn for arn in stated if isinstance(arn, str)} | own))

    def _issuers(self) -> Iterator[str]:
        """Yields the hosts of the planned identity providers. A cluster's issuer has an ID that its cloud chooses."""
        for item in self._of("aws:iam/openIdConnectProvider:OpenIdConnectProvider"):
            clusters = {source.type: source for source in self.plan.sources(item, "url")}
            if aks := clusters.get("azure-native:containerservice:ManagedCluster"):
                yield f"{aks.props.get('location') or '*'}.oic.prod-aks.azure.com/*"
            elif eks := clusters.get("aws:eks/cluster:Cluster"):
                yield f"oidc.eks.{self.region(eks)}.amazonaws.com/id/*"
            else:
                url = item.props.get("url")
                yield url.removeprefix("https://") if isinstance(url, str) else "*"

    def _of(self, kind: str) -> Iterable[Planned]:
        return (item for item in self.plan.resources if item.type == kind)

    def _text(self, item: Planned, form: str) -> str:
        """Returns the format filled with properties, with `*` for what is unknown or random."""

        def value(match: re.Match[str]) -> str:
            found: object = item.props
            for part in match[1].split("."):
                found = found.get(part) if isinstance(found, Mapping) else None
            if match[1] == "path":
                return found.lstrip("/") if isinstance(found, str) else ""
            return _RANDOM_SUFFIX.sub("-*", found) if isinstance(found, str) and found else "*"

        text = re.sub(r"\{([\w.]+)\}", value, form)
        return re.sub(r"\*(-\*)+", "*", text.removeprefix(_LEADING[0]))

    def _filled(self, kind: str, region: str, variables: list[dict[str, str]]) -> tuple[str, ...]:
        known = {"Region": region, "Account": self.account}
        arns = {re.sub(r"\*(/\*)+$", "*", _fill(arn_formats()[kind], known | entry)) for entry in variables}
        if kind == "logs:log-group":  # AWS checks some actions with `:*` behind the name, some without
            arns |= {f"{arn}:*" for arn in arns}
        return tuple(sorted(_without_covered(arns)))


def _fill(form: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: values.get(match[1], "*"), form)


def _without_covered(arns: Iterable[str]) -> set[str]:
    """Returns the patterns that no other one covers."""
    every = set(arns)
    return {
        arn
        for arn in every
        if not any(
            other != arn and other.endswith("*") and other.count("*") == 1 and arn.startswith(other[:-1])
            for other in every
        )
    }


def kinds_of(resources: Iterable[Planned]) -> frozenset[str]:
    """Returns the kinds in IAM of the resources' types."""
    known = types()
    return frozenset(
        known[item.type].resource for item in resources if item.type in known and known[item.type].resource
    )
