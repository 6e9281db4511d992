// A small site on AWS, a vault for results and a budget alarm.
package main

import (
	"git.example.ae/falaj/falaj/sdk/go/falaj/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	region    = "me-central-1"
	aedPerUsd = 3.6725
	start     = "2027-01-01"
	recipient = "finops@example.ae"
)

var tags = map[string]string{
	"project":             "arabic-llm",
	"business-unit":       "retail-banking",
	"environment":         "dev",
	"cost-centre":         "cc-4711",
	"owner":               "ml-platform-team",
	"data-classification": "confidential",
}

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	site, err := aws.NewSite(ctx, "uae", &aws.SiteArgs{
		Region:            ptr(region),
		Network:           aws.NetworkSpecArgs{Cidr: "10.20.0.0/16", Zones: ptr(2), Egress: ptr(aws.Egress_NAT_SINGLE)},
		KubernetesVersion: "1.36",
		Pools: map[string]aws.NodePoolSpecArgs{
			"system": {Profile: aws.ProfileSYSTEM, Machines: []string{"m7g.large"}, Min: ptr(2), Max: 3},
		},
		Vaults: []aws.Purpose{aws.PurposeMODELS},
		Budget: aws.BudgetSpecArgs{
			AedPerMonth: 10_000,
			Notify:      []pulumi.StringInput{pulumi.String(recipient)},
			Start:       pulumi.String(start),
		},
		AedPerUsd: ptr(aedPerUsd),
		Tags:      tags,
	})
	if err != nil {
		return err
	}
	results, err := aws.NewVault(ctx, "results", &aws.VaultArgs{
		Region: ptr(region), Purpose: aws.PurposeARTIFACTS, RetentionDays: ptr(365), Tags: tags,
	})
	if err != nil {
		return err
	}
	_, err = aws.NewBudgetAlarm(ctx, "spend", &aws.BudgetAlarmArgs{
		Scope:       "arabic-llm",
		AedPerMonth: 4_000,
		AedPerUsd:   ptr(aedPerUsd),
		Notify:      pulumi.ToStringArray([]string{recipient}),
		Start:       pulumi.String(start),
		Tags:        tags,
	})
	if err != nil {
		return err
	}
	ctx.Export("cluster", site.ClusterName)
	ctx.Export("uri", results.Uri)
	return nil
}

func ptr[T any](value T) *T {
	return &value
}
