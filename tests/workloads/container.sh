#!/bin/sh
# Runs a command as a container runs it: a read-only root with only what is listed, a user without a name, and a network
# of its own. Needs user namespaces, and no privileges:
#   unshare --user --map-root-user --mount --net sh container.sh ROOT UID PID_FILE MOUNTS -- NAME=VALUE... COMMAND...
# MOUNTS has lines `ro|rw SOURCE TARGET`, or `tmpfs MIB TARGET`. This process stays outside, as the network's holder.
set -eu
root=$1 user=$2 pid_file=$3 mounts=$4
shift 5
ip link set lo up
mount -t tmpfs -o mode=755 root "$root"
while read -r mode source target; do
    mkdir -p "$root$target"
    if [ "$mode" = tmpfs ]; then
        mount -t tmpfs -o "size=${source}m,mode=1777" tmpfs "$root$target"
        continue
    fi
    if [ -f "$source" ]; then rmdir "$root$target" && : >"$root$target"; fi
    mount --rbind "$source" "$root$target"
    [ "$mode" = rw ] || mount -o remount,bind,ro "$root$target"
done <"$mounts"
mkdir -p "$root/proc" "$root/dev" "$root/sys"
for folder in proc sys; do mount --rbind "/$folder" "$root/$folder"; done
for device in null zero urandom random; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mount -o remount,ro "$root"
(
    cd "$root"
    # The shell of this subshell is replaced, so that signals reach the server itself.
    exec unshare --mount sh -euc '
        root=$1 user=$2
        shift 2
        mount --make-rprivate /
        cd "$root"
        pivot_root . .
        umount -l .
        cd /
        exec unshare --user --map-user="$user" --map-group="$user" -- env -i "$@"' sh "$root" "$user" "$@"
) &
echo $! >"$pid_file"
status=0
wait $! || status=$?
exit "$status"
