"""Attacks by secrets in texts of deployers and policies, and by selections of Falco's rules (read on 2026-11-29)."""

import json

from ..blind import KUBE, Props, crd, k8s, meta
from ..harness import Given
from . import Attack

PLAIN, SEEN = ("FJ-EXP-326",), ("FJ-IDN-313",)
PASSWORD = "Zo7-kite-Maple-19!"
READ = "whoever reads the object, its history or the state has the password"
VALUES = f"database:\n  host: ledger-rw.data.svc\n  password: {PASSWORD}\n"
UNSEEN = "a shell in a container is reported by nobody (Falco, 'Controlling Rules', selections)"


def _argo(name: str, **helm: object) -> Attack:
    return Attack(name, PLAIN, (crd("argoproj.io/v1alpha1:Application", {
        "project": "ledger", "destination": {"name": "in-cluster", "namespace": "ledger"},
        "source": {"repoURL": "https://git.bank.ae/charts", "path": "ledger", "helm": helm}}),),
        "major", READ)  # fmt: skip


def _falco(name: str, values: Props) -> Attack:
    return Attack(name, SEEN, (Given("kubernetes:helm.sh/v3:Release", {
        "chart": "falco", "version": "7.0.0", "namespace": "falco", "values": values}, provider=KUBE),),
        "major", UNSEEN)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    _argo("an application has a password in the text of its values", values=VALUES),
    _argo("an application has a password in a parameter of its chart",
          parameters=[{"name": "database.password", "value": PASSWORD}]),
    Attack("a chart of the small distribution has a password in the text of its values", PLAIN, (
        crd("helm.cattle.io/v1:HelmChart", {"chart": "ledger", "targetNamespace": "ledger", "valuesContent": VALUES}),),
        "major", READ),
    Attack("a kind of its own has the data of a Secret beside its spec", PLAIN, (k8s(
        "vault.bank.ae/v1:SyncedSecret", {"metadata": meta("ledger"), "stringData": {
            "api-token": "f3b1c0d94e5a4b6f8a7c", "username": "ledger"}}),), "major", READ),
    Attack("a policy writes a password into each namespace", PLAIN, (k8s("kyverno.io/v1:ClusterPolicy", {
        "metadata": {"name": "registry"}, "spec": {"rules": [{
            "name": "registry", "match": {"any": [{"resources": {"kinds": ["Namespace"]}}]}, "generate": {
                "apiVersion": "v1", "kind": "Secret", "name": "registry",
                "namespace": "{{request.object.metadata.name}}", "synchronize": True,
                "data": {"kind": "Secret", "type": "Opaque", "stringData": {"password": PASSWORD}}}}]}}),),
        "major", READ),
    _falco("all rules are switched off, and those of a tag that none has switched on", {"falco": {"rules": [
        {"disable": {"rule": "*"}}, {"enable": {"tag": "bank"}}]}}),
    _falco("all rules are switched off behind those that were switched on", {"falco": {"rules": [
        {"enable": {"tag": "maturity_stable"}}, {"disable": {"tag": "container"}}]}}),
    _falco("an option of the command switches all rules off", {"extra": {"args": ["-o", "rules[].disable.rule=*"]}}),
    Attack("the settings of Falco in a file switch all rules off", SEEN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("falco", "falco"), "data": {"falco.yaml": json.dumps({
            "priority": "notice", "rules": [{"disable": {"rule": "**"}}, {"enable": {"rule": "Netcat*"}}]})}}),),
        "major", UNSEEN),
)  # fmt: skip
