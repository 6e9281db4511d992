"""Stops a site's cluster outside office hours and starts it again, with two Logic Apps workflows in the UAE."""

from collections.abc import Mapping
from typing import Any, Self

import pulumi
from pulumi_azure_native import authorization, logic
from pulumi_azure_native.managedidentity import UserAssignedIdentity
from pydantic import model_validator

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.custom_roles import custom_role
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.propagation import RESOURCE_MANAGER_SECONDS, effective
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.monitoring.audit_log import diagnostic_setting
from falaj.components.core.node_pools.office_hours import OfficeHours, refuse_production
from falaj.components.core.validation.args import Input
from falaj.facts.calendar import WINDOWS_TIMEZONE, WORKING_DAYS

MANAGEMENT = "https://management.azure.com"

AKS_API = "2025-09-01"
"""AKS API version for starting and stopping the cluster; azure-native 3.29 creates the cluster with the same one."""

SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"

DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}
"""Working days of the calendar -> their names in Logic Apps."""

ACTIONS = ("read", "start/action", "stop/action")
"""Operations on the cluster that the workflows are permitted to call."""


class SleepArgs(OfficeHours, ResourceGroupIdArgs):
    """Arguments of `Sleep`: a cluster of the resource group that is stopped outside office hours."""

    cluster_id: Input[str]
    """Id of the AKS cluster. Azure cannot stop a cluster with node auto-provisioning."""
    workspace_id: Input[str]
    """Id of the Log Analytics workspace that records each start and stop."""

    @model_validator(mode="after")
    def _is_not_production(self) -> Self:
        refuse_production(self.tags)
        return self


class Sleep(pulumi.ComponentResource):
    """Two workflows that start the cluster when office hours begin on a working day, and stop it when they end.

    They authenticate with an identity that may only read, start and stop this cluster. If a start fails, the cluster
    starts on the next working day; `az aks start` starts it manually. Azure refuses changes of a stopped cluster, so
    deploy during office hours. AKS loses the state of a cluster that has been stopped for a year.
    """

    workflow_ids: pulumi.Output[Mapping[str, str]]
    """Ids of the workflows, by `wake` and `sleep`."""

    def __init__(self, name: str, args: SleepArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SleepArgs.of(name, args)
        super().__init__("falaj:azure:Sleep", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        identity = user_assigned_identity(f"{name}-identity", args, child)
        role = _start_stop_role(name, args, identity, child)
        after_role = pulumi.ResourceOptions(parent=self, depends_on=[role])
        workflows = {
            kind: _workflow(f"{name}-{kind}", args, identity, time, action, after_role)
            for kind, time, action in (("wake", args.opens, "start"), ("sleep", args.closes, "stop"))
        }
        for kind, workflow in workflows.items():
            diagnostic_setting(f"{name}-{kind}-audit", workflow.id, args.workspace_id, ["WorkflowRuntime"], child)
        self.workflow_ids = pulumi.Output.all(**{kind: workflow.id for kind, workflow in workflows.items()})
        self.register_outputs({"workflow_ids": self.workflow_ids})


def _start_stop_role(
    name: str, args: SleepArgs, identity: UserAssignedIdentity, opts: pulumi.ResourceOptions
) -> authorization.RoleAssignment:
    """Grants the identity a custom role, because every built-in role that can start a cluster can also change it."""
    actions = [f"Microsoft.ContainerService/managedClusters/{action}" for action in ACTIONS]
    description = f"Starts and stops the cluster of {name} by office hours."
    role = custom_role(
        f"{name}-role",
        args.resource_group_id,
        f"Start and stop {name}",
        description,
        authorization.PermissionArgs(actions=actions),
        opts,
    )
    return authorization.RoleAssignment(
        f"{name}-starts-and-stops",
        principal_id=identity.principal_id,
        principal_type=authorization.PrincipalType.SERVICE_PRINCIPAL,
        # Azure returns the id without the resource group.
        role_definition_id=pulumi.Output.all(args.resource_group_id, role.guid).apply(
            lambda ids: f"{subscription_of(ids[0])}/providers/Microsoft.Authorization/roleDefinitions/{ids[1]}"
        ),
        scope=args.cluster_id,
        opts=pulumi.ResourceOptions(
            parent=opts.parent, depends_on=[effective(role.definition, RESOURCE_MANAGER_SECONDS)]
        ),
    )


def _workflow(
    name: str,
    args: SleepArgs,
    identity: UserAssignedIdentity,
    time: str,
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
        # No IP address may read the content of runs; access through Azure's management API is not affected.
        access_control=logic.FlowAccessControlConfigurationArgs(
            contents=logic.FlowAccessControlConfigurationPolicyArgs(
                allowed_caller_ip_addresses=[logic.IpAddressRangeArgs(address_range="0.0.0.0-0.0.0.0")]
            )
        ),
        # A plain dictionary with outputs inside, so that a plan shows the schedule while the cluster's id is unknown.
        definition=_definition(args.cluster_id, identity.id, time, action),
        tags=args.tags,
        opts=opts,
    )


def _definition(
    cluster_id: pulumi.Input[str], identity_id: pulumi.Input[str], time: str, action: str
) -> dict[str, Any]:
    """Returns a workflow that calls `action` of the cluster at `time` (HH:MM) on working days."""
    hour, minute = time.split(":")
    schedule = {"weekDays": [DAYS[day] for day in WORKING_DAYS], "hours": [int(hour)], "minutes": [int(minute)]}
    authentication = {"type": "ManagedServiceIdentity", "identity": identity_id, "audience": f"{MANAGEMENT}/"}
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
                    "authentication": authentication,
                    "retryPolicy": {"type": "exponential", "count": 4, "interval": "PT1M"},
                },
                # Polling the asynchronous operation would require permissions on the subscription.
                "operationOptions": "DisableAsyncPattern",
                "runAfter": {},
            }
        },
    }
