"""Encryption at rest of AWS clusters, container images, functions and builds.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Iterator

from ....engine.conditions import CUSTOMER_KEY, SET, contains, one_of
from ....engine.families import encryption_rule
from ....engine.reading import Resource, walk
from ....engine.rows import Check, Guardrail, Severity, aws
from ....engine.verdicts import Outcome, Verdict, failed, passed
from ..reasons import AWS_KEY, OWN_KEY

_IMAGES = aws("ecr/Repository", "ecr/RepositoryCreationTemplate")

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
    Check(aws("dms/ReplicationInstance"), "kmsKeyArn", CUSTOMER_KEY),
)

_STORAGE = "configuration?.managedStorageConfiguration?"
_KEYS = ("fargateEphemeralStorageKmsKeyId", "kmsKeyId")
"""Keys of the volumes of Fargate's tasks, and of those that ECS attaches: one of them is enough, and each that is set
must be a customer's (botocore 1.44.8, ecs, ManagedStorageConfiguration, read 2026-11-29)."""


def _check_ecs_storage(resource: Resource) -> Iterator[Outcome]:
    for path, storage in walk(resource.props, _STORAGE):
        if isinstance(storage, dict):
            keys = {name: storage[name] for name in _KEYS if storage.get(name)}
            failing = [name for name, key in keys.items() if CUSTOMER_KEY.judge(key) is Verdict.FAIL]
            for name in failing or ([] if keys else ["kmsKeyId"]):
                yield failed(f"{path}.{name} {CUSTOMER_KEY.requirement}", f"{path}.{name}")
            if keys and not failing:
                yield passed()


AWS_COMPUTE: tuple[Guardrail, ...] = (
    encryption_rule(107, Severity.HIGH, "AWS clusters, images and builds are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=COMPUTE_ROWS, predicate=_check_ecs_storage, types=aws("ecs/Cluster")),
)  # fmt: skip
