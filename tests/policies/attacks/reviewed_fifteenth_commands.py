"""Attacks that a reviewer of the fifteenth set found to pass: commands, web firewalls and paths (2026-11-29).

Sources are those of the rules; what is not marked as read is as known.
"""

import json

from ..blind import RG, TAGS, aws, az, k8s, meta, pod
from ..harness import Given
from . import Attack
from .fifteenth_aws_services import NARROW, SEEN
from .fifteenth_azure import SITE, SITE_SETTINGS

MARKER = "Hunter2-in-a-command"
"""A password in a command: no message shows it."""


def job(*command: str, **container: object) -> Given:
    """Returns a Job whose container runs a command."""
    words = {"command": list(command)} if command else {}
    spec = pod({**words, **container}, restartPolicy="Never")
    return k8s("batch/v1:Job", {"metadata": meta(), "spec": {"template": {"spec": spec}}})


def _script(text: str) -> Given:
    return job("sh", "-c", text)


UNCHECKED = (
    "curl -4k https://x.team-a.svc", "curl -qk https://x.team-a.svc", "curl -sSf4k https://x.team-a.svc",
    'curl "https://x.team-a.svc/?a=1&b=2" -k', "curl -H 'X: y;z' -k https://x.team-a.svc",
    "curl -k https://x.team-a.svc && curl http://localhost:8080/ready",
    "curl -k -H 'Host: localhost' https://x.team-a.svc", "POD_IP=10.0.0.9; curl -k https://$POD_IP/",
    "curl -H \"Authorization: Bearer $(cat /var/run/secrets/t)\" -k https://kubernetes.default.svc/version",
    'GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git fetch', "autossh -o StrictHostKeyChecking=no u@h",
    "ansible all --ssh-common-args='-o StrictHostKeyChecking=no'", "git -c http.sslVerify=no fetch",
    "ssh -L 8080:localhost:80 -o StrictHostKeyChecking=no u@h",
    "git -c http.sslVerify=off fetch", "mysql --ssl-mode='DISABLED' -h db.team-a.svc",
    "wget https://localhost:1/ && wget --no-check-certificate https://x.team-a.svc",
    "curl -k --resolve a.team-a.svc:443:127.0.0.1 https://x.team-a.svc", "curl -k https://localhost.team-a.svc/",
    "mysqladmin ping -h db.team-a.svc --skip-ssl",
)  # fmt: skip
_LISTS = (
    ("a list of words of curl", job("curl", "-k", "https://x.team-a.svc")),
    ("curl with arguments of their own", job("curl", args=["-k", "https://x.team-a.svc"])),
    ("a list of words of ssh", job("ssh", "-o", "StrictHostKeyChecking=no", "u@h")),
    ("mysql with arguments of their own", job("mysql", args=["-h", "db.team-a.svc", "--ssl-mode=DISABLED"])),
    ("a list of words of wget", job("wget", "--no-check-certificate", "https://x.team-a.svc")),
    ("arguments of wget alone", job(args=["--no-check-certificate", "https://x.team-a.svc"])),
    ("a server of MySQL with an argument alone", job(args=["--skip-ssl"])),
)
WITH_PASSWORDS = (
    f"mysql -h db.team-a.svc -uapp -p{MARKER} --ssl-mode=DISABLED", f"curl -kuapp:{MARKER} https://x.team-a.svc",
    f"curl -H 'Authorization: Bearer {MARKER}' -k https://x.team-a.svc",
    f"git -c http.https://u:{MARKER}@x.team-a.svc/.sslVerify=false fetch",
    f"sshpass -p {MARKER} ssh -o StrictHostKeyChecking=no u@h", f"redis-cli -a {MARKER} --tls --insecure get a",
)  # fmt: skip
_CHANGES = (
    "kubectl apply -f x --dry-run=none", "kubectl run x --image=y -- z --dry-run",
    "kubectl apply -f x # --dry-run=server",
    "kubectl create configmap a --dry-run=client -o yaml | kubectl apply -f -", "helm upgrade a b --description --help",
    "uv run --python 3.12 --with httpx app.py", "gem exec rake -v 13.0",
)  # fmt: skip


def firewall(narrow: object) -> Given:
    """Returns a web firewall whose rules of injections read what a statement lets them."""
    statement = {"managedRuleGroupStatement": {
        "vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet", "scopeDownStatement": narrow}}  # fmt: skip
    return aws("wafv2/WebAcl", {
        "name": "apps", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": [{"name": "common", "priority": 1, "overrideAction": {"none": {}}, "visibilityConfig": SEEN,
                   "statement": statement}]})  # fmt: skip


def site(path: str) -> Given:
    """Returns an app with a folder that it serves."""
    settings = {**SITE_SETTINGS, "virtualApplications": [
        {"virtualPath": "/", "physicalPath": path, "preloadEnabled": True}]}  # fmt: skip
    return az("web:WebApp", {**SITE, "siteConfig": settings})


def route(prefix: str) -> Given:
    """Returns a route past the firewall."""
    return az("network:Route", {**RG, "routeTableName": "spoke", "routeName": "past", "addressPrefix": prefix,
                                "nextHopType": "Internet"})  # fmt: skip


def realm(**settings: object) -> Given:
    """Returns a realm of Keycloak that limits no guesses, with other providers of accounts."""
    stated = {"realm": "bank", "enabled": True, "sslRequired": "all", "identityProviders": [{"alias": "entra"}]}
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"realm.json": json.dumps({**stated, **settings})}})


_REGEX = {"regexMatchStatement": {"regexString": "^/no-such-path$", "fieldToMatch": {"uriPath": {}},
                                  "textTransformations": [{"priority": 0, "type": "NONE"}]}}  # fmt: skip
_NARROW = {
    "both": {"andStatement": {"statements": [NARROW, NARROW]}},
    "either": {"orStatement": {"statements": [NARROW, NARROW]}},
    "an expression": _REGEX, "either of both": {"orStatement": {"statements": [
        NARROW, {"andStatement": {"statements": [_REGEX]}}]}},
}  # fmt: skip
_TAGS = ("AppConfiguration", "AzureFrontDoor.Frontend", "AzureKeyVault.UAENorth", "LogicApps", "PowerBI")
_FOLDERS = ("site\\wwwroot\\..\\..\\LogFiles", "site/wwwroot/../../LogFiles", "%HOME%\\LogFiles", "\\site\\deployments")
_HARM = "whoever is in between reads and changes what is sent"
_TRUST = {"name": "POSTGRES_INITDB_ARGS", "value": "-A trust"}
ATTACKS = (
    *(Attack(f"a job does not check who answers `{command}`", ("FJ-ENC-425",), (_script(command),), "major", _HARM)
      for command in (*UNCHECKED, *WITH_PASSWORDS)),
    *(Attack(f"nobody is checked by {name}", ("FJ-ENC-425",), (given,), "major", _HARM) for name, given in _LISTS),
    Attack("a database of PostgreSQL is made to trust everybody", ("FJ-IDN-313",),
           (_script("initdb -D /data -A trust"),), "critical", "every client is each user"),
    Attack("an image of PostgreSQL is told to trust everybody", ("FJ-IDN-313",), (job("postgres", env=[_TRUST]),),
           "critical", "every client is each user"),
    *(Attack(f"a job changes or installs by `{command}`", ("FJ-ESC-109",), (_script(command),), "major",
             "no guardrail sees the result") for command in _CHANGES),
    Attack("a package is published by the name of the public index", ("FJ-RES-114",), (_script("pdm publish -r pypi"),),
           "major", "everybody has the package"),
    *(Attack(f"rules of the web firewall read one path that there is not, by {name}", ("FJ-EXP-127",),
             (firewall(narrow),), "major", "every attack passes") for name, narrow in _NARROW.items()),
    *(Attack(f"a route leads to {tag} past the firewall", ("FJ-ESC-115",), (route(tag),), "major",
             "data leaves to an account of anybody") for tag in _TAGS),
    *(Attack(f"an app serves the folder {path}", ("FJ-ESC-115",), (site(path),), "major",
             "callers read its logs and files") for path in _FOLDERS),
    Attack("whoever registers in a realm gets a password", ("FJ-IDN-313",), (realm(registrationAllowed=True),), "major",
           "passwords are guessed without a limit"),
    Attack("users of a realm have passwords", ("FJ-IDN-313",), (realm(users=[{"username": "a"}]),), "major",
           "passwords are guessed without a limit"),
)  # fmt: skip
