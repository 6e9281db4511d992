"""Good idioms that come close to commands and rights that were held against their sources (2026-12-01)."""

from ..attacks.after_twentieth_xclu import program
from ..attacks.after_twenty_first_clusters import policy
from . import Idiom

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a team adds clusters to its own project of Argo CD", policy(
        "p, role:team-a, clusters, *, team-a/https://api.team-a.example.ae:6443, allow",
        "g, sso:team-a, role:team-a"),
        "argoproj/argo-cd 37ee0097 docs/operator-manual/rbac.md, clusters"),
    Idiom("a job shows which copies a deletion would remove", program(args=(
        "/bin/sh", "-c", "wal-g delete everything && zfs destroy -nvr tank/ledger")),
        "wal-g/wal-g 43fb039f docs/README.md, delete; openzfs/zfs be7657e3 man/man8/zfs-destroy.8"),
    Idiom("a job frees its cache of a repository of copies", program(args=(
        "/bin/sh", "-c", "borg delete --cache-only /srv/borg/ledger")),
        "borgbackup/borg 0846833b6 src/borg/archiver.py, delete"),
)  # fmt: skip
