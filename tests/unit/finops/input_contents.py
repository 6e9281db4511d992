"""Valid content for the readers of the cost commands, with nearly every field that each of them knows."""

import json
from typing import Any

from tests.unit.finops.plans import TAGS, Row, agent_pool, preview, step, vault
from tests.unit.finops.work_plans import deployment, pod, scaled_object


def _steps() -> list[dict[str, Any]]:
    resources: tuple[Row, ...] = (
        agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 3, tags=TAGS | {"tenant": "bank"}),
        *vault("datasets", "aws:s3/bucket:Bucket", {"tags": TAGS}),
        deployment("chat", 2, pod("2", "4Gi", gpus=1, nodeSelector={"falaj/pool": "gpu"})),
        scaled_object("chat", 1, 4),
    )
    return [step(row[0], row[1], row[2], **(row[3] if len(row) == 4 else {})) for row in resources]


PLAN = json.loads(preview(*_steps(), config={"falaj:platform": {"currency": {"aed_per_usd": 3.67}}}))
USAGE = {
    "version": 1, "as_of": "2026-11-24", "hours": 730, "support": {"aws": "business-plus"}, "tenants": ["bank"],
    "profiles": {"inference-gpu": {"load": 0.3, "utilisation": 0.4}}, "site_defaults": {"internet_out_gb": 30},
    "shared": {"by": "weights", "weights": {"bank": 2}},
    "sites": {
        "uae": {"pools": {"gpu": {"nodes": 2, "hours": 100}}, "vaults": {"datasets": {"stored_gb": 8000, "reads": 5}}}
    },
}  # fmt: skip
CEILINGS = {
    "aed_per_month": 150000, "sites": {"uae": 110000}, "tenants": {"bank": 60000}, "of": "max",
    "increase_percent": 10, "increase_aed": 5000, "price_age": {"spot_days": 30, "list_days": 180, "refuse": True},
}  # fmt: skip
BOOK = {
    "contract": "EA 1", "valid_from": "2026-01-01", "valid_until": "2027-12-31",
    "rates": [{"region": "uaenorth", "service": "machine", "sku": "Standard_NC40ads_H100_v5", "usd": 7}],
    "discounts": [{"percent": 10, "service": "machine", "region": "uaenorth"}],
}  # fmt: skip
INVOICE = {
    "provider": "AWS", "number": "1", "date": "2026-11-03", "month": "2026-10", "currency": "USD", "net": "1",
    "tax": "0", "total": "1", "lines": [{"service": "EC2", "net": "1"}],
}  # fmt: skip
BUDGETS = {"all": 5, "cost_centre": {"CC-7": {"2026-10": 5}}, "project": {"llm": 6}}
RULES = {
    "version": 1, "alpha": 0.05, "least_saving": 0, "planned_days": 14, "least_days": 7, "least_requests": 9,
    "usd_per_hour": {"a": 1, "b": 1}, "machines": {"a": 1, "b": 1}, "window_minutes": 60, "per": "requests",
    "guards": {"p95_limit_s": 1, "p95_margin": 0.1, "error_margin": 0.01, "quality_margin": 0.01},
}  # fmt: skip
VARIANT = {
    "usd_per_hour": "3.6", "prefill_tokens_per_second": 100, "decode_tokens_per_second": 10, "slots": 1, "most": 2,
    "least": 1, "start_seconds": 60, "kind": "assumed", "source": "made up",
}  # fmt: skip
ASSUMPTIONS = {
    "version": 1, "variants": {"a": VARIANT, "b": VARIANT}, "p95_limit_s": 9,
    "autoscaler": {"target": 0.7, "interval_seconds": 15, "down_after_seconds": 300, "tolerance": 0.1},
}  # fmt: skip
TRACE = [
    {"TIMESTAMP": f"2023-11-16 18:{minute:02}:46.68", "ContextTokens": "374", "GeneratedTokens": "44"}
    for minute in range(20)
]
PROFILE = {
    "kind": "inference", "parameters_billion": 8, "context_tokens": 2048, "requests_per_second": 2,
    "prompt_tokens": {"mean": 100, "p95": 200}, "output_tokens": 9, "p95_ms": 9000,
    "measured": [{"machine": "g6.xlarge", "precision": "bf16", "per_second": 3, "p95_ms": 900, "source": "x"}],
}  # fmt: skip
INVENTORY = {"subjects": {"a*": {"machine": "g5.xlarge", "region": "me-central-1", "count": 2, "keep": ["x"]}}}
OWN = {"sites": {"dc": [{"name": "a", "vcpu": 8, "memory_gib": 64, "count": 1, "usd_hour": "1.5"}]}}
