"""The emulated AWS."""

from falaj.sandbox.clouds.aws import ec2, eks, iam, messaging, money, place, references, storage
from falaj.sandbox.clouds.aws.invokes import INVOKES
from falaj.sandbox.clouds.rows import CloudSpec

_TABLES = (ec2.ROWS, eks.ROWS, iam.ROWS, messaging.ROWS, money.ROWS, storage.ROWS)

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
