"""Files of the components that name a cloud, with the reason for each."""

from collections.abc import Mapping

from tests.project.cloud_name_reasons import CLIENT_ID, LABEL, MOVED, OPTIONS, POOL_OPTION, REPLICATION, S3_PROTOCOL

IN_COMPONENTS: Mapping[str, tuple[str, frozenset[str]]] = {
    "components/build/replication.py": (
        REPLICATION,
        frozenset(
            {
                "AwsIamSpec",
                "falaj.components.core.accounts.aws_accounts",
                "AwsAccess",
                "AwsAccessArgs",
                "AwsRegion",
                "AzureAccess",
                "AzureAccessArgs",
                "AzureRegion",
                "aws_region",
                "azure_region",
                "falaj.components.aws.identity.replica_access",
                "falaj.components.azure.identity.replica_access",
            }
        ),
    ),
    "components/build/sites.py": (REPLICATION, frozenset({"aws"})),
    "components/build/vault_copies.py": (
        REPLICATION,
        frozenset(
            {
                "AzureSiteSpec",
                "AwsIamSpec",
                "falaj.components.core.accounts.aws_accounts",
                "aws",
                "aws.Site",
                "aws_region",
                "azure",
                "azure.Site",
                "azure_region",
                "on_aws",
                "on_azure",
                "pulumi_aws",
            }
        ),
    ),
    "components/core/tenancy/tenant_admission.py": (
        "an annotation by which only EKS gives a role; elsewhere nobody reads it",
        frozenset({"eks.amazonaws.com/role-arn"}),
    ),
    "components/core/money/anomaly_monitor.py": (
        "the ARN of a monitor, which only accounts of AWS have",
        frozenset({"arn:aws:ce::", "arn:aws:ce::111122223333:anomalymonitor/5bcd0d0c-0c1e-4a2b-9f8e-1d2c3b4a5f60"}),
    ),
    "components/core/network/zones.py": (LABEL, frozenset({"topology.k8s.aws/zone-id"})),
    "components/core/node_pools/availability_warnings.py": (
        "the command that lists zone IDs, which only machines on AWS have",
        frozenset({"aws"}),
    ),
    "components/core/node_pools/gpu_offers.py": (POOL_OPTION, frozenset({"azure"})),
    "components/core/node_pools/karpenter_checks.py": (
        "what Karpenter supports on AWS and what node auto-provisioning does on Azure, for their components",
        frozenset(
            {
                "AZURE_LINUX",
                "aws",
                "aws.interconnect",
                "azure",
                "azure.",
                "azure.os_sku",
                "falaj.components.core.node_pools.azure_enums",
            }
        ),
    ),
    "components/core/node_pools/node_groups.py": (POOL_OPTION, frozenset({"aws", "aws.exact_gpus", "aws.max_pods"})),
    "components/core/node_pools/pod_addresses.py": (POOL_OPTION, frozenset({"aws", "aws.network.pods_cidr"})),
    "components/core/node_pools/regional_pool.py": (POOL_OPTION, frozenset({"aws"})),
    "components/core/node_pools/node_marks.py": (
        "domains of labels that a cloud or Karpenter sets; those of another cloud are added here",
        frozenset({"eks.amazonaws.com", "karpenter.azure.com", "karpenter.k8s.aws", "kubernetes.azure.com"}),
    ),
    "components/core/node_pools/profiles.py": (LABEL, frozenset({"kubernetes.azure.com/scalesetpriority"})),
    "components/core/node_pools/spec.py": (
        OPTIONS,
        frozenset(
            {
                "AwsPoolOptions",
                "AzurePoolOptions",
                "aws",
                "aws.",
                "azure",
                "azure.",
                "falaj.components.core.node_pools.aws_instance_requirements",
                "falaj.components.core.node_pools.aws_options",
                "falaj.components.core.node_pools.azure_options",
            }
        ),
    ),
    "components/core/site/administrators.py": (
        "the types of arguments of components of AWS and of Azure",
        frozenset({"arn:aws:iam::", "arn:aws:iam::111122223333:role/platform-admins"}),
    ),
    "components/core/site/aks_options.py": (
        "options of AKS, which only sites on Azure have",
        frozenset({"falaj.components.core.network.azure_ids"}),
    ),
    "components/core/site/aks_upgrades.py": (
        "the resource group of the nodes, which only clusters of AKS have",
        frozenset({"falaj.components.core.network.azure_ids"}),
    ),
    "components/core/site/args.py": (
        MOVED,
        frozenset({"aws.", "aws.backup", "aws.scratch_gib", "azure.", "azure.geo_redundant", "azure_policy"}),
    ),
    "components/core/site/cluster_options.py": (
        "the options of clusters that sites on AWS and on Azure share with their own cluster component",
        frozenset({"azure_policy", "falaj.components.core.network.azure_ids"}),
    ),
    "components/core/site/eks_addons.py": (
        "add-ons of EKS, an option of sites on AWS",
        frozenset(
            {
                "aws-ebs-csi-driver",
                "aws-efs-csi-driver",
                "aws-fsx-csi-driver",
                "aws-node",
                "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
            }
        ),
    ),
    "components/core/site/contexts.py": (
        OPTIONS,
        frozenset({"AwsSiteContext", "AzureSiteContext", "falaj.components.core.accounts.aws_accounts"}),
    ),
    "components/core/site/specs.py": (
        OPTIONS,
        frozenset(
            {
                "AwsNetworkSpec",
                "AzureKeysSpec",
                "AzureFlowLogsSpec",
                "AzureNamesSpec",
                "AzureVaultReaders",
                "falaj.components.core.network.azure_flow_logs",
                "falaj.components.core.site.azure_keys",
                "falaj.components.core.site.azure_names",
                "falaj.components.core.site.azure_vault_readers",
                "AwsSiteSpec",
                "AzureNetworkSpec",
                "AwsIamOptions",
                "falaj.components.core.accounts.aws_accounts",
                "AzureSiteSpec",
                "aws",
                "azure",
                "falaj.components.core.site.aws_addons",
                "falaj.components.core.site.aws_releases",
                "falaj.components.core.site.aws_roles",
                "falaj.components.core.storage.aws_backup_opt_in",
                "falaj.components.core.network.aws_network",
                "falaj.components.core.site.aws_keys",
                "falaj.components.core.site.aws_proxy",
                "falaj.components.core.network.azure_ids",
                "falaj.components.core.network.azure_specs",
            }
        ),
    ),
    "components/core/storage/private_line.py": (
        REPLICATION,
        frozenset(
            {".amazonaws", "AWS", "https://bucket.vpce-0123456789abcdef0-a1b2c3d4.s3.me-central-1.vpce.amazonaws.com"}
        ),
    ),
    "components/core/storage/replication.py": (
        REPLICATION,
        frozenset(
            {
                "AwsIamSpec",
                "falaj.components.core.accounts.aws_accounts",
                "/aws",
                "/azure",
                "AWS",
                "AWS_AUDIENCE",
                "AWS_EC2_METADATA_DISABLED",
                "AWS_REGION",
                "AWS_ROLE_ARN",
                "AWS_ROLE_SESSION_NAME",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "AZURE_AUDIENCE",
                "AZURE_AUTHORITY_HOST",
                "AZURE_CLIENT_ID",
                "AZURE_FEDERATED_TOKEN_FILE",
                "AZURE_TENANT_ID",
                "AZURE_TOKEN_CREDENTIALS",
                "TO_AWS",
                "TO_AZURE",
                "api://AzureADTokenExchange",
                "arn:aws:iam::",
                "aws:kms",
                "azureblob",
                "sts.amazonaws.com",
                "to-aws",
                "to-azure",
            }
        ),
    ),
    "components/core/storage/repositories.py": (
        "a public registry that every cloud caches, by its host name",
        frozenset({"public.ecr.aws"}),
    ),
    "components/core/storage/stores.py": (
        S3_PROTOCOL,
        frozenset({"AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "AWS_SECRET_ACCESS_KEY", "amazonaws"}),
    ),
    "components/core/tenancy/flavors.py": (POOL_OPTION, frozenset({".azure.gpu_partition", "aws", "azure"})),
    "components/core/training/machine_gpus.py": (POOL_OPTION, frozenset({"aws"})),
    "components/core/training/training_args.py": (
        "EFA is AWS's interconnect, and only Azure has client IDs: elsewhere both arguments are refused",
        frozenset({"AWS", "azure_client_id"}),
    ),
    "components/core/validation/names.py": ("a name of a site, as an example in messages", frozenset({"awsuae"})),
    "components/core/validation/regions.py": (
        "types of arguments of components of AWS and of Azure; `in_country` makes those of another cloud",
        frozenset({"AWS", "AZURE", "AwsRegion", "AzureRegion", "UAE_AWS_REGION", "normalise_azure"}),
    ),
    "components/kubernetes/__init__.py": (
        "exports the classes of the options in `NodePoolSpec`, for programs that use them",
        frozenset(
            {
                "falaj.components.core.node_pools.aws_instance_requirements",
                "falaj.components.core.node_pools.azure_enums",
                "falaj.components.core.node_pools.azure_options",
                "falaj.components.core.node_pools.azure_upgrades",
                "AwsPoolOptions",
                "AzurePoolOptions",
            }
        ),
    ),
    "components/kubernetes/cluster/pod_identity_egress.py": (
        "a policy that only components of AWS create",
        frozenset({"falaj.components.core.site.aws_rules"}),
    ),
    "components/kubernetes/copies/copy_pod.py": (
        REPLICATION,
        frozenset({"AWS_AUDIENCE", "AZURE_AUDIENCE", "AwsRegion", "aws", "azure"}),
    ),
    "components/kubernetes/queues/kueue.py": (LABEL, frozenset({"vpc.amazonaws.com/"})),
    "components/kubernetes/training/training_pod.py": (LABEL, frozenset({"vpc.amazonaws.com/efa"})),
    "components/kubernetes/training/training_run.py": (CLIENT_ID, frozenset({"azure_client_id"})),
    "components/plugin.py": (
        "the packages with components for other languages, one word per cloud that has any",
        frozenset({"aws", "azure"}),
    ),
    "components/reference/pages.py": (
        "the packages with components, as in the plug-in, and what the default provider of each needs",
        frozenset({"AWS", "Azure", "aws", "aws:region", "aws:region:", "azure"}),
    ),
    "components/schema_details.py": (
        "how registries describe and find the plug-in",
        frozenset({"AWS", "Azure", "aws", "azure"}),
    ),
    "components/settings/checks/onprem.py": (POOL_OPTION, frozenset({"aws", ".aws.exact_gpus"})),
    "components/settings/run_arguments.py": (CLIENT_ID, frozenset({"azure_client_id"})),
    "components/settings/checks/stack.py": (REPLICATION, frozenset({"AWS", "AZURE", "aws", "azure"})),
    "components/settings/sites.py": (
        OPTIONS,
        frozenset(
            {
                "AwsProviderOptions",
                "AwsSiteSettings",
                "AwsSiteSpec",
                "AzureProviderOptions",
                "AzureSiteSettings",
                "AzureSiteSpec",
                "aws",
                "azure",
                "falaj.components.core.accounts.aws_accounts",
                "falaj.components.core.accounts.azure_accounts",
            }
        ),
    ),
    "components/settings/stack.py": (REPLICATION, frozenset({"aws", "azure"})),
    "components/settings/tenant_stack.py": (
        OPTIONS,
        frozenset(
            {
                "AwsIamOptions",
                "AwsProviderOptions",
                "AzureProviderOptions",
                "TenantAwsSettings",
                "aws",
                "azure",
                "falaj.components.core.accounts.aws_accounts",
                "falaj.components.core.accounts.azure_accounts",
            }
        ),
    ),
}
"""File -> the reason, and the names that it applies to."""
