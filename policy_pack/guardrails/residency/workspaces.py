"""Workspaces of logs that a resource names by a number, which anybody may have."""

import re

from ..engine.lazy_regex import lazy_regex

NUMBER = lazy_regex(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_OF_CONTAINERS = "diagnostics?.logAnalytics?.workspaceId"

WORKSPACES: tuple[tuple[str, str], ...] = (
    ("containerinstance:ContainerGroup", _OF_CONTAINERS),
    ("containerinstance:ContainerGroupProfile", _OF_CONTAINERS),
    ("containerinstance:CGProfile", _OF_CONTAINERS),
    ("app:ManagedEnvironment", "appLogsConfiguration?.logAnalyticsConfiguration?.customerId"),
    ("compute:VirtualMachineExtension", "settings?.workspaceId"),
    ("compute:VirtualMachineScaleSet", "virtualMachineProfile?.extensionProfile?.extensions[*].settings?.workspaceId"),
    ("compute:VirtualMachineScaleSetExtension", "settings?.workspaceId"),
    ("compute:VirtualMachineScaleSetVMExtension", "settings?.workspaceId"),
    ("hdinsight:Extension", "workspaceId"),
    ("hdinsight:ExtensionAzureMonitorAgentStatus", "workspaceId"),
    ("hdinsight:ExtensionAzureMonitorStatus", "workspaceId"),
    ("hdinsight:ExtensionMonitoringStatus", "workspaceId"),
    ("hybridcompute:MachineExtension", "properties?.settings?.workspaceId"),
)
"""Type -> path of the number. Extensions of machines with agents have it in their settings (MicrosoftDocs/azure-docs
00a7e20e articles/virtual-machines/extensions/oms-linux.md, and templates with MicrosoftMonitoringAgent in public
repositories, read 2026-12-01)."""
