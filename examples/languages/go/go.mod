module small-site

go 1.25

require (
	git.example.ae/falaj/falaj/sdk/go v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)

replace git.example.ae/falaj/falaj/sdk/go => ./sdks/falaj-falaj
