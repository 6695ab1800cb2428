// A database and one app on a cluster that exists.
package main

import (
	eksdbsecrets "eks-db-secrets/sdk/go/eksdbsecrets"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	settings := config.New(ctx, "")
	var subnetIDs []string
	settings.RequireObject("databaseSubnetIds", &subnetIDs)
	lifecycle := eksdbsecrets.SecureDatabaseLifecycleDisposable

	database, err := eksdbsecrets.NewSecureDatabase(ctx, "orders", &eksdbsecrets.SecureDatabaseArgs{
		VpcId:        pulumi.String(settings.Require("vpcId")),
		SubnetIds:    pulumi.ToStringArray(subnetIDs),
		Clients:      map[string]pulumi.StringInput{"pods": pulumi.String(settings.Require("podSecurityGroupId"))},
		DatabaseName: "orders",
		Lifecycle:    &lifecycle,
	})
	if err != nil {
		return err
	}

	// The cluster is that of the default Kubernetes provider: of the kubeconfig in use.
	port := 8080
	app, err := eksdbsecrets.NewCsiSecretsApp(ctx, "orders-api", &eksdbsecrets.CsiSecretsAppArgs{
		Namespace: "orders",
		Identity: eksdbsecrets.IdentitySettingsArgs{
			PodIdentity: &eksdbsecrets.PodIdentitySettingsArgs{
				ClusterName: pulumi.String(settings.Require("clusterName")),
			},
		},
		SecretName: database.SecretName,
		SecretArn:  database.SecretArn,
		Env: map[string]string{
			"PGHOST":     "host",
			"PGPORT":     "port",
			"PGDATABASE": "dbname",
			"PGUSER":     "username",
			"PGPASSWORD": "password",
		},
		Image:         pulumi.String(settings.Require("image")),
		ContainerPort: &port,
	}, pulumi.DependsOn([]pulumi.Resource{database}))
	if err != nil {
		return err
	}

	ctx.Export("secretName", database.SecretName)
	ctx.Export("serviceName", app.ServiceName)
	return nil
}
