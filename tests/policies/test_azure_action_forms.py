"""Operations of custom roles of Azure that are no writes, by the form of their names."""

import pytest
from guardrails.identity.azure_action_forms import hands_out_keys, passes_rights
from guardrails.identity.azure_decisive import decides, decides_on_data
from guardrails.identity.azure_patterns import Patterns

from tests.processor_time import within

from .blind import SUB, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
GROUP = f"{SUB}/resourceGroups/rg-apps"
POINTS = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints"


@pytest.mark.parametrize("action", [
    "Microsoft.Storage/storageAccounts/regeneratekey/action", "Microsoft.Storage/storageAccounts/listKeys/action",
    " microsoft.apimanagement/service/users/TOKEN/action ", "Microsoft.Logic/workflows/triggers/listCallbackUrl/action",
    "Microsoft.HybridContainerService/provisionedClusterInstances/listAdminKubeconfig/action",
    "Microsoft.App/containerApps/getAuthToken/action", "Microsoft.DocumentDB/databaseAccounts/readonlykeys/action",
    "Microsoft.DesktopVirtualization/hostpools/retrieveRegistrationToken/action", "*/listCallbackUrl/action",
    "Microsoft.LabServices/labs/virtualMachines/resetPassword/action", "Microsoft.ServiceBus/*/regenerateKeys/action",
    "Microsoft.Logic/workflows/triggers/list*/action", "Microsoft.Logic/workflows/triggers/list*",
    "Microsoft.App/sessionPools/rotateMcpServerCredentials/action", "Microsoft.Web/sites/config/list/action",
])  # fmt: skip
def test_operations_that_hand_out_keys(action: str) -> None:
    assert hands_out_keys(action)


@pytest.mark.parametrize("action", [
    "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action", "*",
    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action", "Microsoft.Web/sites/restart/action",
    "Microsoft.ContainerService/managedClusters/listClusterMonitoringUserCredential/action",
    "Microsoft.HybridContainerService/provisionedClusterInstances/listUserKubeconfig/action",
    "Microsoft.KeyVault/vaults/keys/sign/action", "Microsoft.EventGrid/topics/listKeys/read", "listKeys/action", "",
    "Microsoft.Maps/accounts/tokens/action", "Microsoft.Compute/virtualMachines/login/action",
    "Microsoft.Security/iotSensors/downloadResetPassword/action", f"{POINTS}/accessToken/action", "*/action",
    "Microsoft.DataBoxEdge/dataBoxEdgeDevices/publishers/offers/skus/versions/generatesastoken/action",
    "Microsoft.Storage/*", "Microsoft.Logic/workflows/*/action", "Microsoft.Logic/workflows/list/*",
])  # fmt: skip
def test_operations_that_hand_out_none(action: str) -> None:
    assert not hands_out_keys(action)


@pytest.mark.parametrize(("action", "is_refused"), [
    ("Microsoft.HybridCompute/machines/WACLoginAsAdmin/action", True),
    ("Microsoft.Storage/storageAccounts/fileServices/takeOwnership/action", True),
    ("Microsoft.HybridCompute/machines/login/action", False),
    ("Microsoft.Dashboard/grafana/ActAsGrafanaViewer/action", False),
])  # fmt: skip
def test_operations_past_the_rights_of_the_caller(action: str, is_refused: bool) -> None:
    assert passes_rights(action) is is_refused


@pytest.mark.parametrize(("actions", "left_out", "is_refused"), [
    (["Microsoft.App/containerApps/exec/action"], [], True),
    (["MICROSOFT.APP/*"], [], True),
    (["Microsoft.App/*"], ["Microsoft.App/*"], False),
    (["Microsoft.App/containerApps/exec/action"], ["*/exec/action"], False),
    (["*/exec/action"], ["*/exec/*"], False), (["*/remoteDebugging/action"], [], True),
    (["*/getShareableLinks/action"], [], True), (["*/getShareableLinks/action"], ["*/getShareableLinks/*"], False),
    (["Microsoft.ContainerInstance/containerGroups/containers/attach/action"], [], True),
    (["Microsoft.Network/bastionHosts/createShareableLinks/action"], [], True),
    ([f"{POINTS}/provisionInstantItemRecovery/action"], [], True),
    ([f"{POINTS}/restore/action"], [], True),
    (["Microsoft.Network/routeTables/routes/write"], [], True),
    (["Microsoft.Network/routeTables/write", "Microsoft.Network/virtualNetworks/write"], [], False),
    (["Microsoft.ServiceBus/namespaces/topics/subscriptions/rules/write"], [], True),
    (["Microsoft.App/containerApps/read", "Microsoft.App/containerApps/restart/action"], [], False),
])  # fmt: skip
def test_operations_on_whole_subscriptions(actions: list[str], left_out: list[str], is_refused: bool) -> None:
    assert (decides(actions, Patterns(left_out)) is not None) is is_refused


@pytest.mark.parametrize(("actions", "left_out", "is_refused"), [
    (["Microsoft.AppConfiguration/configurationStores/keyValues/write"], [], True),
    (["Microsoft.AppConfiguration/configurationStores/*/write"], [], True),
    (["Microsoft.AppConfiguration/configurationStores/*/write"], ["*/keyValues/write"], True),
    (["Microsoft.AppConfiguration/configurationStores/keyValues/read"], [], False),
    (["Microsoft.KeyVault/vaults/secrets/setSecret/action"], [], True),
    (["Microsoft.KeyVault/vaults/secrets/getSecret/action"], [], False),
    (["Microsoft.App/jobs/exec/action"], [], True),
    (["Microsoft.App/sessionPools/interpreters/execute/action"], [], False),
])  # fmt: skip
def test_operations_on_data_on_whole_subscriptions(actions: list[str], left_out: list[str], is_refused: bool) -> None:
    assert (decides_on_data(actions, Patterns(left_out)) is not None) is is_refused


def _role(scope: object, *on_data: str) -> Given:
    return az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": "Settings", "roleType": "CustomRole", "assignableScopes": [scope], "permissions": [
            {"notActions": [], "actions": [], "notDataActions": [], "dataActions": list(on_data)}]})  # fmt: skip


def test_a_role_of_a_resource_group_may_have_them() -> None:
    keys = "Microsoft.AppConfiguration/configurationStores/keyValues/write"
    assert "FJ-IDN-214" in blocking(PACK.evaluate_plan(_role(SUB, keys)))
    assert "FJ-IDN-214" not in blocking(PACK.evaluate_plan(_role(GROUP, keys)))


def test_it_is_not_known_where_a_role_may_be_assigned() -> None:
    reports = PACK.evaluate_plan(_role(UNKNOWN, "Microsoft.KeyVault/vaults/secrets/setSecret/action"))
    assert any(report.policy == "FJ-IDN-214" or "not known" in report.text for report in reports)


@pytest.mark.parametrize("action", ["a/list" + "keys" * 5000 + "/action", "/list" * 5000, "*" * 20_000])
def test_long_names_take_no_time(action: str) -> None:
    with within(0.5):
        _ = (hands_out_keys(action), passes_rights(action), decides([action], Patterns([action])))
