"""ECR: repositories, their policies, pull-through caches, and the settings of the registry."""

from __future__ import annotations

import json

from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType
from falaj.sandbox.clouds.values import get_all, get_str

REPOSITORY = "aws:ecr/repository:Repository"
TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"
PULL_THROUGH_CACHE_RULE = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
_PUBLIC_UPSTREAMS = ("public.ecr.aws", "registry.k8s.io", "quay.io")
_SELECTIONS = ("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned")


def kms_key(op: Operation) -> str | None:
    """Checks that a KMS key is given only for KMS encryption."""
    for configuration in get_all(op.inputs, "encryptionConfigurations[*]"):
        if get_str(configuration, "kmsKey") and get_str(configuration, "encryptionType") in ("", "AES256"):
            return "InvalidParameterException: kmsKey can only be specified when the encryption type is KMS"
    return None


def repository_policy(op: Operation) -> str | None:
    """Checks that a repository policy has no `Resource`: it applies to its repository."""
    document = json.loads(get_str(op.inputs, "policy") or "{}")
    if any("Resource" in statement for statement in document.get("Statement", [])):
        return (
            "InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: "
            "'Invalid repository policy provided'"
        )
    return None


def lifecycle_policy(op: Operation) -> str | None:
    """Checks that rule priorities are unique, and that the rule for any image has the highest number (ECR User Guide,
    lifecycle policies).
    """
    rules = json.loads(get_str(op.inputs, "policy") or "{}").get("rules", [])
    priorities = [rule.get("rulePriority") for rule in rules]
    last = [rule["rulePriority"] for rule in rules if rule["selection"].get("tagStatus") == "any"]
    unknown = [kind for rule in rules if (kind := rule["selection"].get("countType")) not in _SELECTIONS]
    if not rules or len(set(priorities)) != len(priorities) or unknown or any(p != max(priorities) for p in last):
        return "InvalidParameterException: Lifecycle policy validation failure"
    return None


def cache_rule(op: Operation) -> str | None:
    """Checks that an upstream with authentication has a credential (ECR API, CreatePullThroughCacheRule)."""
    upstream = get_str(op.inputs, "upstreamRegistryUrl")
    if upstream not in _PUBLIC_UPSTREAMS and not (op.inputs.get("credentialArn") or op.inputs.get("customRoleArn")):
        return f"UnsupportedUpstreamRegistryException: The upstream registry {upstream} requires a credential"
    return None


def template_custom_role(op: Operation) -> str | None:
    """Checks that a template with KMS encryption or resource tags has a custom role (ECR User Guide, repository
    creation templates).
    """
    needs_role = op.inputs.get("resourceTags") or any(
        get_str(configuration, "encryptionType").startswith("KMS")
        for configuration in get_all(op.inputs, "encryptionConfigurations[*]")
    )
    if needs_role and not get_str(op.inputs, "customRoleArn"):
        return "InvalidParameterException: A customRoleArn is required when using KMS encryption or resource tags"
    return None


_REPOSITORY_PARENT = Parent(
    "repository",
    "ecr:{scope}:{value}",
    "RepositoryNotFoundException: The repository with name '{value}' does not exist in the registry "
    "with id '{account}'",
)

RESOURCE_TYPES = (
    ResourceType(
        REPOSITORY,
        naming=Naming("name", max_length=256, transform=str.lower),
        outputs={
            "arn": "arn:aws:ecr:{region}:{account}:repository/{name}",
            "registryId": "{account}",
            "repositoryUrl": "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
            "imageTagMutability": "MUTABLE",
            "encryptionConfigurations": [{"encryptionType": "AES256", "kmsKey": ""}],
            "imageScanningConfiguration": {"scanOnPush": False},
        },
        handles=("ecr:{scope}:{name}",),
        replace_on_changes=("name", "encryptionConfigurations", "region"),
        already_exists="RepositoryAlreadyExistsException: "
        "The repository with name '{name}' already exists in the registry with id '{account}'",
        write_rules=(kms_key,),
    ),
    ResourceType(
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        id="{repository}",
        outputs={"registryId": "{account}"},
        replace_on_changes=("repository", "policy", "region"),
        parents=(_REPOSITORY_PARENT,),
        write_rules=(lifecycle_policy,),
    ),
    ResourceType(
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        id="{repository}",
        outputs={"registryId": "{account}"},
        replace_on_changes=("repository", "region"),
        parents=(_REPOSITORY_PARENT,),
        write_rules=(repository_policy,),
    ),
    ResourceType(
        PULL_THROUGH_CACHE_RULE,
        id="{ecrRepositoryPrefix}",
        outputs={"registryId": "{account}"},
        replace_on_changes=("ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix", "region"),
        already_exists="PullThroughCacheRuleAlreadyExistsException: A rule with prefix '{id}' already exists",
        unique_by="id",
        write_rules=(cache_rule,),
    ),
    ResourceType(
        TEMPLATE,
        id="{prefix}",
        outputs={"registryId": "{account}", "imageTagMutability": "MUTABLE"},
        replace_on_changes=("prefix", "region"),
        already_exists="TemplateAlreadyExistsException: The repository creation template '{id}' already exists",
        unique_by="id",
        write_rules=(template_custom_role, kms_key),
    ),
    ResourceType(
        "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
        id="{account}",
        outputs={"registryId": "{account}"},
        replace_on_changes=("region",),
    ),
)
