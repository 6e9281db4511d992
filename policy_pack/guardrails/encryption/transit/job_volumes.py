"""File systems of jobs of Batch, whose containers are a JSON text: EFS encrypts them in transit only if asked.

AWS Batch User Guide, "Use Amazon EFS volumes": the default of transitEncryption is DISABLED (read 2026-11-27).
"""

from collections.abc import Iterator

from ...engine.reading import UNKNOWN, Resource, from_json, walk
from ...engine.rows import aws
from ...engine.verdicts import Outcome, failed, passed

JOBS = aws("batch/JobDefinition")
_GROUPS = (
    "containerProperties",
    "ecsProperties.taskProperties[*]",
    "nodeProperties.nodeRangeProperties[*].container",
    "nodeProperties.nodeRangeProperties[*].ecsProperties.taskProperties[*]",
)
"""Paths of what has volumes, some of which are JSON texts."""
_VOLUMES = "volumes[*].efsVolumeConfiguration?.transitEncryption"


def check_job_volumes(resource: Resource) -> Iterator[Outcome]:
    """Checks that each volume of EFS is encrypted in transit."""
    for group in _GROUPS:
        for group_path, value in walk(resource.props, group):
            parsed = from_json(value)
            for item in parsed if isinstance(parsed, list) else [parsed]:
                for path, mode in walk(item, _VOLUMES) if isinstance(item, dict) else ():
                    is_encrypted = mode is UNKNOWN or str(mode).upper() == "ENABLED"
                    where = f"{group_path}.{path}"
                    yield passed() if is_encrypted else failed(f"{where} must be ENABLED", where)
