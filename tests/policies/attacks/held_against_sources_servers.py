"""Attacks in spellings that the sources of servers of files, terminals and data stores have (2026-11-30).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import crd
from . import Attack
from .nineteenth_clu_c import program, text

READ = "read 2026-11-30"
SWITCH = ("FJ-IDN-313",)
ESC = ("FJ-ESC-115",)
RSYNC = "[data]\n  path = /data\n  readonly = no\n  hosts allow = *\n"
KIBANA = "elastic/kibana 1064da9d security-settings.yml, ignore_filters"


def _page(filters: list[dict[str, list[str]]]) -> Attack:
    """Returns an attack by a filter of what Kibana records."""
    config = {"telemetry.optIn": False, "xpack.security.audit": {"enabled": True, "ignore_filters": filters}}
    spec = {"version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "search"}, "config": config}
    plan = (crd("kibana.k8s.elastic.co/v1:Kibana", spec),)
    return Attack(f"what is left out of the records of Kibana: {'/'.join(*filters)}", ESC, plan, "major",
                  f"changes leave no record ({KIBANA}, {READ})")  # fmt: skip


ATTACKS = (
    Attack("a page with a shell has a certificate of its own and asks nobody for one", SWITCH, program(
        "tools", "ttyd", "-W", "-S", "-C", "/tls/tls.crt", "-K", "/tls/tls.key", "bash"), "critical",
        f"-C is its own certificate, -c the password (tsl0922/ttyd ed551d48 README.md, {READ})"),
    Attack("a page with a shell takes keys by its variable", SWITCH, program(
        "tools", "gotty", "bash", GOTTY_PERMIT_WRITE="true"), "critical",
        f"every caller has a shell (sorenisanerd/gotty 0ac4324 README.md, {READ})"),
    Attack("a relay is started for anonymous callers", SWITCH, program("coturn", "turnserver", "-n", "-z"), "major",
           f"whoever reaches it sends through it (coturn/coturn 8024aa63 README.turnserver, {READ})"),
    Attack("files are written from every address", SWITCH, text("settings", "team-a", {"rsyncd.conf": RSYNC}),
           "critical", f"space in names is irrelevant (RsyncProject/rsync rsyncd.conf.5.md, {READ})"),
    Attack("a proxy takes callers without a name too", SWITCH, text("settings", "team-a", {
        "danted.conf": "internal: eth0 port = 1080\nsocksmethod: username none\n"}), "major",
        f"each method of the list is accepted (Dante, SOCKD.CONF(5), {READ})"),
    _page([{"spaces": ["default"]}]),
    _page([{"users": ["elastic"]}]),
    _page([{"types": ["creation", "change"]}]),
)  # fmt: skip
