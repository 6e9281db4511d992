"""Checks of settings against the components, before anything is created: builds their arguments from valid settings.

Pure. Values that only another resource knows are replaced by placeholders.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from falaj.components.core.money.budget_spec import conversion_problems
from falaj.components.core.site.args import SiteArgs, site_args
from falaj.components.core.site.rules import rules_of
from falaj.components.core.storage.vault_notation import vault_notation
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.problems import Problem, below
from falaj.components.settings.addon_arguments import observability_args
from falaj.components.settings.arguments import (
    AddressFormat,
    DeclaredCluster,
    Workload,
    gateway_reference,
    service_args,
    site_context,
)
from falaj.components.settings.declared_clusters import cloud_cluster, declared_clusters
from falaj.components.settings.experiment_arguments import experiment_args, promotion_args
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.queue_arguments import queueing_args, queues
from falaj.components.settings.run_arguments import has_deadlines, run_args
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantStackSettings
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import VaultFolder, path_of
from falaj.facts.clouds import CLOUDS, Cloud

PLACEHOLDER_TOPIC = "topic"
"""Placeholder for the topic that the budgets and alarms of an account publish to."""

PLACEHOLDER_TRACKING_URL = "http://tracking"
"""Placeholder for the address of a tracking server."""

PLACEHOLDER_BUCKET = "s3://vault"
"""Placeholder for the address of a bucket in an S3-compatible object store on premises."""

PathPrefixes = Mapping[str, str]
"""Prefix of a path in the arguments -> prefix in the settings. The value of the empty prefix is prepended to all other
paths."""


def argument_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems that the components of a platform would report, with paths under `root`."""
    for name, site in settings.sites.items():
        yield from _site_problems(settings, name, site, root)
    for cloud, finops in settings.finops.items():
        path = f"{root}.finops.{cloud.value}.budget"
        yield from below(path, conversion_problems(finops.budget, settings.currency.aed_per_usd))
        yield from below(f"{root}.finops.{cloud.value}", _export_problems(finops, rules_of(cloud).stores_bill))
        yield from below(f"{root}.tenants", rules_of(cloud).account_problems(settings.tenants))
    for cluster in declared_clusters(settings):
        site_path = f"{root}.{'onprem' if cluster.name in settings.onprem else 'sites'}.{cluster.name}"
        yield from _queue_problems(cluster, settings, root, site_path)
        yield from _observability_problems(cluster, settings, site_path)
        for name, tenant in settings.tenants.items():
            is_queued = cluster.name in tenant.spaces and tenant.spaces[cluster.name].queue is not None
            yield from _work_problems(cluster, name, tenant, is_queued, f"{root}.tenants.{name}", site_path)


def _export_problems(finops: FinopsSettings, stores_bill: bool) -> Iterator[Problem]:
    """Yields the problems of settings of an export that is not created, or that has no such settings."""
    condition = "with `cost_export: true`" if stores_bill else "where a site stores the account's bill"
    if stores_bill and finops.cost_export:
        return
    for name, given in {"export_dataset": finops.export_dataset.value, "export_start": finops.export_start}.items():
        if name in finops.model_fields_set:
            yield Problem(name, given, f"only {condition}", "remove it")


def _site_problems(settings: Settings, name: str, site: SiteSettings, root: str) -> Iterator[Problem]:
    alarm_topic = PLACEHOLDER_TOPIC if site.cloud in settings.finops else None
    path = f"{root}.sites.{name}"
    yield from _build_problems(
        lambda: site_args(SiteArgs, site, site_context(settings, name, alarm_topic)),
        {
            **{f"tenant_budgets.{tenant}": f"{root}.tenants.{tenant}.budgets.{name}" for tenant in settings.tenants},
            "": path,
        },
    )


def _queue_problems(cluster: DeclaredCluster, settings: Settings, root: str, site_path: str) -> Iterator[Problem]:
    if not (by_tenant := queues(cluster.name, settings.tenants)):
        return
    deadlines = has_deadlines(cluster.name, cluster.shared, settings.tenants)
    yield from _build_problems(
        lambda: queueing_args(cluster, by_tenant, float(settings.currency.aed_per_usd), deadlines),
        {
            **{f"tenants.{name}.space": f"{root}.tenants.{name}.spaces.{cluster.name}" for name in by_tenant},
            **{f"tenants.{name}": f"{root}.tenants.{name}.spaces.{cluster.name}.queue" for name in by_tenant},
            "spot_hours_percent": f"{site_path}.cluster.spot_hours_percent",
            "": site_path,
        },
    )


def _observability_problems(cluster: DeclaredCluster, platform: Settings, site_path: str) -> Iterator[Problem]:
    if (settings := cluster.shared.observability) is not None:
        yield from _build_problems(
            lambda: observability_args(cluster, settings, platform.tenants, float(platform.currency.aed_per_usd)),
            {"machines": f"{site_path}.pools", "": f"{site_path}.cluster.observability"},
        )


def tenant_argument_problems(settings: TenantStackSettings, root: str) -> Iterator[Problem]:
    """Yields the problems that the components of a tenant's own stack would report, with paths under `root`."""
    for name, site in settings.sites.items():
        cluster = cloud_cluster(name, site, settings.tags, site.image_mirror)
        yield from _work_problems(cluster, settings.name, settings, site.queue, root, f"{root}.sites.{name}")


def _work_problems(
    cluster: DeclaredCluster, name: str, tenant: TenantWork, is_queued: bool, root: str, site_path: str
) -> Iterator[Problem]:
    workload = Workload(cluster, name, tenant, partial(_placeholder_address, cluster.cloud))
    is_tracked = tenant.tracking is not None and tenant.tracking.site == cluster.name
    tracking = PLACEHOLDER_TRACKING_URL if is_tracked else None
    for key, run in tenant.runs.items():
        if run.site == cluster.name:
            path = f"{root}.runs.{key}"
            yield from _build_problems(
                lambda run=run: run_args(workload, run, is_queued, tracking),
                {"dataset_uri": f"{path}.dataset", "model_uri": f"{path}.model", "": path},
            )
    gateway = gateway_reference(cluster.name, cluster.shared)
    on_site = {"pools": f"{site_path}.pools", "gateway": f"{site_path}.cluster.gateway"}
    for key, service in tenant.services.items():
        if service.site == cluster.name:
            yield from _build_problems(
                lambda key=key, service=service: service_args(workload, key, service, gateway),
                {**on_site, "": f"{root}.services.{key}"},
            )
    for key, experiment in tenant.experiments.items():
        if experiment.site == cluster.name:
            paths = {**on_site, "": f"{root}.experiments.{key}"}
            if gateway is not None:
                yield from _build_problems(
                    lambda key=key, experiment=experiment: experiment_args(workload, key, experiment, gateway, {}),
                    paths,
                )
            if experiment.models is not None:
                yield from _build_problems(
                    lambda experiment=experiment, models=experiment.models: promotion_args(
                        workload, experiment, models, PLACEHOLDER_TRACKING_URL
                    ),
                    paths,
                )


def _placeholder_address(cloud: Cloud, folder: VaultFolder, notation: AddressFormat) -> str:
    """Returns a placeholder for the address of a folder, which depends on the name of the vault."""
    vault = vault_notation(cloud).example if cloud in CLOUDS else PLACEHOLDER_BUCKET
    return notation(vault, path_of(folder))


def _build_problems(arguments: Callable[[], object], paths: PathPrefixes) -> Iterator[Problem]:
    """Yields the problems of building the arguments, with their paths in the settings."""
    try:
        arguments()
    except BadArguments as error:
        yield from (replace(problem, path=_settings_path(problem.path, paths)) for problem in error.problems)


def _settings_path(path: str, paths: PathPrefixes) -> str:
    for argument_prefix, settings_prefix in paths.items():
        if path == argument_prefix or path.startswith(f"{argument_prefix}."):
            return settings_prefix + path.removeprefix(argument_prefix)
    return f"{paths['']}.{path}" if path else paths[""]
