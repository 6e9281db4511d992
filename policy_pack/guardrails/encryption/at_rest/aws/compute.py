"""Encryption at rest of AWS clusters, container images, functions and builds.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from dataclasses import replace

from ....engine.conditions import ABSENT, CUSTOMER_KEY, SET, contains, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, aws
from ....engine.verdicts import Verdict
from ..reasons import AWS_KEY, OWN_KEY

_IMAGES = aws("ecr/Repository", "ecr/RepositoryCreationTemplate")
_ECS_STORAGE = "configuration?.managedStorageConfiguration"
_CUSTOMER_KEY_IF_SET = replace(CUSTOMER_KEY, missing=Verdict.PASS)

COMPUTE_ROWS = (
    Check(_IMAGES, "encryptionConfigurations[+].encryptionType", one_of("KMS", "KMS_DSSE")),
    Check(_IMAGES, "encryptionConfigurations[+].kmsKey", CUSTOMER_KEY),
    Check(aws("eks/Cluster"), "encryptionConfig.resources", contains("secrets")),
    Check(aws("eks/Cluster"), "encryptionConfig.provider.keyArn", CUSTOMER_KEY),
    Check(aws("eks/NodeGroup"), "launchTemplate", SET),
    Check(aws("lambda/Function"), "kmsKeyArn", CUSTOMER_KEY, when=("environment", SET)),
    Check(aws("codebuild/Project"), "encryptionKey", CUSTOMER_KEY),
    Check(aws("codepipeline/Pipeline"), "artifactStores[+].encryptionKey.id", CUSTOMER_KEY),
    Check(aws("mwaa/Environment"), "kmsKey", CUSTOMER_KEY),
    Check(aws("apprunner/Service"), "encryptionConfiguration.kmsKey", CUSTOMER_KEY),
    # One of the two: volumes of Fargate's tasks, and those that ECS attaches (Amazon ECS API,
    # ManagedStorageConfiguration, as known).
    Check(
        aws("ecs/Cluster"),
        f"{_ECS_STORAGE}?.kmsKeyId",
        CUSTOMER_KEY,
        when=(f"{_ECS_STORAGE}?.fargateEphemeralStorageKmsKeyId", ABSENT),
    ),
    Check(aws("ecs/Cluster"), f"{_ECS_STORAGE}?.kmsKeyId", _CUSTOMER_KEY_IF_SET),
    Check(aws("ecs/Cluster"), f"{_ECS_STORAGE}?.fargateEphemeralStorageKmsKeyId", _CUSTOMER_KEY_IF_SET),
    Check(aws("dms/ReplicationInstance"), "kmsKeyArn", CUSTOMER_KEY),
)

AWS_COMPUTE: tuple[Guardrail, ...] = (
    encryption_rule(107, Severity.HIGH, "AWS clusters, images and builds are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=COMPUTE_ROWS),
)  # fmt: skip
