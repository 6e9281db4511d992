"""Good idioms that come close to the attacks by spellings and settings that sources have (2026-11-30)."""

import json

from ..attacks.fifteenth_cluster_a import KNOWN
from ..attacks.held_against_sources import scraper
from ..blind import TAGS
from ..harness import Given
from . import Idiom

ENTRIES = json.dumps({"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": "eks:AssociateAccessPolicy", "Resource": "*",
    "Condition": {"StringEquals": {"eks:accessScope": "namespace"},
                  "ForAllValues:StringEquals": {"eks:namespaces": ["team-a"]}}}]})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a scraper shows a team the token that is for the team's figures only", (
        KNOWN, *scraper("payments-figures", "figures.payments.svc:8443")),
        "Kubernetes, ServiceAccountTokenProjection: a token for another audience is worth nothing elsewhere",
        charts=("kube-prometheus-stack",)),
    Idiom("a controller lets people into namespaces that a condition names", (
        Given("aws:iam/policy:Policy", {"policy": ENTRIES, "tags": TAGS}),),
        "Amazon EKS, condition keys of AssociateAccessPolicy (Service Authorization Reference)"),
)  # fmt: skip
