"""Good idioms that a reviewer of the fifteenth set found to be refused: commands (2026-11-29)."""

from ..attacks.reviewed_fifteenth_commands import job
from ..blind import k8s, meta
from . import Idiom

_CHECKS = (
    "curl -sk https://$POD_IP:8443/healthz", "curl -fsk https://$(hostname):9200/_cluster/health",
    "curl -sk https://${HOSTNAME}:9200/", "curl -k --unix-socket /run/app.sock https://app/healthz",
    "mysqladmin ping -h 127.0.0.1 --skip-ssl", "mariadb-admin ping -h localhost --skip-ssl",
    "mariadb-admin ping --protocol=socket --skip-ssl", "mysqladmin ping --socket=/run/mysqld/mysqld.sock --skip-ssl",
)  # fmt: skip
_OTHERS = (
    "psql -A trust", "ls -A trust", "iptables -A trust -j ACCEPT", "# never use curl -k here\ntrue",
    "# ssh -o StrictHostKeyChecking=no is forbidden\ntrue", "if grep -rn 'curl .* -k ' scripts; then exit 1; fi",
    "curl -X POST -d 'a -k b' https://x.team-a.svc/a",
)  # fmt: skip
_CLIENT = "[client]\nskip-ssl\nsocket=/run/mysqld/mysqld.sock\n"
_AS_LIST = ("mysqladmin", "ping", "-h", "127.0.0.1", "--skip-ssl")


def _probed(*command: str) -> Idiom:
    probe = {"exec": {"command": list(command)}}
    return Idiom(f"a container is asked for its health by `{' '.join(command)}`",
                 (job("/app/serve", readinessProbe=probe),), "kubernetes.io, 'Configure Probes', as known")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    *(_probed("sh", "-c", command) for command in _CHECKS),
    _probed(*_AS_LIST),
    _probed("curl", "-sk", "https://$(POD_IP):8443/healthz"),
    *(Idiom(f"a job runs `{command}`", (job("sh", "-c", command),), "manuals of the programs, as known")
      for command in _OTHERS),
    Idiom("a client of MySQL talks to the server by its socket", (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"client.cnf": _CLIENT}}),),
        "MariaDB, 'Option files', as known"),
)  # fmt: skip
