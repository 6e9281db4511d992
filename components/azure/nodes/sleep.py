"""Stops a site's cluster outside office hours and starts it again, by two small workflows inside the country."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import NAMESPACE_URL, uuid5

import pulumi
from pulumi_azure_native import authorization, logic
from pulumi_azure_native.managedidentity import UserAssignedIdentity
from pydantic import model_validator

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.monitoring.audit_log import audited
from falaj.components.core.node_pools.office_hours import OfficeHours, refuse_production
from falaj.components.core.validation.args import Input
from falaj.facts.calendar import WINDOWS_TIMEZONE, WORKING_DAYS

MANAGEMENT = "https://management.azure.com"

AKS_API = "2025-09-01"
"""Version of the API that the cluster is started and stopped with: the one that azure-native 3.29 makes it with."""

SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"

DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}
"""Working days as Logic Apps name them."""

ACTIONS = ("read", "start/action", "stop/action")
"""What the workflows may do with the cluster: look at it, start it, stop it."""


class SleepArgs(OfficeHours, ResourceGroupIdArgs):
    """A cluster, in the same resource group, that is stopped outside office hours."""

    cluster_id: Input[str]
    """Id of the AKS cluster. Not one with node auto-provisioning: Azure cannot stop it."""
    workspace_id: Input[str]
    """Id of the Log Analytics workspace that each start and stop is recorded in."""

    @model_validator(mode="after")
    def _is_not_production(self) -> Self:
        refuse_production(self.tags)
        return self


class Sleep(pulumi.ComponentResource):
    """Two workflows that start the cluster when offices open on a working day, and stop it when they close.

    They sign in with an identity whose only permission is to start and stop that one cluster. A missed start is made up
    for on the next working day, or by hand: `az aks start`. While the cluster is stopped Azure refuses every change of
    it, so deploy in office hours. AKS loses the state of a cluster that was stopped for a year.
    """

    workflow_ids: pulumi.Output[Mapping[str, str]]
    """Ids of the workflows `wake` and `sleep`."""

    def __init__(self, name: str, args: SleepArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SleepArgs.of(name, args)
        super().__init__("falaj:azure:Sleep", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        identity = user_assigned_identity(f"{name}-identity", args, child)
        may_act = _may_start_and_stop(name, args, identity, child)
        after = pulumi.ResourceOptions(parent=self, depends_on=[may_act])
        workflows = {
            kind: _workflow(f"{name}-{kind}", args, identity, clock, action, after)
            for kind, clock, action in (("wake", args.opens, "start"), ("sleep", args.closes, "stop"))
        }
        for kind, workflow in workflows.items():
            audited(f"{name}-{kind}-audit", workflow.id, args.workspace_id, ["WorkflowRuntime"], child)
        self.workflow_ids = pulumi.Output.all(**{kind: workflow.id for kind, workflow in workflows.items()})
        self.register_outputs({"workflow_ids": self.workflow_ids})


def _may_start_and_stop(
    name: str, args: SleepArgs, identity: UserAssignedIdentity, opts: pulumi.ResourceOptions
) -> authorization.RoleAssignment:
    """A role of our own, because every built-in one that may start a cluster may also change it."""
    group_id = pulumi.Output.from_input(args.resource_group_id)
    role = authorization.RoleDefinition(
        f"{name}-role",
        scope=group_id,
        role_definition_id=group_id.apply(lambda scope: str(uuid5(NAMESPACE_URL, f"{scope.lower()}/{name}"))),
        # Names of roles are unique in an Entra tenant.
        role_name=group_id.apply(lambda scope: f"Start and stop {name} in {scope}"),
        description=f"Starts and stops the cluster of {name} by office hours.",
        role_type="CustomRole",
        permissions=[
            authorization.PermissionArgs(
                actions=[f"Microsoft.ContainerService/managedClusters/{action}" for action in ACTIONS]
            )
        ],
        assignable_scopes=[group_id],
        opts=opts,
    )
    return authorization.RoleAssignment(
        f"{name}-starts-and-stops",
        principal_id=identity.principal_id,
        principal_type=authorization.PrincipalType.SERVICE_PRINCIPAL,
        # Without the group, which is how Azure reads it back.
        role_definition_id=pulumi.Output.all(group_id, role.name).apply(
            lambda ids: f"{subscription_of(ids[0])}/providers/Microsoft.Authorization/roleDefinitions/{ids[1]}"
        ),
        scope=args.cluster_id,
        opts=opts,
    )


def _workflow(
    name: str,
    args: SleepArgs,
    identity: UserAssignedIdentity,
    clock: str,
    action: str,
    opts: pulumi.ResourceOptions,
) -> logic.Workflow:
    return logic.Workflow(
        name,
        location=args.region,
        resource_group_name=args.resource_group_name,
        identity=logic.ManagedServiceIdentityArgs(
            type=logic.ManagedServiceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity.id]
        ),
        state=logic.WorkflowState.ENABLED,
        # No address may look into the runs; Azure's own access control still may.
        access_control=logic.FlowAccessControlConfigurationArgs(
            contents=logic.FlowAccessControlConfigurationPolicyArgs(
                allowed_caller_ip_addresses=[logic.IpAddressRangeArgs(address_range="0.0.0.0-0.0.0.0")]
            )
        ),
        # Not a single output: a plan shows the hours although the id of the cluster is unknown yet.
        definition=_definition(args.cluster_id, identity.id, clock, action),
        tags=args.tags,
        opts=opts,
    )


def _definition(
    cluster_id: pulumi.Input[str], identity_id: pulumi.Input[str], clock: str, action: str
) -> dict[str, Any]:
    hour, minute = clock.split(":")
    schedule = {"weekDays": [DAYS[day] for day in WORKING_DAYS], "hours": [int(hour)], "minutes": [int(minute)]}
    signed_in = {"type": "ManagedServiceIdentity", "identity": identity_id, "audience": f"{MANAGEMENT}/"}
    return {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "triggers": {
            "working-days": {
                "type": "Recurrence",
                "recurrence": {
                    "frequency": "Week",
                    "interval": 1,
                    "timeZone": WINDOWS_TIMEZONE,
                    "schedule": schedule,
                },
            }
        },
        "actions": {
            action: {
                "type": "Http",
                "inputs": {
                    "method": "POST",
                    "uri": pulumi.Output.concat(MANAGEMENT, cluster_id, f"/{action}?api-version={AKS_API}"),
                    "authentication": signed_in,
                    "retryPolicy": {"type": "exponential", "count": 4, "interval": "PT1M"},
                },
                # Following the operation to its end would need rights on the subscription.
                "operationOptions": "DisableAsyncPattern",
                "runAfter": {},
            }
        },
    }
