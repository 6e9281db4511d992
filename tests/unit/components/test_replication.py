"""Replication of vaults between the clouds: the pods, their permissions and their settings."""

import json
from operator import attrgetter
from typing import Any

import pytest

from falaj.components.build.replication import Replication, ReplicationArgs, role_arns
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.kubernetes.copies.copy_job import Replicator
from falaj.components.spec_analyzer import SpecAnalyzer
from tests.samples import COST_TAGS
from tests.unit.components.azure_samples import GROUP, GROUP_ID, container_id
from tests.unit.components.mocks import ACCOUNT, TENANT, Recording, build
from tests.unit.components.samples import recorded

KEY = "arn:aws:kms:me-central-1:123456789012:key"
ARGS: Any = {
    "aws_region": "me-central-1",
    "azure_region": "uaenorth",
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "oidc_issuer_url": "https://issuer.example/aks/",
    "flows": {
        "checkpoints": {
            "direction": Direction.TO_AZURE,
            "bucket_name": "ckpt",
            "bucket_key": f"{KEY}/ckpt",
            "container_id": container_id("ckptaccount", "checkpoints"),
        },
        "models": {
            "direction": Direction.TO_AWS,
            "bucket_name": "models",
            "bucket_key": f"{KEY}/models",
            "container_id": container_id("modelsaccount", "models"),
            "schedule": "0 2 * * fri",
            "late_hours": 30,
            "immutable": True,
        },
    },
    "mib_per_second": 50,
    "tags": COST_TAGS,
}
LINE = {
    "circuit": "er-dubai-1",
    "s3_endpoint": "https://bucket.vpce-0123456789abcdef0-a.s3.me-central-1.vpce.amazonaws.com",
}
SECRET_TAGS = {**COST_TAGS, "data-classification": "secret"}
PURPOSES = ("checkpoints", "models")


def replication(**changed: Any) -> Recording:
    return recorded(Replication, {**ARGS, **changed})


def cron_job(purpose: str, **changed: Any) -> dict[str, Any]:
    return replication(**changed).one("kubernetes:batch/v1:CronJob", f"uae-jobs-{purpose}").inputs


def pod(purpose: str, **changed: Any) -> dict[str, Any]:
    return cron_job(purpose, **changed)["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def container(purpose: str, **changed: Any) -> dict[str, Any]:
    [containers] = pod(purpose, **changed)["containers"]
    return containers


def environment(purpose: str, **changed: Any) -> dict[str, str]:
    return {item["name"]: item["value"] for item in container(purpose, **changed)["env"]}


def test_children() -> None:
    assert {name for typ, name in replication().names() if typ.startswith("kubernetes:")} == {
        "uae-jobs-namespace", "uae-jobs-https-only",
        "uae-jobs-checkpoints", "uae-jobs-checkpoints-account", "uae-jobs-models", "uae-jobs-models-account",
    }  # fmt: skip
    parts = {child.typ: child.name for child in replication().children_of("uae")}
    assert parts == {
        "falaj:aws:ReplicaAccess": "uae-access",
        "falaj:azure:ReplicaAccess": "uae-identities",
        "falaj:kubernetes:Replicator": "uae-jobs",
    }


def test_outputs() -> None:
    recording = replication()
    outputs = recording.outputs[recording.one("falaj:replication:Replication").urn]
    assert set(outputs) == set(Replication.__annotations__)
    assert outputs["client_ids"] == {purpose: f"uae-identities-{purpose}-identity-client" for purpose in PURPOSES}
    assert outputs["namespace"] == "falaj-replication"
    labels = '{namespace="falaj-replication",cronjob="replicate-models"}'
    assert outputs["alerts"]["models"] == (
        f"time() - (kube_cronjob_status_last_successful_time{labels} or kube_cronjob_created{labels}) > 108000"
    )


def test_buckets_can_name_the_roles_before_they_are_made() -> None:
    roles = [role.inputs for role in replication().of("aws:iam/role:Role")]
    arns: list[str] = []
    build(lambda: arns.extend(role_arns(ACCOUNT, "uae", [Purpose.CHECKPOINTS, Purpose.MODELS])))
    assert set(arns) == {f"arn:aws:iam::{ACCOUNT}:role{role['path']}{role['name']}" for role in roles}


def test_programs_of_other_languages_can_give_every_argument() -> None:
    result = SpecAnalyzer("falaj").analyze([Replication, Replicator])
    assert set(result["component_definitions"]) == {"Replication", "Replicator"}


def test_everything_carries_the_cost_tags() -> None:
    for child in replication().custom():
        tags = child.inputs["metadata"]["labels"] if child.typ.startswith("kubernetes:") else child.inputs.get("tags")
        if tags is not None:
            assert {key: value for key, value in tags.items() if key in COST_TAGS} == COST_TAGS, child.name
    template = cron_job("models")["spec"]["jobTemplate"]["spec"]["template"]
    assert template["metadata"]["labels"] == {
        **COST_TAGS,
        "app.kubernetes.io/name": "replication",
        "falaj/replicates": "models",
    }


def test_the_namespace_takes_restricted_pods_only() -> None:
    labels = replication().one("kubernetes:core/v1:Namespace").inputs["metadata"]["labels"]
    modes = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}
    assert labels == {**COST_TAGS, **modes}


def test_pods_speak_https_and_to_nobody_inside() -> None:
    recording = replication()
    policy = recording.one("kubernetes:networking.k8s.io/v1:NetworkPolicy")
    spec = policy.inputs["spec"]
    assert (spec["podSelector"], spec["policyTypes"], "ingress" in spec) == ({}, ["Ingress", "Egress"], False)
    dns, https = spec["egress"]
    assert {port["port"] for port in dns["ports"]} == {53}
    [resolver] = dns["to"]
    assert resolver["namespaceSelector"] == {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}
    assert resolver["podSelector"] == {"matchLabels": {"k8s-app": "kube-dns"}}
    assert https == {
        "to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}}],
        "ports": [{"port": 443, "protocol": "TCP"}],
    }
    for account in recording.of("kubernetes:core/v1:ServiceAccount"):
        assert policy.urn in account.depends_on


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_pod_has_no_privilege(purpose: str) -> None:
    pod_spec = pod(purpose)
    assert pod_spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 1009,
        "runAsGroup": 1009,
        "fsGroup": 1009,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container(purpose)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container(purpose)["resources"]["limits"] == {"memory": "2048Mi"}
    assert pod_spec["automountServiceAccountToken"] is False
    accounts = replication().one("kubernetes:core/v1:ServiceAccount", f"uae-jobs-{purpose}-account").inputs
    assert accounts["automountServiceAccountToken"] is False
    assert accounts["metadata"]["name"] == pod_spec["serviceAccountName"] == f"replicate-{purpose}"


def test_a_pod_has_one_token_for_each_cloud_and_no_secret() -> None:
    tokens, scratch = pod("models")["volumes"]
    sources = [source["serviceAccountToken"] for source in tokens["projected"]["sources"]]
    assert {token["path"]: token["audience"] for token in sources} == {
        "aws": "sts.amazonaws.com",
        "azure": "api://AzureADTokenExchange",
    }
    assert scratch == {"name": "scratch", "emptyDir": {"sizeLimit": "64Mi"}}
    assert {mount["mountPath"] for mount in container("models")["volumeMounts"]} == {
        "/var/run/secrets/falaj",
        "/scratch",
    }
    text = json.dumps(cron_job("models")).lower()
    assert not any(word in text for word in ("access_key", "secret_access", "client_secret", "sas_url", "password"))


def test_the_whole_configuration_of_the_copying_program() -> None:
    assert environment("models") == {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": "/scratch",
        "RCLONE_CONFIG_BUCKET_TYPE": "s3",
        "RCLONE_CONFIG_BUCKET_PROVIDER": "AWS",
        "RCLONE_CONFIG_BUCKET_ENV_AUTH": "true",
        "RCLONE_CONFIG_BUCKET_REGION": "me-central-1",
        "RCLONE_CONFIG_BUCKET_SERVER_SIDE_ENCRYPTION": "aws:kms",
        "RCLONE_CONFIG_BUCKET_SSE_KMS_KEY_ID": f"{KEY}/models",
        "RCLONE_CONFIG_BUCKET_NO_CHECK_BUCKET": "true",
        "RCLONE_CONFIG_CONTAINER_TYPE": "azureblob",
        "RCLONE_CONFIG_CONTAINER_ACCOUNT": "modelsaccount",
        "RCLONE_CONFIG_CONTAINER_ENV_AUTH": "true",
        "RCLONE_CONFIG_CONTAINER_NO_CHECK_CONTAINER": "true",
        "RCLONE_CONFIG_CONTAINER_HNS": "false",
        "AWS_REGION": "me-central-1",
        "AWS_ROLE_ARN": f"arn:aws:iam::{ACCOUNT}:role/uae-access-models",
        "AWS_ROLE_SESSION_NAME": "replicate-models",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/secrets/falaj/aws",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/",
        "AZURE_CLIENT_ID": "uae-identities-models-identity-client",
        "AZURE_TENANT_ID": TENANT,
        "AZURE_FEDERATED_TOKEN_FILE": "/var/run/secrets/falaj/azure",
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
    }


@pytest.mark.parametrize(
    ("purpose", "places", "immutable"),
    [
        ("checkpoints", ["bucket:ckpt", "container:checkpoints"], False),
        ("models", ["container:models", "bucket:models"], True),
    ],
)
def test_it_copies_one_way_and_never_deletes(purpose: str, places: list[str], immutable: bool) -> None:
    args = container(purpose)["args"]
    assert args[:3] == ["copy", *places]
    assert "--bwlimit=50Mi" in args
    assert ("--immutable" in args) is immutable
    assert not any("delete" in arg or arg in ("sync", "move") for arg in args)
    # Either option would omit a file that was rewritten while it was copied.
    assert not {"--update", "--ignore-existing", "--size-only", "--use-server-modtime"} & set(args)


def test_runs_do_not_overlap_and_end() -> None:
    spec = cron_job("models")["spec"]
    assert (spec["schedule"], spec["timeZone"], spec["concurrencyPolicy"]) == ("0 2 * * fri", "Asia/Dubai", "Forbid")
    job = spec["jobTemplate"]["spec"]
    assert (job["backoffLimit"], job["activeDeadlineSeconds"]) == (2, 12 * 3600)
    assert job["template"]["spec"]["restartPolicy"] == "Never"
    assert cron_job("checkpoints")["spec"]["schedule"] == "17 * * * *"


@pytest.mark.parametrize(
    ("profile", "taints"),
    [(Profile.SYSTEM, [("CriticalAddonsOnly", "true")]), (Profile.BATCH, [("falaj/profile", "batch")])],
)
def test_it_runs_on_nodes_of_a_profile(profile: Profile, taints: list[tuple[str, str]]) -> None:
    pod_spec = pod("models", profile=profile)
    assert pod_spec["nodeSelector"] == {"falaj/profile": profile.value}
    assert [(item["key"], item["value"]) for item in pod_spec["tolerations"]] == taints


def test_secret_data_needs_a_line_and_then_takes_it() -> None:
    with pytest.raises(BadArguments, match=r"private_line: required where data-classification is secret"):
        Replication("uae", ReplicationArgs.of("uae", {**ARGS, "tags": SECRET_TAGS}))
    result = environment("models", tags=SECRET_TAGS, private_line=LINE)
    assert result["RCLONE_CONFIG_BUCKET_ENDPOINT"] == LINE["s3_endpoint"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"image": "docker.io/rclone/rclone"}, "image"),
        ({"image": "docker.io/rclone/rclone:latest"}, "image"),
        ({"mib_per_second": 0}, "mib_per_second"),
        ({"flows": {}}, "flows"),
        ({"flows": {"checkpoints": {**ARGS["flows"]["checkpoints"], "schedule": "hourly"}}}, "schedule"),
        ({"aws_region": "eu-west-1"}, "aws_region.*in the UAE"),
        ({"azure_region": "westeurope"}, "azure_region.*in the UAE"),
        ({"colour": "red"}, "colour"),
        ({"tags": {}}, "tags.project"),
    ],
)
def test_invalid_arguments_are_rejected(changes: dict[str, Any], problem: str) -> None:
    args: Any = {**ARGS, **changes}
    with pytest.raises(BadArguments, match=problem):
        Replication("uae", args)


def test_a_custom_image_with_its_digest() -> None:
    image = f"registry.example:5000/mirror/rclone:1.76.0@sha256:{'a' * 64}"
    assert container("models", image=image)["image"] == image


def test_a_flow_more_or_less_changes_nothing_of_the_others() -> None:
    def inputs(seen: Recording) -> dict[tuple[str, str], str]:
        return {(c.typ, c.name): json.dumps(c.inputs, default=attrgetter("value")) for c in seen.custom()}

    both, one = inputs(replication()), inputs(replication(flows={"checkpoints": ARGS["flows"]["checkpoints"]}))
    assert {key: both[key] for key in one} == one
    assert {name for _, name in both.keys() - one.keys()} == {
        "uae-access-models", "uae-access-models-copies", "uae-identities-models-identity",
        "uae-identities-models-pods", "uae-identities-models-reads", "uae-jobs-models", "uae-jobs-models-account",
    }  # fmt: skip
