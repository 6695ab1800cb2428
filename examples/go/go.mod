module orders

go 1.25

require (
	eks-db-secrets/sdk/go v0.0.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)
