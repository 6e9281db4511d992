"""Kubernetes version, machine image, leftovers of a former cluster, and reach of an existing one."""

from collections.abc import Iterator

from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.site.aws_releases import AMI_ALIAS, ami_release
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.preflight.aws.context import AwsContext, Missing
from falaj.preflight.needs import option, pool_needs
from falaj.preflight.reach import reach_rows
from falaj.preflight.rows import PreflightRow, Verdict


def kubernetes_version(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields whether EKS offers the version here, and under which support."""
    version = context.site.kubernetes_version
    answer = context.ask("eks", "describe_cluster_versions", clusterVersions=[version])
    found = next((item for item in answer["clusterVersions"] if item["clusterVersion"] == version), None)
    status = (found.get("versionStatus") or found.get("status") or "") if found else "not offered"
    status = status.lower().replace("_", " ")
    extended = "extended" in status
    until = found.get("endOfExtendedSupportDate" if extended else "endOfStandardSupportDate") if found else None
    verdict = Verdict.COSTS if extended else Verdict.OK if "standard" in status else Verdict.REFUSED
    yield PreflightRow(
        site=context.name,
        subject="Kubernetes version",
        found=f"{version}: {status}" + (f" until {until:%Y-%m-%d}" if until else ""),
        needed="standard support",
        verdict=verdict,
        fix="" if verdict is Verdict.OK else "choose a version in standard support",
        setting="" if verdict is Verdict.OK else f"sites.{context.name}.kubernetes_version",
    )


_IMAGES = "/aws/service/eks/optimized-ami"
"""Beginning of the names of EKS's parameters (https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html)."""


def machine_image(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields each machine image that the pools need: EKS's recommended one for managed node groups, and that of the
    site's release for Karpenter, which looks it up by the same name (pkg/providers/amifamily/al2023.go of
    aws/karpenter-provider-aws, 1d92708)."""
    wanted = {
        (machine.arch, "nvidia" if machine.gpus else "standard", _release(context, need.pool))
        for need in pool_needs(context.site)
        for machine in need.machines
    }
    version = context.site.kubernetes_version
    names = {image: _parameter(version, *image) for image in sorted(wanted)}
    found: dict[str, str] = {}
    every = [*names.values()]
    for start in range(0, len(every), _PARAMETERS):
        answer = context.ask("ssm", "get_parameters", Names=every[start : start + _PARAMETERS])
        found |= {parameter["Name"]: parameter["Value"] for parameter in answer["Parameters"]}
    for (architecture, kind, release), name in names.items():
        image = found.get(name)
        pinned = release != _RECOMMENDED
        setting = "aws.ami_alias" if pinned else "kubernetes_version"
        yield PreflightRow(
            site=context.name,
            subject=f"machine image {architecture} {kind} {release}",
            found=image or "none",
            needed=f"an AL2023 image for {version}",
            verdict=Verdict.OK if image else Verdict.REFUSED,
            fix="" if image else "choose a release, version or architecture for which EKS publishes images",
            setting="" if image else f"sites.{context.name}.{setting}",
        )


_RECOMMENDED = "recommended"
_PARAMETERS = 10
"""Names that one request takes (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html)."""


def _release(context: AwsContext, pool: str) -> str:
    """Returns the release of images of a pool's nodes: the site's for Karpenter, the recommended one for groups."""
    site = context.site
    if site.autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER or is_group(site.pools[pool]):
        return _RECOMMENDED
    alias = option(site, "aws", "ami_alias") or AMI_ALIAS
    return ami_release(str(alias))


def _parameter(version: str, architecture: str, kind: str, release: str) -> str:
    name = release
    if release != _RECOMMENDED:
        name = f"amazon-eks-node-al2023-{architecture}-{kind}-{version}-{release}"
    return f"{_IMAGES}/{version}/amazon-linux-2023/{architecture}/{kind}/{name}/image_id"


def leftovers(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields whether the names that the stack needs are taken: the cluster's, and that of its log group.

    EKS's service-linked role creates the log group again when a cluster is deleted while it still writes.
    """
    group = f"/aws/eks/{context.cluster_name}/cluster"
    groups = context.ask("logs", "describe_log_groups", logGroupNamePrefix=group)["logGroups"]
    taken = any(item["logGroupName"] == group for item in groups) and _endpoint(context) is None
    yield PreflightRow(
        site=context.name,
        subject="log group of the cluster",
        found=f"{group} exists without its cluster" if taken else "name is free, or of the existing cluster",
        needed="a free name",
        verdict=Verdict.REFUSED if taken else Verdict.OK,
        fix="delete the log group of the former cluster, or import it" if taken else "",
        commands=(f"aws logs delete-log-group --region {context.region} --log-group-name {group}",) if taken else (),
    )


def reach(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields whether this machine reaches the API of the cluster, if it exists."""
    endpoint = _endpoint(context)
    if endpoint is None:
        yield PreflightRow(
            site=context.name, subject="reach of the API server", found=f"no cluster {context.cluster_name} yet"
        )
        return
    yield from reach_rows(context.name, endpoint, context.network)


def _endpoint(context: AwsContext) -> str | None:
    try:
        return context.ask("eks", "describe_cluster", name=context.cluster_name)["cluster"].get("endpoint")
    except Missing:
        return None
