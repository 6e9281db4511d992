"""Why an input accepts no Output, for each input whose type alone does not say it (`declared_inputs.py`).

Every new plain input needs a reason here. An input that a component only passes on has none: declare it as `Input`.
"""

from collections.abc import Mapping

REGION = "it is checked before anything is created: data stays in the country"
TAGS = "they are checked before anything is created, and name costs everywhere"
CHILDREN = "each item is a child resource, named after it"
NAMED = "children, labels or policies are named after it"
COMPUTED = "the component calculates or compares with it"
CATALOGUE = "it is looked up in facts about regions and machines"
READ = "it is read, or decides what may be read, before anything is created"

BY_NAME: Mapping[str, str] = {"region": REGION, "bucket_region": REGION, "tags": TAGS, "zone_ids": NAMED}
"""Inputs of one name and one meaning in every class."""

BY_CLASS: Mapping[str, Mapping[str, str]] = {
    CHILDREN: {
        "EksOptions": "private_access_cidrs",
        "FinOpsArgs": "business_units",
        "FixedPoolSpec": "nodes",
        "NamespaceGroup": "namespaces",
        "NatSpec": "addresses",
        "NetworkArgs": "services",
        "PeeringSpec": "routes",
        "PoolSleepArgs": "nodes warm",
        "RegistryArgs": "cached_upstreams mirrored_images repositories",
        "SharedFilesArgs": "directories",
        "StorageSpec": "repositories",
        "TransitGatewaySpec": "routes",
    },
    NAMED: {
        "AwsIamSpec": "path",
        "AzureNamesSpec": "pattern",
        "BudgetAlarmSpec": "scope",
        "BurnRateArgs": "site",
        "FixedPoolSpec": "tenant",
        "InferenceServiceArgs": "variant",
        "ModelPromotionArgs": "alias models tenant",
        "NodePoolArgs": "name",
        "NodePoolSpec": "tenant",
        "OnPremSiteSpec": "place",
        "ServedArgs": "service tenant",
        "SharedPoolSpec": "tenant",
        "SystemPoolSpec": "name",
        "TenantSpaceArgs": "tenant",
        "TenantSpec": "business_unit",
        "TrackingArgs": "tenant",
        "TrainingRunArgs": "tenant",
    },
    COMPUTED: {
        "AdmissionSpec": "callers gateway gateway_namespace prometheus scalers taints",
        "AuthenticationSpec": "audiences issuer jwks_uri",
        "AwsNetworkSpec": "pods_cidr",
        "AksNetwork": "pod_cidr service_cidr trusted_certificates",
        "AddonsArgs": "replicas",
        "AwsPoolOptions": "disk_iops disk_throughput_mbps max_pods",
        "AwsSiteSpec": "scratch_gib",
        "BudgetAlarmSpec": "aed_per_usd",
        "BudgetLimit": "actual_percent aed_per_month forecast_percent",
        "BurnRateArgs": "aed_per_month aed_per_usd fast_factor slow_factor",
        "ChangeFreeze": "first last",
        "ColdStartSpec": "first_answer_seconds idle_seconds image_gib load_seconds node_seconds",
        "CommonSiteContext": "aed_per_usd",
        "CopyRunArgs": "deadline_hours mib_per_second",
        "CopySchedule": "late_hours",
        "CostExportArgs": "retention_days",
        "EfficiencySpec": "checkpoint_interval_seconds checkpoint_seconds checkpoints_kept "
        "interruptions_with_notice interruptions_per_hour",
        "EksNetwork": "service_cidr",
        "EnergySpec": "aed_per_kwh pue",
        "FinOpsArgs": "aed_per_usd anomaly_aed anomaly_percent",
        "GatewayConfig": "domains requests_per_minute",
        "GatewayTenantSpec": "hosts",
        "GpuSharingSpec": "time_slices",
        "GpuSpec": "count",
        "HourlyPrices": "gib gpu spot_gib spot_gpu spot_vcpu vcpu",
        "LoadSpec": "replicas_blind target",
        "ModelSpec": "file gib",
        "NetworkArgs": "cidr node_addresses nodes zones",
        "NetworkSpec": "cidr zones",
        "NodePoolArgs": "zones",
        "IntegerRange": "least most",
        "KubeletSpec": "container_log_max_mb image_gc_high_percent image_gc_low_percent",
        "NodePoolSpec": "disk_gib labels max min",
        "NodeProvisioningArgs": "zones",
        "ObservabilityArgs": "aed_per_usd",
        "MultiNodeServingArgs": "replicas",
        "OfficeHours": "closes opens",
        "OfficeReplicasSpec": "min",
        "OwnMachineCostSpec": "kilowatts purchase_aed staff_aed_per_year years",
        "OwnMachineSpec": "gpus memory_gib vcpu",
        "PodTotals": "cpu gpus memory_gib",
        "PoolUpgradeSpec": "max_surge max_unavailable",
        "ProbesSpec": "liveness readiness startup startup_seconds",
        "DeadlineSpec": "deadline estimated_hours",
        "QueueBudget": "aed_per_month hours_per_month pool_percent",
        "QueueingArgs": "aed_per_usd recover_minutes replicas requeues spot_hours_percent start_minutes topology",
        "RouteSpec": "destination",
        "RunSpec": "cpu deadline_hours gpus memory_gib nodes ray_version retried_exit_codes scratch_gib",
        "ServerSpec": "args command drain_seconds port shared_memory_gib",
        "ServingSpec": "concurrency cpu max memory_gib min nodes",
        "SharedFilesArgs": "zones",
        "SpaceSpec": "cpu gpus hosts memory_gib storage_gib",
        "SplitSpec": "ends starts weights",
        "SystemPoolSpec": "zones",
        "TaintSpec": "key value",
        "TrackingSpec": "database_gib",
        "TenantLimits": "aed_per_month first_answer_seconds",
        "TrainingControllersArgs": "replicas",
        "TrainingRunArgs": "efa_interfaces machine_gpus shared_memory_gib topology",
        "VaultArgs": "retention_days",
    },
    CATALOGUE: {
        "AzurePoolOptions": "gpu_partition spot_max_usd",
        "BurnRateArgs": "machines",
        "FixedPoolSpec": "machine",
        "GatewayConfig": "gateway_class",
        "GpuSharingSpec": "mig_profile",
        "GpuSpec": "mig_profile",
        "InstanceRequirements": "architecture categories exclude families generation",
        "NodePoolSpec": "machines zone zones",
        "ObservabilityArgs": "machines",
        "ContainerSpec": "architectures",
        "ServingSpec": "pool",
        "SiteSpec": "kubernetes_version",
        "SplitSpec": "measure",
    },
    READ: {
        "ConnectionSpec": "context kubeconfig_path servers",
        "PrometheusSpec": "prometheus",
    },
}
"""Reason -> class that declares the inputs -> their names."""

REASONS: Mapping[str, str] = {
    f"{owner}.{name}": reason
    for reason, owners in BY_CLASS.items()
    for owner, names in owners.items()
    for name in names.split()
}
"""Reason by `Class.input`."""
