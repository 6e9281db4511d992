"""A lock keeps its scope, what it contains and its role assignments from being deleted."""

from functools import partial

from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import BLOB_CONTRIBUTOR, Site
from tests.unit.clouds.driver import CreatedResource


def test_what_is_locked_stays_until_the_lock_is_gone(site: Site) -> None:
    identity = site.identity()
    account = site.make("storage:StorageAccount", "data", **site.account_inputs())
    grant = site.make(
        "authorization:RoleAssignment",
        "reader",
        scope=account.id,
        roleAssignmentName="4b1f7c0e-0000-4000-8000-000000000001",
        principalId=str(identity.values["principalId"]),
        principalType="ServicePrincipal",
        roleDefinitionId=BLOB_CONTRIBUTOR,
    )
    lock = site.make(
        "authorization:ManagementLockByScope", "keep", scope=account.id, lockName="keep", level="CanNotDelete"
    )

    def refused(resource: CreatedResource) -> str:
        return driver.refused(partial(site.cloud.delete, resource))

    assert 'Code="ScopeLocked"' in refused(account)
    assert "Please remove the lock" in refused(grant)
    assert "ScopeLocked" in refused(site.group)
    for resource in (lock, grant, account, identity):
        site.cloud.delete(resource)
