"""Good idioms close to what the sources of servers of files, terminals and data stores say: pages that show a log, a
screen that only the own pod sees, anonymous transfer with a password, defaults that are stated.

Written on 2026-11-30 beside those rows.
"""

from ..attacks.nineteenth_clu_c import program, text
from ..blind import TAGS, aws
from . import Idiom

READ = "read 2026-11-30"
FTP = """<Anonymous /data/statements>
  User statements
  Group ftp
  AnonRequirePassword on
  <Limit WRITE>
    DenyAll
  </Limit>
</Anonymous>
"""
SOCKS = """internal: eth0 port = 1080
external: eth0
clientmethod: none
socksmethod: username # none is not offered
"""
IDIOMS = (
    Idiom("a page shows the log of a training and takes no keys", program(
        "tools", "ttyd", "-w", "/data", "-S", "-C", "/tls/tls.crt", "-K", "/tls/tls.key", "tail", "-F", "train.log"),
        f"tsl0922/ttyd ed551d48 README.md (readonly by default, -w is the working directory), {READ}"),
    Idiom("only programs of the own pod see the screen", program(
        "tools", "x11vnc", "-forever", "-nopw", "-localhost", "-display", ":99"),
        f"LibVNC/x11vnc 3877b63 doc/OPTIONS.md (-localhost), {READ}"),
    Idiom("one name of the file server has its own password", text("settings", "team-a", {"proftpd.conf": FTP}),
        f"proftpd/proftpd 1dbfb9d7 doc/faq.html (AnonRequirePassword), {READ}"),
    Idiom("a proxy asks each caller for his name", text("settings", "team-a", {"danted.conf": SOCKS}),
        f"Dante, SOCKD.CONF(5), {READ}"),
    Idiom("Oracle checks blocks as its vendor does", (aws("rds/ParameterGroup", {
        "family": "oracle-ee-19", "tags": TAGS, "parameters": [
            {"name": name, "value": value, "applyMethod": "pending-reboot"} for name, value in (
                ("db_block_checking", "FALSE"), ("db_block_checksum", "TYPICAL"), ("db_ultra_safe", "OFF"),
                ("sqlnetora.sqlnet.allowed_logon_version_server", "12"))]}, "rds"),),
        f"Oracle Database Reference, DB_BLOCK_CHECKING (FALSE by default), {READ}"),
)  # fmt: skip
