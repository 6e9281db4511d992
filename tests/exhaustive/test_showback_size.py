"""Hourly rows of a month, five million as compressed CSV and a million as Parquet: processor time, memory, and sum."""

import json
import resource
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

MEMORY = 2 * 10**9
"""Bytes."""

PROCESSOR_SECONDS = 120
"""Two cores for a minute: the time on the clock depends on what else runs."""

_MONTH = """
SELECT '123456789012' AS BillingAccountId, 'USD' AS BillingCurrency, '2026-11-01T00:00:00Z' AS BillingPeriodStart,
       'Usage' AS ChargeCategory, 'AWS' AS ProviderName, 'me-central-1' AS RegionId, 'Compute' AS ServiceCategory,
       strftime(TIMESTAMP '2026-11-01' + INTERVAL 1 HOUR * (row % 720), '%Y-%m-%dT%H:%M:%SZ') AS ChargePeriodStart,
       strftime(TIMESTAMP '2026-11-01' + INTERVAL 1 HOUR * (row % 720 + 1), '%Y-%m-%dT%H:%M:%SZ') AS ChargePeriodEnd,
       '0.0000123457' AS EffectiveCost, '0.0000123457' AS BilledCost, '1.0' AS PricingQuantity,
       'arn:aws:ec2:me-central-1:123456789012:instance/i-' || md5((hash(row) % 20000)::VARCHAR) AS ResourceId,
       'Service ' || hash(row * 7) % 40 AS ServiceName, 'SKU' || hash(row * 11) % 3000 AS SkuId,
       'long description of a charge with the price of an hour ' || row % 500 AS ChargeDescription,
       '{{"business-unit": "unit-' || hash(row * 13) % 20 || '", "project": "project-' || hash(row * 17) % 50
         || '", "tenant": "tenant-' || hash(row * 19) % 30 || '"}}' AS Tags
FROM range({rows}) AS generated(row)
"""

_REPORT = """
import json, resource, sys
from datetime import date
from pathlib import Path
from falaj.finops.showback.charges import load
from falaj.finops.showback.report import ShowbackQuery, report
with load([Path(sys.argv[1])]) as charges:
    total = report(charges, ShowbackQuery(date(2026, 11, 1))).total.cost
used = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status").read_text().splitlines()  # `ru_maxrss` begins with the memory of the test's process
peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024
print(json.dumps([str(total), peak, used.ru_utime + used.ru_stime]))
"""


def write_bill(file: Path, rows: int) -> None:
    """Writes a bill of a month, as Parquet, or as a fifth of the rows five times: gzip members that follow one another
    are one file. To compress all rows took as long as to read them."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as engine:
        if file.suffix == ".parquet":
            engine.execute(f"COPY ({_MONTH.format(rows=rows)}) TO '{file}' (FORMAT parquet)")
            return
        parts = {"head": (0, True), "body": (rows // 5, False)}
        for part, (count, header) in parts.items():
            options = f"FORMAT csv, COMPRESSION gzip, HEADER {header}"
            engine.execute(f"COPY ({_MONTH.format(rows=count)}) TO '{file.with_name(part)}' ({options})")
    with file.open("wb") as whole:
        for part in ("head", *["body"] * 5):
            with file.with_name(part).open("rb") as opened:
                shutil.copyfileobj(opened, whole)


@pytest.mark.parametrize(("rows", "name"), [(1_000_000, "bill.parquet"), (5_000_000, "bill.csv.gz")])
def test_millions_of_rows(tmp_path: Path, rows: int, name: str) -> None:
    file = tmp_path / name
    write_bill(file, rows)
    limit = (3 * PROCESSOR_SECONDS, 3 * PROCESSOR_SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", _REPORT, str(file)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit),
    )
    assert done.returncode == 0, done.stderr
    total, memory, seconds = json.loads(done.stdout)
    assert abs(Decimal(total) - rows * Decimal("0.0000123457") * Decimal("3.6725")) < Decimal("0.000001")
    assert memory < MEMORY
    assert seconds < PROCESSOR_SECONDS * rows / 5_000_000 + 10
