"""Good idioms beside the rules of the eighteenth set on clusters: retention in seconds or by size alone, limits of
bodies in another unit, and roles by which stores of analyses copy changes.

Written on 2026-11-30 beside those rules.
"""

from ..blind import ME, k8s, meta, workload
from ..harness import Given
from . import Idiom
from .after_eighteenth_mclu import BUDGET, CHANGES
from .eleventh_charts import inside
from .twelfth_charts import ours


def _figures(*args: str) -> tuple[Given, ...]:
    """Returns a Deployment of a server of figures with arguments, and its budget."""
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/prometheus@sha256:" + "e" * 64
    return workload("apps/v1:Deployment", {"image": image, "args": [
        "--web.config.file=/etc/prometheus/web.yml", *args]}), BUDGET  # fmt: skip


def _copying(name: str) -> dict[str, object]:
    """Returns a database with a role of a store of analyses, which copies changes."""
    return {**CHANGES, "managed": {"roles": [{
        "name": name, "ensure": "present", "login": True, "replication": True, "inRoles": ["reader"],
        "passwordSecret": {"name": "analyses"}}]}}  # fmt: skip


IDIOMS = (
    Idiom("a server of figures keeps them for a week, said in seconds", _figures(
        "--storage.tsdb.retention.time=604800s"), "prometheus/prometheus documentation, storage", ours()),
    Idiom("a server of figures keeps as much as its disk has, whatever its age", _figures(
        "--storage.tsdb.retention.time=0s", "--storage.tsdb.retention.size=80GB"),
        "prometheus/prometheus documentation, storage", ours()),
    Idiom("a program takes bodies of ten megabytes", (
        k8s("core/v1:ConfigMap", {"metadata": meta("claims", "team-a"), "data": {"REQUEST_BODY_SIZE_LIMIT": "10"}}),),
        "limits of bodies are in megabytes in many programs", ours()),
    Idiom("PeerDB and Materialize copy changes by roles of their names", (
        inside("postgresql.cnpg.io/v1:Cluster", "orders", _copying("peerdb_user")),
        inside("postgresql.cnpg.io/v1:Cluster", "cards", _copying("materialize"))),
        "docs.peerdb.io, Neon Postgres; Materialize, PostgreSQL source", ours("postgresql.cnpg.io", prices=(
            "postgresql.cnpg.io/v1:Cluster::orders", "postgresql.cnpg.io/v1:Cluster::cards"))),
)  # fmt: skip
