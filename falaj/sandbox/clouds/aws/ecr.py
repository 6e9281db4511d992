"""ECR: repositories, their policies, pull-through caches, and the settings of the registry."""

from __future__ import annotations

import json
import re

from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType
from falaj.sandbox.clouds.values import get_all, get_str

REPOSITORY = "aws:ecr/repository:Repository"
TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"
PULL_THROUGH_CACHE_RULE = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
_NAME = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*")
_PUBLIC_UPSTREAMS = ("public.ecr.aws", "registry.k8s.io", "quay.io")
_MUTABILITY = ("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION")
_ENCRYPTION = ("AES256", "KMS", "KMS_DSSE")
_INVALID = "InvalidParameterException: Invalid parameter at '{where}' failed to satisfy constraint: {given}"
_SELECTIONS = ("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned")


def repository_name(op: Operation) -> str | None:
    """Checks the name: 2 to 256 characters, lower-case path components separated by slashes (ECR API,
    CreateRepository).
    """
    if not 2 <= len(op.name) <= 256 or not _NAME.fullmatch(op.name):
        return _INVALID.format(where="repositoryName", given=op.name)
    return None


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
        return _INVALID.format(where="PolicyText", given="'Invalid repository policy provided'")
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
    """Checks that a prefix has 2 to 30 characters, and that an upstream with authentication has a credential (ECR API,
    CreatePullThroughCacheRule).
    """
    prefix, upstream = get_str(op.inputs, "ecrRepositoryPrefix"), get_str(op.inputs, "upstreamRegistryUrl")
    if not 2 <= len(prefix) <= 30 or not _NAME.fullmatch(prefix):
        return _INVALID.format(where="ecrRepositoryPrefix", given=prefix)
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
        write_rules=(repository_name, kms_key),
        enums={"imageTagMutability": _MUTABILITY, "encryptionConfigurations[*].encryptionType": _ENCRYPTION},
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
        enums={
            "appliedFors[*]": ("PULL_THROUGH_CACHE", "REPLICATION", "CREATE_ON_PUSH"),
            "imageTagMutability": _MUTABILITY,
            "encryptionConfigurations[*].encryptionType": _ENCRYPTION,
        },
    ),
    ResourceType(
        "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
        id="{account}",
        outputs={"registryId": "{account}"},
        replace_on_changes=("region",),
        enums={
            "scanType": ("BASIC", "ENHANCED"),
            "rules[*].scanFrequency": ("SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"),
        },
    ),
)
