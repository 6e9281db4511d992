"""The emulated AWS."""

from falaj.sandbox.clouds.aws import (
    account,
    alarms,
    autoscaling,
    backup,
    budget_actions,
    budgets,
    caller,
    codebuild,
    connections,
    cost_explorer,
    data_exports,
    ec2,
    ecr,
    eks,
    file_systems,
    iam,
    messaging,
    references,
    s3_and_kms,
)
from falaj.sandbox.clouds.aws.invokes import INVOKES
from falaj.sandbox.clouds.spec import CloudSpec

_COST_MANAGEMENT = (
    budgets.RESOURCE_TYPES,
    budget_actions.RESOURCE_TYPES,
    cost_explorer.RESOURCE_TYPES,
    data_exports.RESOURCE_TYPES,
    alarms.RESOURCE_TYPES,
)
_STORAGE = (s3_and_kms.RESOURCE_TYPES, file_systems.RESOURCE_TYPES, ecr.RESOURCE_TYPES, backup.RESOURCE_TYPES)
_TABLES = (
    ec2.RESOURCE_TYPES,
    connections.RESOURCE_TYPES,
    eks.RESOURCE_TYPES,
    autoscaling.RESOURCE_TYPES,
    iam.RESOURCE_TYPES,
    messaging.RESOURCE_TYPES,
    codebuild.RESOURCE_TYPES,
    *_STORAGE,
    *_COST_MANAGEMENT,
)

SPEC = CloudSpec(
    name="aws",
    sdk=account.SDK,
    resource_types={row.token: row for table in _TABLES for row in table},
    default_type=account.default_type,
    scope=account.scope,
    handle_of=references.handle_of,
    error_message=account.error_message,
    check=account.check,
    common_rules=(references.references_exist, references.instance_type_offered),
    invokes=INVOKES,
    template_variables=account.template_variables,
    check_config=account.check_config,
    caller_refused=caller.account_refused,
    input_defaults=account.input_defaults,
)
