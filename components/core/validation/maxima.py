"""Limits of sizes in settings and arguments. What exceeds one is a slip, such as MiB written as GiB."""

MOST_VCPU = 2048
"""vCPUs of a machine; the largest on EC2, u7inh-32tb.480xlarge, has 1,920 (Amazon EC2 User Guide, high memory,
2026-11)."""

LEAST_VCPU = 0.001
"""Finest CPU request of a container (kubernetes.io, "Resource Management for Pods and Containers", as quoted elsewhere,
read 2026-11-29)."""

LEAST_MEMORY_GIB = 0.01
"""Least memory of a container in GiB: Docker itself refuses less than 6 MB (by its message, "Minimum memory limit
allowed is 6MB", in copies of its tests, read 2026-11-29)."""

MOST_MEMORY_GIB = 65_536
"""Memory of a machine in GiB; the same machine has 32,768."""

MOST_GPUS = 128
"""GPUs of a machine; a GB200 NVL72, which is one rack, has 72 (NVIDIA, GB200 NVL72)."""

MOST_PIDS = 4_194_304
"""Processes of a machine: Linux's own limit on 64-bit systems, PID_MAX_LIMIT (include/linux/threads.h)."""

MOST_USD_PER_HOUR = 1000
"""Price of a machine in USD per hour; the most expensive one of the UAE's regions costs about 100."""

LONGEST_NAME = 253
"""Characters of a name or a claim that others choose, as of a DNS subdomain (RFC 1123)."""

LONGEST_SENTENCE = 1000
"""Characters of a statement or of an identifier of another organisation."""
