"""Files outside the clouds' own that name a cloud, with the reason for each: a third cloud falls into none of them.

Not searched: guardrails (`policy_pack`) are rows by resource type, and refuse the types of a package without rows;
emulated clouds (`falaj/sandbox`) are folders by package.
"""

from collections.abc import Mapping

from tests.project.cloud_name_reasons import AZURE_PRICES, AZURE_SPELLING, EXPORTS, FREE, LABEL, SCHEDULES
from tests.project.cloud_names_in_components import IN_COMPONENTS

TABLES: Mapping[str, str] = {
    "falaj/facts/iam_conditions.py": "forms of values in IAM policies, which only guardrails of AWS read",
    "falaj/facts/machine_names.py": "naming conventions by vendor; a name of neither has no traits",
    "falaj/facts/machine_sources.py": "sources of facts by column and cloud; elsewhere `look it up at the vendor's`",
    "falaj/facts/organisation_policies.py": "policies that two vendors can enforce; another gets no document",
    "falaj/facts/processors.py": "processors by the vendors' names of machines; those of other names count as old ones",
    "falaj/facts/region_names.py": "names of every region of the two clouds, by which texts show a place abroad",
    "falaj/facts/services.py": "global services by resource type, which only guardrails of AWS and of Azure read",
    "falaj/facts/support_plans.py": "support plans by vendor; another cloud has none that a usage file may name",
    "falaj/finops/cheaper.py": SCHEDULES,
    "falaj/finops/free.py": FREE,
    "falaj/finops/schedules.py": SCHEDULES,
}
"""File that is a table of facts by cloud -> the reason, and what another cloud gets."""

EXCEPTIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    **IN_COMPONENTS,
    "falaj/facts/plaintext_secrets.py": (
        "names that vendors give to secrets, wherever a text has them",
        frozenset({"i:aws_", "AZURE_TOKEN_CREDENTIALS", "azure_ai_agent_project_"}),
    ),
    "falaj/facts/price_sources.py": (AZURE_PRICES, frozenset({"is_azure"})),
    "falaj/drift.py": (
        "what AKS changes by itself; other clouds' resources have no such change",
        frozenset({"azure-native:containerservice:ManagedCluster", "azure-native:containerservice:AgentPool"}),
    ),
    "falaj/cli/components.py": ("the packages with components, as in the plug-in", frozenset({"aws", "azure"})),
    "falaj/cli/preflight.py": ("the help names the clouds' command lines", frozenset({"aws"})),
    "falaj/cli/prices.py": (
        "sources of list prices, one reader per vendor",
        frozenset(
            {
                "--aws",
                "--azure",
                "AWS",
                "AwsOption",
                "Azure",
                "AzureOption",
                "aws",
                "aws_source",
                "azure",
                "azure_source",
                "falaj.finops.prices.azure_price_sheet",
                "falaj.finops.prices.azure_sheet_book",
            }
        ),
    ),
    "falaj/cli/preflight_needs.py": (
        "permissions are generated per cloud, as those of `falaj rights`",
        frozenset(
            {
                "AwsNeeds",
                "_aws",
                "_azure",
                "azure_actions",
                "falaj.facts.aws_permissions",
                "falaj.rights.aws_invokes",
                "falaj.rights.aws_needs",
                "falaj.rights.azure_roles",
            }
        ),
    ),
    "falaj/cli/rights.py": (
        "permissions are generated for AWS and Azure; a stack without either gets no documents",
        frozenset(
            {
                "AWS",
                "Azure",
                "arn:aws:iam::",
                "arn:aws:iam::111122223333:role/deployer",
                "aws-",
                "aws.deployer",
                "azure-",
                "falaj.rights.aws_invokes",
                "falaj.rights.aws_needs",
                "falaj.rights.azure_roles",
            }
        ),
    ),
    "falaj/cli/rightsize.py": (
        EXPORTS,
        frozenset({"--azure-monitor", "Azure", "AzureMetrics", "azure", "azure_monitor"}),
    ),
    "falaj/extras.py": (
        "the SDKs that an installation can leave out, as in pyproject.toml",
        frozenset({"aws", "azure", "azure-identity", "azure.identity", "pulumi-aws", "pulumi-azure-native"}),
    ),
    "falaj/facts/focus.py": (
        "FOCUS as AWS exports it: its columns are a superset of the specification's",
        frozenset({"AWS_COLUMNS", "AWS_TABLE", "FOCUS_1_2_AWS", "aws_query"}),
    ),
    "falaj/facts/gpus.py": ("a source that is named after AWS's machine", frozenset({"AWS"})),
    "falaj/facts/prices.py": (AZURE_PRICES, frozenset({"is_azure"})),
    "falaj/facts/regions.py": (AZURE_SPELLING, frozenset({"normalise_azure"})),
    "falaj/finops/focus_rows.py": ("FOCUS as AWS exports it, without AWS's own columns", frozenset({"AWS_COLUMNS"})),
    "falaj/finops/free_objects.py": (
        LABEL,
        frozenset(
            {
                "AWSPCAClusterIssuer",
                "AWSPCAIssuer",
                "awspca.cert-manager.io",
                "crd.k8s.amazonaws.com",
                "networking.k8s.aws",
                "vpcresources.k8s.aws",
            }
        ),
    ),
    "falaj/finops/prices/book.py": (AZURE_PRICES, frozenset({"is_azure"})),
    "falaj/finops/prices/changes.py": (AZURE_PRICES, frozenset({"is_azure"})),
    "falaj/finops/pricing_context.py": (
        "flow logs, which only meters of AWS ask for, and Azure's display names of regions",
        frozenset(
            {"aws:cloudwatch/logGroup:LogGroup", "aws:ec2/flowLog:FlowLog", "aws:s3/bucket:Bucket", "normalise_azure"}
        ),
    ),
    "falaj/finops/showback/scans.py": (EXPORTS, frozenset({"AWS"})),
    "falaj/finops/vault_copies.py": (
        "copies of vaults, which the platform has between these two clouds only",
        frozenset(
            {
                *("AWS", "AZURE", "falaj:azure:ReplicaAccess"),
                *("azure-native:authorization:RoleAssignment", "azure-native:authorization:RoleDefinition"),
            }
        ),
    ),
    "falaj/finops/rightsize/exports.py": (EXPORTS, frozenset({"AzureMetrics", "_AZURE_COLUMNS", "azure_monitor"})),
    "falaj/finops/rightsize/lengths.py": ("a published trace that is named after a cloud", frozenset({"Azure"})),
}
"""File -> the reason, and all its names of clouds: identifiers, and words of strings."""
