"""Attacks that a reviewer of the fifteenth set found to pass: commands, web firewalls and paths (2026-11-29).

Sources are those of the rules; what is not marked as read is as known.
"""

from ..blind import k8s, meta, pod
from ..harness import Given
from . import Attack

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
    "mysqladmin ping -h db.team-a.svc --skip-ssl",
)  # fmt: skip
_LISTS = (
    ("a list of words of curl", job("curl", "-k", "https://x.team-a.svc")),
    ("curl with arguments of their own", job("curl", args=["-k", "https://x.team-a.svc"])),
    ("a list of words of ssh", job("ssh", "-o", "StrictHostKeyChecking=no", "u@h")),
    ("mysql with arguments of their own", job("mysql", args=["-h", "db.team-a.svc", "--ssl-mode=DISABLED"])),
    ("a server of MySQL with an argument alone", job(args=["--skip-ssl"])),
)
WITH_PASSWORDS = (
    f"mysql -h db.team-a.svc -uapp -p{MARKER} --ssl-mode=DISABLED", f"curl -kuapp:{MARKER} https://x.team-a.svc",
    f"curl -H 'Authorization: Bearer {MARKER}' -k https://x.team-a.svc",
    f"git -c http.https://u:{MARKER}@x.team-a.svc/.sslVerify=false fetch",
    f"sshpass -p {MARKER} ssh -o StrictHostKeyChecking=no u@h", f"redis-cli -a {MARKER} --tls --insecure get a",
)  # fmt: skip
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
)  # fmt: skip
