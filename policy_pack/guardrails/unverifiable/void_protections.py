"""Protections that numbers, durations, labels, owners or authorities make void, each by a check of its own."""

from .brought_authorities import check_brought_machines, check_brought_meshes
from .deleted_disks import check_deleted_disks
from .low_targets import check_targets, check_targets_of_clouds
from .missed_pods import check_missed_pods
from .missing_waypoints import check_waypoints
from .only_growing import check_growing_profiles, check_only_growing
from .owned_backups import check_owned_backups
from .owned_objects import check_finalizers, check_owners
from .refused_retentions import check_refused_retentions
from .sleeping_rules import check_sleeping_rules
from .small_buffers import check_buffers
from .void_measurements import check_baking, check_measurements

VOID_OBJECTS = (
    check_finalizers, check_buffers, check_measurements, check_targets, check_brought_meshes, check_sleeping_rules,
)  # fmt: skip
VOID_SETTINGS = (
    check_baking, check_growing_profiles, check_targets_of_clouds, check_brought_machines, check_sleeping_rules,
)  # fmt: skip
VOID_WITH_PLAN = (
    check_deleted_disks, check_missed_pods, check_owned_backups, check_refused_retentions, check_waypoints,
    check_only_growing, check_owners,
)  # fmt: skip
"""Checks of Kubernetes objects, of resources of the clouds, and of resources with the others of their plan."""
