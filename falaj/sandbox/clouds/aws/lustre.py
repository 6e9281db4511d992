"""FSx for Lustre: validation by CreateFileSystem and UpdateFileSystem (FSx API reference)."""

from __future__ import annotations

from falaj.sandbox.clouds.spec import Operation, ResourceType
from falaj.sandbox.clouds.values import Json, Props, get_all, get_str

LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem"
_INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_PORT = 988
_THROUGHPUTS = {"PERSISTENT_1": (12, 40, 50, 100, 200), "PERSISTENT_2": (125, 250, 500, 1000)}
"""MB/s per TiB by deployment type; scratch types have none."""


def _deployment(op: Operation) -> str:
    return get_str(op.inputs, "deploymentType") or "SCRATCH_1"


def capacity(op: Operation) -> str | None:
    """Checks that SSD capacity is 1200, 2400 or a multiple of 2400 GiB (SCRATCH_1: of 3600), and never shrinks."""
    gib = op.inputs.get("storageCapacity")
    if not isinstance(gib, int | float) or get_str(op.inputs, "storageType") not in ("", "SSD"):
        return None
    step = 3600 if _deployment(op) == "SCRATCH_1" else 2400
    if gib not in (1200, 2400) and (gib % step or gib < step):
        return f"BadRequest: Storage capacity must be 1200, 2400 or a multiple of {step} GiB, got {gib:g}"
    previous = op.existing.inputs.get("storageCapacity") if op.existing else None
    if isinstance(previous, int | float) and gib < previous:
        return f"BadRequest: Storage capacity cannot be decreased from {previous:g} GiB to {gib:g} GiB"
    return None


def throughput(op: Operation) -> str | None:
    """Checks the throughput: persistent types have a fixed list, scratch types have none."""
    kind, given = _deployment(op), op.inputs.get("perUnitStorageThroughput")
    allowed = _THROUGHPUTS.get(kind)
    if allowed is None:
        return None if given is None else f"BadRequest: PerUnitStorageThroughput is not supported for {kind}"
    if get_str(op.inputs, "storageType") == "INTELLIGENT_TIERING" or given in allowed:
        return None
    return f"BadRequest: PerUnitStorageThroughput for {kind} must be one of {list(allowed)}, got {given}"


def kms_key(op: Operation) -> str | None:
    """Checks that scratch types have no KMS key: they use keys of FSx only."""
    if _deployment(op).startswith("SCRATCH") and get_str(op.inputs, "kmsKeyId"):
        return f"BadRequest: KmsKeyId is not supported for deployment type {_deployment(op)}"
    return None


def import_and_export_path(op: Operation) -> str | None:
    """Checks that PERSISTENT_2 has no import or export path: it uses data repository associations."""
    if _deployment(op) == "PERSISTENT_2" and (get_str(op.inputs, "importPath") or get_str(op.inputs, "exportPath")):
        return "BadRequest: ImportPath and ExportPath are not supported for PERSISTENT_2; create an association"
    return None


def lnet_traffic_allowed(op: Operation) -> str | None:
    """Checks that a security group allows Lustre's port, which the file servers need to reach each other."""
    if op.existing is not None:
        return None
    groups = [group for group in get_all(op.inputs, "securityGroupIds[*]") if isinstance(group, str)]
    if not groups or any(_allows_lnet(op, group) for group in groups):
        return None
    return (
        "InvalidNetworkSettings: The file system cannot be created because the provided security group(s) do not "
        f"permit Lustre LNET network traffic on port {_PORT}"
    )


def _allows_lnet(op: Operation, group: str) -> bool:
    rules: list[Json] = [
        rule.inputs for rule in op.state.find(_INGRESS) if get_str(rule.inputs, "securityGroupId") == group
    ]
    security_group = op.state.by_handle(group)
    inline = get_all(security_group.inputs, "ingress[*]") if security_group else []
    return any(_covers_lnet_port(rule) for rule in [*rules, *inline])


def _covers_lnet_port(rule: Json) -> bool:
    if not isinstance(rule, dict):
        return False
    first, last = rule.get("fromPort"), rule.get("toPort")
    all_traffic = "-1" in (rule.get("ipProtocol"), rule.get("protocol"))
    return all_traffic or (isinstance(first, int | float) and isinstance(last, int | float) and first <= _PORT <= last)


def outputs(op: Operation) -> Props:
    """Returns the outputs of a file system. Its VPC is that of its subnet."""
    subnet = op.state.by_handle(get_str(op.inputs, "subnetIds"))
    id_ = op.variables["id"]
    return {
        "arn": "arn:aws:fsx:{region}:{account}:file-system/{id}".format_map(op.variables),
        "dnsName": f"{id_}.fsx.{op.variables['region']}.amazonaws.com",
        "mountName": "fsx" if _deployment(op) == "SCRATCH_1" else op.variables["hex8"],
        "networkInterfaceIds": [f"eni-{op.variables['hex17']}"],
        "ownerId": op.variables["account"],
        "vpcId": get_str(subnet.inputs, "vpcId") if subnet else "",
        "deploymentType": "SCRATCH_1",
        "storageType": "SSD",
        "dataCompressionType": "NONE",
        "fileSystemTypeVersion": "2.12" if _deployment(op) == "PERSISTENT_2" else "2.10",
        "automaticBackupRetentionDays": 0,
        "autoImportPolicy": "NONE",
        "weeklyMaintenanceStartTime": "1:00:00",
        "dailyAutomaticBackupStartTime": "00:00",
        "efaEnabled": False,
    }


RESOURCE_TYPE = ResourceType(
    LUSTRE,
    id="fs-{hex17}",
    outputs=outputs,
    replace_on_changes=(
        "deploymentType",
        "storageType",
        "kmsKeyId",
        "subnetIds",
        "securityGroupIds",
        "importPath",
        "exportPath",
        "backupId",
        "efaEnabled",
        "region",
    ),
    write_rules=(capacity, throughput, kms_key, import_and_export_path, lnet_traffic_allowed),
    enums={
        "fileSystemTypeVersion": ("2.10", "2.12", "2.15"),
    },
)
