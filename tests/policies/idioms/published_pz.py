"""Good idioms of published roles and programs of Azure (2026-11-30), beside `attacks/reviewed_pz.py`."""

from ..blind import RG, SUB, aws, az, k8s, meta
from ..harness import Given
from . import Idiom

READ = "read 2026-11-30"
ROLES = f"iann0036/iam-dataset 2073fa52a azure/built-in-roles-raw.json, {READ}"
ITEMS = "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems"


def _role(scope: str, *actions: str) -> Given:
    return az("authorization:RoleDefinition", {
        "scope": scope, "roleName": "Platform task", "roleType": "CustomRole", "assignableScopes": [scope],
        "description": "One task of the platform team", "permissions": [
            {"actions": list(actions), "notActions": [], "dataActions": [], "notDataActions": []}]})  # fmt: skip


IDIOMS = (
    Idiom("operators of backups restore what is in one resource group", (
        _role(f"{SUB}/resourceGroups/rg-backup", f"{ITEMS}/backup/action", f"{ITEMS}/recoveryPoints/read",
              f"{ITEMS}/recoveryPoints/restore/action", f"{ITEMS}/recoveryPoints/accessToken/action",
              f"{ITEMS}/recoveryPoints/provisionInstantItemRecovery/action"),), f"Backup Operator, {ROLES}"),
    Idiom("those who read what Defender finds renew passwords of its sensors", (
        _role(SUB, "Microsoft.Security/*/read", "Microsoft.IoTSecurity/*/read",
              "Microsoft.Security/iotDefenderSettings/packageDownloads/action",
              "Microsoft.Security/iotSensors/downloadResetPassword/action"),), f"Security Reader, {ROLES}"),
    Idiom("operators of devices at the edge load images of the marketplace", (
        _role(f"{SUB}/resourceGroups/rg-edge", "Microsoft.DataBoxEdge/dataBoxEdgeDevices/read",
              "Microsoft.DataBoxEdge/dataBoxEdgeDevices/publishers/offers/skus/versions/generatesastoken/action"),),
        f"Azure Stack Edge Operations Role, {ROLES}"),
    Idiom("a script fails where it would read only some of the rows", (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "load", "activities": [{
            "name": "prepare", "type": "Script", "scripts": [{
                "type": "NonQuery", "text": "SET row_security = off; TRUNCATE TABLE staging.rows"}]}]}),),
        f"PostgreSQL, row_security (off: a query fails instead of leaving rows out, as pg_dump has it), {READ}"),
    Idiom("a zone names each identifier of one authority", (aws("route53/Record", {
        "zoneId": "Z0123456789ABCDEFGHIJ", "name": "bank.ae", "type": "CAA", "ttl": 3600, "records": [
            '0 issue "digicert.com; cansignhttpexchanges=yes"',
            '0 issue "intermediatecertificate.digitalcertvalidation.com"',
            '0 issuewild "stratossl.digitalcertvalidation.com"', '0 issuewild "volusion.digitalcertvalidation.com"',
            '0 issue "1and1.digitalcertvalidation.com"', '0 issue "digicert.ne.jp"', '0 issue "cybertrust.ne.jp"']}),),
        f"CAA records of zones of other companies; DigiCert, statement of practice, 4.2.1, {READ}"),
    Idiom("a script of a build adds a server for developers", (k8s("core/v1:ConfigMap", {
        "metadata": meta("build"), "data": {"build.sh": "yarn add webpack-dev-server --dev\nyarn build\n"}}),),
        f"yarn add --dev of READMEs in public repositories (found as strings), {READ}"),
)  # fmt: skip
