#!/bin/sh
# What the running machines of a cluster cost an hour, published to CloudWatch; burn_rate.py runs it in the cluster.
#
# REGION, SITE, CLUSTER: where, and whose machines. PRICES: a file with one line a machine: name, on-demand and spot
# price in thousandths of a dirham an hour, or "-" for one that is not known. Adds whole numbers only, so that it needs
# nothing but a shell and `aws`.
set -eu

price_of() { # machine, lifecycle
    while read -r name on_demand spot; do
        [ "$name" = "$1" ] || continue
        case "$2" in
            None) echo "$on_demand" ;;
            spot) echo "$spot" ;;
            # A capacity block is paid in advance: its price is on the invoice only.
            *) echo - ;;
        esac
        return
    done <"$PRICES"
    echo -
}

# Machines of managed groups and of Karpenter alike carry the cluster's tag.
machines=$(aws ec2 describe-instances --region "$REGION" --output text \
    --filters "Name=tag-key,Values=kubernetes.io/cluster/$CLUSTER" "Name=instance-state-name,Values=running" \
    --query 'Reservations[].Instances[].[InstanceType,InstanceLifecycle]')

running=0 unpriced=0 spend=0
while read -r machine lifecycle; do
    [ -n "$machine" ] || continue
    running=$((running + 1))
    price=$(price_of "$machine" "$lifecycle")
    case "$price" in
        '' | *[!0-9]*) unpriced=$((unpriced + 1)) && echo "no price: $machine $lifecycle" ;;
        *) spend=$((spend + price)) ;;
    esac
done <<END
$machines
END

spend=$((spend / 1000)).$(printf '%03d' $((spend % 1000)))
dimensions="Dimensions=[{Name=Site,Value=$SITE}]"
aws cloudwatch put-metric-data --region "$REGION" --namespace Falaj --metric-data \
    "MetricName=HourlySpendAed,$dimensions,Value=$spend" \
    "MetricName=RunningMachines,$dimensions,Unit=Count,Value=$running" \
    "MetricName=UnpricedMachines,$dimensions,Unit=Count,Value=$unpriced"
echo "$running machines, $spend AED an hour, $unpriced without a price"
