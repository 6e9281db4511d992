"""Kubernetes version, machine image, leftovers of a former cluster, and reach of an existing one."""

from collections.abc import Iterator

from falaj.preflight.aws.context import AwsContext, Missing
from falaj.preflight.needs import pool_needs
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


def machine_image(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields EKS's recommended release of each machine image that the pools need.

    Parameters: https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html.
    """
    version = context.site.kubernetes_version
    variants = sorted(
        {
            (machine.arch, "nvidia" if machine.gpus else "standard")
            for need in pool_needs(context.site)
            for machine in need.machines
        }
    )
    paths = {
        variant: f"/aws/service/eks/optimized-ami/{version}/amazon-linux-2023/{'/'.join(variant)}/recommended/image_id"
        for variant in variants
    }
    answer = context.ask("ssm", "get_parameters", Names=[*paths.values()])
    images = {parameter["Name"]: parameter["Value"] for parameter in answer["Parameters"]}
    names = {path: path.replace("image_id", "release_version") for path in paths.values()}
    releases = context.ask("ssm", "get_parameters", Names=[*names.values()])["Parameters"]
    release = {parameter["Name"]: parameter["Value"] for parameter in releases}
    for (architecture, kind), path in paths.items():
        image = images.get(path)
        yield PreflightRow(
            site=context.name,
            subject=f"machine image {architecture} {kind}",
            found=f"{image}, release {release.get(names[path], 'unknown')}" if image else "none",
            needed=f"an AL2023 image for {version}",
            verdict=Verdict.OK if image else Verdict.REFUSED,
            fix="" if image else "choose a version or an architecture for which EKS publishes images",
            setting="" if image else f"sites.{context.name}.kubernetes_version",
        )


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
