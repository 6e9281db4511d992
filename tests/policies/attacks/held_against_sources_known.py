"""Attacks by what the sources of stated facts say: parameters that a driver does not read, and labels of callers whose
signature AWS found wrong (2026-12-01). Sources are those of the rules.
"""

from ..blind import aws, crd
from . import Attack
from .after_twenty_first_clusters import ADDRESSED, run
from .listed_aws_checks import connection
from .reviewed_sentences import _acl, _label

EXP, LISTED = ("FJ-EXP-126",), ("FJ-ESC-115",)
ENC = ("FJ-ENC-402",)
_OF_ROBOTS = "awswaf:managed:aws:bot-control:bot"

ATTACKS: tuple[Attack, ...] = (
    Attack("Glue reads the ledger without TLS, as the first of two parameters says", ENC, (connection(
        "jdbc:mysql://10.0.4.5:3306/ledger?useSSL=false&requireSSL=true"),), "major", "DefaultPropertySet.java"),
    Attack("Glue reads the ledger without TLS, as the driver does not know the word", ENC, (connection(
        "jdbc:postgresql://10.0.4.5:5432/ledger?ssl=yes"),), "major", "SslMode.java"),
    Attack("the share of files has whoever signs in by a remote desktop as its administrators", EXP, (
        aws("transfer/Access", {"externalId": "S-1-5-14", "serverId": "s-0123456789abcdef0"}),), "major",
        "understand-security-identifiers.md"),
    Attack("a job reads its metastore by a jar from the web", LISTED, (crd(
        "sparkoperator.k8s.io/v1beta2:SparkApplication", {"type": "Python", "mode": "cluster", "sparkVersion": "3.5.3",
        "sparkConf": {"spark.sql.hive.metastore.jars": "path",
                      "spark.sql.hive.metastore.jars.path": "https://files.bank.ae/hive.jar"}}),), "major",
        "sql-data-sources-hive-tables.md"),
    *(Attack(f"whoever starts a workflow names the place of the ledger for {command[0]} {command[1]}", ADDRESSED, run(
        *command), "critical", "a store of anybody (the program's manual)")
      for command in (
          ("gsutil", "rsync", "-r", "/data", "gs://{{inputs.parameters.to}}/in"),
          ("s5cmd", "pipe", "s3://{{inputs.parameters.to}}/in.csv"),
          ("rclone", "rcat", "{{inputs.parameters.to}}"),
          ("aws", "s3api", "put-object", "--body", "/data/a", "--bucket", "{{inputs.parameters.to}}", "--key", "a"),
      )),
    _acl("the web firewall lets in whoever has a wrong signature", _label(f"{_OF_ROBOTS}:web_bot_auth:invalid")),
    _acl("the web firewall lets in robots that nobody has verified", _label(f"{_OF_ROBOTS}:unverified")),
)  # fmt: skip
