"""The emulated AWS."""

from falaj.sandbox.clouds.aws import (
    alarms,
    autoscaling,
    backup,
    budget_actions,
    cost_explorer,
    data_exports,
    ec2,
    eks,
    files,
    iam,
    messaging,
    money,
    place,
    references,
    registry,
    storage,
)
from falaj.sandbox.clouds.aws.invokes import INVOKES
from falaj.sandbox.clouds.rows import CloudSpec

_MONEY = (money.ROWS, budget_actions.ROWS, cost_explorer.ROWS, data_exports.ROWS, alarms.ROWS)
_STORAGE = (storage.ROWS, files.ROWS, registry.ROWS, backup.ROWS)
_TABLES = (ec2.ROWS, eks.ROWS, autoscaling.ROWS, iam.ROWS, messaging.ROWS, *_STORAGE, *_MONEY)

SPEC = CloudSpec(
    name="aws",
    sdk=place.SDK,
    rows={row.token: row for table in _TABLES for row in table},
    default_row=place.default_row,
    scope=place.scope,
    refers=references.refers,
    failed=place.failed,
    check=place.check,
    generic=(references.missing_reference, references.machine_not_offered),
    invokes=INVOKES,
    facts=place.facts,
    check_config=place.check_config,
)
