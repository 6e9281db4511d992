"""What the check of a stack file accepts, no component refuses: the check builds the arguments, or the settings have
every constraint of them."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

from falaj.components.core.site.contexts import SiteContext
from falaj.components.core.validation.args import Args
from falaj.components.settings import addon_arguments, arguments, experiment_arguments, run_arguments
from falaj.components.settings.checks import arguments as checks
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantStackSettings
from tests.unit.settings.constraints import Constructed, accepts_outputs, constraints, constructed

HELD: Mapping[str, str] = {
    "*.administrators": "checked with CloudRules.administrator by site_problems",
    "*.aed_per_usd": "CurrencySettings.aed_per_usd is more than 3 and less than 5",
    "*.bucket_region": "region of a site on AWS: pools_problems",
    "*.aws_region": "region of a site on AWS: pools_problems, and replication_problems",
    "*.azure_region": "region of a site on Azure: pools_problems, and replication_problems",
    "PrometheusArgs.storage_class": "the name of a storage class that the site creates",
    "*.cached_upstreams": "a constant",
    "*.cost_filter": "cost tags, names of sites and names of tenants, whose patterns are narrower",
    "*.cost_groups": "two resource groups",
    "*.egress": "checked with CloudRules.unsupported_egress by site_problems",
    "*.image": "a pinned image of ours, below an image_mirror of type RegistryAddress",
    "*.kubectl_image": "a pinned image of ours, below an image_mirror of type RegistryAddress",
    "*.log_retention_days": "LOG_RETENTION_DAYS are offered by both clouds",
    "*.namespace": "namespace_of a TenantName, at most 39 characters",
    "*.node_autoscaler": "an enum of the same type",
    "*.pause_image": "a pinned image of ours, below an image_mirror of type RegistryAddress",
    "*.pool": "the same NodePoolSpec; its rules are in MODEL_RULES",
    "*.pools": "the same specifications by NodePoolName; created only if there is one",
    "*.proxy": "EksProxySpec of AwsSiteSpec; AksOptions has another of this name",
    "*.purpose": "an enum of the same type",
    "*.region": "pools_problems compares the region with the cloud of the site",
    "*.scope": "name of a project, a site or a tenant",
    "*.service_account": "name of a run or service, at most 40 characters, and the suffix of a variant",
    "*.tags": "CostTags, with tags that this project adds",
    "*.writes": "an enum of the same type",
    "*.zones": "the same field of NetworkSpec; pools have another of this name",
    "AddonsArgs.optional": "an enum of the same type",
    "AddonsArgs.replicas": "one or two, by controller_replicas",
    "MultiNodeServingArgs.replicas": "one or two, by controller_replicas",
    "TrainingControllersArgs.replicas": "one or two, by controller_replicas",
    "BudgetStopArgs.role_arns": "one role",
    "BurnRateArgs.aed_per_month": "CloudRules.watched_budget_problems of SiteArgs",
    "BurnRateArgs.machines": "each site has a pool, and each pool a machine",
    "BurnRateArgs.site": "a SiteName, whose pattern is narrower",
    "ClusterArgs.keys": "the same field of AwsSiteSpec; AzureSiteSpec has another of this name",
    "ClusterArgs.roles": "ExistingRolesSpec of AwsSiteSpec; readers of vaults have another of this name",
    "ClusterArgs.system_pool": "the same NodePoolSpec, under a NodePoolName",
    "ClusterArgs.service_cidr": "the same field of EksOptions; AksOptions has another of this name",
    "ClusterArgs.viewers": "the same field of EksOptions and of AksOptions, each with its cloud's identities",
    "ClusterArgs.workloads": "an enum of the same type",
    "CostExportArgs.start": "export_start, or the start of the account's budget, each a FirstOfMonth",
    "DatasetVolumeArgs.files": "the file system of the site, by AwsSiteSpec.scratch_gib; the rest are outputs of it",
    "ExistingSiteArgs.connection": "the fields of ConnectionSpec",
    "ExistingSiteArgs.machines": "the same field of OnPremSiteSpec; pools of clouds have another of this name",
    "ExistingSiteArgs.registry": "the same field of OnPremSiteSpec; clouds have another of this name",
    "ExistingSiteArgs.storage_classes": "values of type Subdomain, and one of them as `shared`",
    "ExistingSiteArgs.store": "the fields of BucketStoreSpec",
    "FinOpsArgs.business_units": "CloudRules.account_problems",
    "FlowLogsArgs.flow_log_days": "the smaller of the retention and the limit",
    "FoundationArgs.admission": "names of this project, and addresses of settings; a gateway has its namespace",
    "FoundationArgs.kubernetes_version": "the KubernetesVersion of the site; EKS add-ons have a version of their own",
    "FoundationArgs.tenants": "the fields of SpaceSpec by TenantName; workload_problems refuses GPUs of tier smb",
    "GatewayArgs.issuer": "the same field of GatewayConfig; AuthenticationSpec has another of this name",
    "GatewayArgs.tenants": "AuthenticationSpec of a tenant, and its hosts; tenants without one are left out",
    "GpuOperatorArgs.shared": "GpuSharingSpec of a pool; time_slices without a tenant are refused by pool_problems",
    "KedaArgs.route_namespaces": "namespace_of a TenantName, at most 39 characters",
    "NetworkArgs.cidr": "SiteBlock; azure_rules has the smaller range of Azure",
    "NetworkArgs.endpoints": "an enum of the same type",
    "NetworkArgs.log_key": "ExistingKeysSpec.logs, of the same type; AzureKeysSpec has another of this name",
    "NetworkArgs.node_addresses": "a sum of addresses",
    "NetworkArgs.services": "constants",
    "NodePoolArgs.name": "a NodePoolName, whose pattern is narrower",
    "RegistryArgs.mirrored_images": "images of ours",
    "ReplicaAccessArgs.flows": "the purposes of ReplicationSettings.flows",
    "ReplicationArgs.iam": "the AwsIamSpec of the site on AWS",
    "ReplicationArgs.flows": "the purposes of ReplicationSettings.flows",
    "ReplicationArgs.private_line": "the fields of PrivateLineSpec",
    "ReplicatorArgs.deadline_hours": "the default of ReplicationArgs",
    "ReplicatorArgs.flows": "the purposes of ReplicationSettings.flows",
    "ScratchArgs.capacity_gib": "AwsSiteSpec.scratch_gib, of type ScratchGib",
    "ScratchArgs.log_key": "ExistingKeysSpec.logs, of the same type; AzureKeysSpec has another of this name",
    "ScratchArgs.vaults": "an enum of the same type",
    "SleepArgs.groups": "the limits of NodePoolSpec; created only if there is one",
    "StoredResourceArgs.key_id": "the fields of AzureKeysSpec, of the same types",
    "StorageClassesArgs.regional_profiles": "an enum of the same type",
    "StorageClassesArgs.shared_files": "outputs of a resource",
    "TrackingArgs.folder": "VaultFolder has the pattern FOLDER",
    "TrackingArgs.tenant": "a TenantName, whose pattern is narrower",
    "VaultArgs.other_readers": "the items of AwsSiteSpec.vault_access",
    "VaultArgs.key": "ExistingKeysSpec.vaults, of type KeyArn",
    "VaultAccessArgs.vaults": "the purposes that a workload uses; created only if it uses one",
    "VaultArgs.readers": "an AzureVaultReaders of AzureSiteSpec.vault_access",
}
"""Argument -> why its constraints hold, where the settings do not declare the same ones under the same name."""

MODEL_RULES: Mapping[str, str] = {
    "AddonsArgs": "addon_problems of CloudRules.problems",
    "AuditLogArgs": "retention_problems, in azure_rules.py",
    "BackupArgs": "defaults, and opt_in_problems of CloudRules.problems",
    "BudgetAlarmArgs": "conversion_problems, of SiteArgs and argument_problems; alarms by BudgetLimit",
    "ClusterArgs": "pools_problems; access_problems, role_problems and sleep_problems of CloudRules",
    "ExistingSiteArgs": "onprem_problems",
    "FinOpsArgs": "defaults, a year after the start",
    "GatewayApiArgs": "endpoint_picker_problems",
    "GatewayArgs": "authentication_problems, by tenant_access_problems",
    "GpuOperatorArgs": "the default device plug-in",
    "KarpenterArgs": "pools_problems and is_group; production by site_problems; hours by OfficeHours",
    "NetworkArgs": "site_problems, with aws_network_problems and block_problems of CloudRules, and PrivateAddress",
    "NodePoolArgs": "pools_problems; the network's outputs are given",
    "NodeProvisioningArgs": "pools_problems with CloudRules.pool_problems; hours by OfficeHours",
    "ReplicationArgs": "replication_problems",
    "ScratchArgs": "nothing is exported by default",
    "SleepArgs": "site_problems, and CloudRules.sleep_problems of SiteArgs",
    "TrackingArgs": "a client ID is given by the access of the site's own cloud",
    **dict.fromkeys(
        ("CostExportArgs", "FlowLogsArgs", "RegistryArgs", "SharedFilesArgs", "StoredResourceArgs"),
        "AzureKeysSpec, and the Key Vault that a site without all keys creates",
    ),
    "TrainingControllersArgs": "created only if a run's form needs one",
    "VaultAccessArgs": "what is written is a part of what is used",
    "VaultArgs": "endpoint, readers and their addresses are given together; on Azure the rules of AzureKeysSpec",
}
"""Class of arguments with rules across its fields -> what runs the same rules in the check."""

_OWN_VALIDATORS = Args.__pydantic_decorators__.model_validators.keys()


def settings_fields() -> dict[str, list[FieldInfo]]:
    """The fields of all settings, and of a site's context, by name."""
    fields: dict[str, list[FieldInfo]] = {}
    for model in _models((Settings, TenantStackSettings, SiteContext), set()):
        for name, field in model.model_fields.items():
            fields.setdefault(name, []).append(field)
    return fields


def _models(annotations: tuple[Any, ...], visited: set[type]) -> Iterator[type[BaseModel]]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation in visited:
                continue
            visited.add(annotation)
            yield annotation
            yield from _models(tuple(field.annotation for field in annotation.model_fields.values()), visited)
        yield from _models(get_args(annotation), visited)


def unshared(arguments_built: list[Constructed]) -> set[str]:
    """Arguments with a constraint that the settings of the same name do not have."""
    declared = settings_fields()
    result: set[str] = set()
    for built in arguments_built:
        field = built.cls.model_fields[built.field]
        required, sources = constraints(field), declared.get(built.source or "", [])
        is_shared = bool(sources) and all(required <= constraints(source) for source in sources)
        is_output = built.source is not None and not sources and accepts_outputs(field)
        if required and not is_shared and not is_output:
            result.add(f"{built.cls.__name__}.{built.field}")
    return result


def test_every_constraint_is_declared_in_the_settings_too() -> None:
    unexplained = {name for name in unshared(constructed()) if _reason(name) is None}
    assert not unexplained, f"the check accepts what these refuse: {', '.join(sorted(unexplained))}"


def test_reasons_are_needed() -> None:
    used = {_reason(name) for name in unshared(constructed())}
    assert not HELD.keys() - used


def _reason(name: str) -> str | None:
    """The entry of `HELD` for an argument."""
    return next((key for key in (name, f"*.{name.split('.')[1]}") if key in HELD), None)


def test_rules_across_fields_are_run_by_the_check() -> None:
    ruled = {
        built.cls.__name__
        for built in constructed()
        if built.cls.__pydantic_decorators__.model_validators.keys() - _OWN_VALIDATORS
        or built.cls._problems is not Args._problems
    }
    assert ruled == MODEL_RULES.keys()


def test_the_check_builds_what_is_built_from_settings_alone() -> None:
    nodes = ast.walk(ast.parse(inspect.getsource(checks)))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    for module in (arguments, run_arguments, experiment_arguments, addon_arguments):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            made = inspect.get_annotations(function).get("return")
            if function.__module__ == module.__name__ and isinstance(made, type) and issubclass(made, Args):
                assert name in called, f"the check does not build {made.__name__}"


class _NarrowArgs(Args):
    zones: int = Field(ge=2, le=3)


def test_a_constraint_that_only_the_component_has_is_found() -> None:
    value = ast.parse("self.args.network.zones", mode="eval").body
    assert unshared([Constructed(_NarrowArgs, "zones", value)]) == {"_NarrowArgs.zones"}
