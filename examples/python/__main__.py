"""A database and one app on a cluster that exists."""

import pulumi
import pulumi_kubernetes as kubernetes
import pulumi_eks_db_secrets as eks_db_secrets

config = pulumi.Config()
cluster_name = config.require("clusterName")

provider = kubernetes.Provider(
    "cluster",
    kubeconfig=config.require_secret("kubeconfig"),
    cluster_identifier=cluster_name,
)

database = eks_db_secrets.SecureDatabase(
    "orders",
    vpc_id=config.require("vpcId"),
    subnet_ids=config.require_object("databaseSubnetIds"),
    clients={"pods": config.require("podSecurityGroupId")},
    database_name="orders",
    lifecycle=eks_db_secrets.SecureDatabaseLifecycle.DISPOSABLE,
)

app = eks_db_secrets.CsiSecretsApp(
    "orders-api",
    namespace="orders",
    identity={"pod_identity": {"cluster_name": cluster_name}},
    secret_name=database.secret_name,
    secret_arn=database.secret_arn,
    env={
        "PGHOST": "host",
        "PGPORT": "port",
        "PGDATABASE": "dbname",
        "PGUSER": "username",
        "PGPASSWORD": "password",
    },
    image=config.require("image"),
    container_port=8080,
    opts=pulumi.ResourceOptions(provider=provider, depends_on=[database]),
)

pulumi.export("secretName", database.secret_name)
pulumi.export("serviceName", app.service_name)
