"""The AWS registry: repositories under a customer-managed key, closed to other accounts, and pull-through caches."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS
from tests.unit.components.aws_samples import REGISTRY
from tests.unit.components.mocks import Recording, build, document
from tests.unit.components.samples import recorded

REPOSITORY = "aws:ecr/repository:Repository"
TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"
RULE = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
KEY = "arn:aws:kms:me-central-1:123456789012:key/uae-key"
ENCRYPTION = [{"encryptionType": "KMS", "kmsKey": KEY}]
ALL = "arn:aws:ecr:me-central-1:123456789012:repository/uae-test/*"
SIMPLE = {key: REGISTRY[key] for key in ("region", "repositories", "tags")}


def registry(**changed: Any) -> Recording:
    return recorded(aws.Registry, {**REGISTRY, **changed})


def outputs(seen: Recording) -> dict[str, Any]:
    return seen.outputs[seen.one("falaj:aws:Registry").urn]


def test_a_registry_has_exactly_these_children() -> None:
    repositories = {
        f"uae-{path}{suffix}"
        for path in ("workloads", "models", "mirror-karpenter-controller")
        for suffix in ("", "-lifecycle", "-policy")
    }
    caches = {f"uae-{what}-{host}" for what in ("made-for", "cache") for host in ("k8s", "quay")}
    assert {name for _, name in registry().names()} == repositories | caches | {
        "uae-key", "uae-key-alias", "uae-cache-role", "uae-cache-makes", "uae-read-by-nodes",
    }  # fmt: skip


def test_without_options_there_are_only_repositories() -> None:
    types = {typ for typ, _ in recorded(aws.Registry, SIMPLE).names()}
    assert types == {
        "aws:kms/key:Key", "aws:kms/alias:Alias", REPOSITORY, "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
    }  # fmt: skip


def test_images_are_encrypted_immutable_and_scanned() -> None:
    repositories = registry().of(REPOSITORY)
    assert {repository.inputs["name"] for repository in repositories} == {
        "uae-test/workloads", "uae-test/models", "uae-test/mirror/karpenter/controller",
    }  # fmt: skip
    for repository in repositories:
        assert repository.inputs["encryptionConfigurations"] == ENCRYPTION
        assert repository.inputs["imageTagMutability"] == "IMMUTABLE"
        assert repository.inputs["imageScanningConfiguration"] == {"scanOnPush": True}
        assert repository.inputs["forceDelete"] is False


def test_other_accounts_are_denied() -> None:
    policies = registry().of("aws:ecr/repositoryPolicy:RepositoryPolicy")
    texts = [policy.inputs["policy"] for policy in policies]
    texts += [template.inputs["repositoryPolicy"] for template in registry().of(TEMPLATE)]
    assert len(texts) == 5
    for text in texts:
        [denial] = document(text)["Statement"]
        assert (denial["Effect"], denial["Principal"], denial["Action"]) == ("Deny", "*", "ecr:*")
        assert denial["Condition"] == {
            "StringNotEquals": {"aws:PrincipalAccount": "123456789012"},
            "Bool": {"aws:PrincipalIsAWSService": "false"},
        }
        assert "Resource" not in denial  # ECR rejects it


def test_untagged_images_expire_and_tagged_ones_only_on_request() -> None:
    def rules(**changed: Any) -> list[tuple[Any, ...]]:
        policy = registry(**changed).one("aws:ecr/lifecyclePolicy:LifecyclePolicy", "uae-workloads-lifecycle").inputs
        return [
            (rule["rulePriority"], rule["selection"]["tagStatus"], rule["selection"]["countNumber"])
            for rule in document(policy["policy"])["rules"]
        ]

    assert rules() == [(1, "untagged", 30)]
    assert rules(untagged_days=7, keep=50) == [(1, "untagged", 7), (2, "any", 50)]


def test_cached_repositories_are_encrypted_tagged_and_created_by_a_restricted_role() -> None:
    recording = registry()
    rules = {rule.inputs["ecrRepositoryPrefix"]: rule for rule in recording.of(RULE)}
    templates = {template.inputs["prefix"]: template for template in recording.of(TEMPLATE)}
    assert {prefix: rule.inputs["upstreamRegistryUrl"] for prefix, rule in rules.items()} == {
        "uae-test/k8s": "registry.k8s.io",
        "uae-test/quay": "quay.io",
    }
    assert all("credentialArn" not in rule.inputs for rule in rules.values())
    for prefix, template in templates.items():
        assert template.inputs["encryptionConfigurations"] == ENCRYPTION
        assert template.inputs["resourceTags"] == COST_TAGS
        assert template.inputs["appliedFors"] == ["PULL_THROUGH_CACHE"]
        assert template.inputs["customRoleArn"] == "arn:aws:iam::123456789012:role/uae-cache-role"
        assert template.urn in rules[prefix].depends_on
    policies = {
        p.name: document(p.inputs["policy"])["Statement"] for p in recording.of("aws:iam/rolePolicy:RolePolicy")
    }
    make, use = policies["uae-cache-makes"]
    assert (make["Resource"], use["Resource"]) == ([ALL], [KEY])
    [read] = policies["uae-read-by-nodes"]
    assert (read["Action"], read["Resource"]) == (["ecr:CreateRepository"], [ALL])


def test_outputs_say_what_to_write_in_an_image() -> None:
    host = "123456789012.dkr.ecr.me-central-1.amazonaws.com"
    result = outputs(registry())
    assert (result["login_server"], result["repository_prefix"]) == (host, "uae-test")
    assert result["caches"] == {
        "registry.k8s.io": f"{host}/uae-test/k8s",
        "quay.io": f"{host}/uae-test/quay",
    }
    assert result["mirrors"] == {"public.ecr.aws/karpenter/controller": f"{host}/uae-mirror-karpenter-controller"}
    assert set(result["repository_urls"]) == {"workloads", "models"}
    assert outputs(recorded(aws.Registry, SIMPLE))["mirrors"] == {}


def test_continuous_scan_is_of_the_sites_repositories() -> None:
    scan = registry(continuous_scan=True).one("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")
    [rule] = scan.inputs["rules"]
    assert (scan.inputs["scanType"], rule["scanFrequency"]) == ("ENHANCED", "CONTINUOUS_SCAN")
    assert rule["repositoryFilters"] == [{"filter": "uae-test/*", "filterType": "WILDCARD"}]


@pytest.mark.parametrize("name", ["uae", "a-very-long-name-of-a-site-registry", "UAE_Site"])
def test_the_prefix_leaves_room_for_what_is_read_through(name: str) -> None:
    recording = build(lambda: aws.Registry(name, aws.RegistryArgs(**REGISTRY)))
    for rule in recording.of(RULE):
        prefix = rule.inputs["ecrRepositoryPrefix"]
        assert 2 <= len(prefix) <= 30
        assert prefix == prefix.lower()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"repositories": ["Workloads"]}, r"repositories.0: \"Workloads\" is not allowed"),
        ({"cached_upstreams": ["docker.io"]}, r"cached_upstreams.0: \"docker.io\" is not allowed; allowed: public"),
        ({"mirrored_images": ["karpenter"]}, r"mirrored_images.0"),
        ({"mirrored_images": ["quay.io/a/b:v1"]}, r"mirrored_images.0"),
        ({"untagged_days": 0}, r"untagged_days: 0"),
        ({"keep": 0}, r"keep: 0"),
    ],
)  # fmt: skip
def test_impossible_registries_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        registry(**changed)
