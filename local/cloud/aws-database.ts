import { arn, AWS_SCHEMAS } from "./aws";
import { type CitedModel, text } from "./model";

/** Facts about RDS, Secrets Manager and CloudWatch Logs as `@pulumi/aws` reports them. */
export const databaseModels: Readonly<Record<string, CitedModel>> = {
  "aws:rds/instance:Instance": {
    autoName: { property: "identifier", maxLength: 63 },
    required: ["instanceClass"],
    replaceOn: [
      "dbName",
      "engine",
      "username",
      "storageEncrypted",
      "kmsKeyId",
      "snapshotIdentifier",
      "availabilityZone",
      "characterSetName",
      "ncharCharacterSetName",
      "timezone",
      "restoreToPointInTime",
      "s3Import",
      "customIamInstanceProfile",
    ],
    secretOutputs: ["password", "passwordWo"],
    check: ({ allocatedStorage, maxAllocatedStorage, skipFinalSnapshot, ...inputs }) => [
      ...(skipFinalSnapshot === true || inputs.finalSnapshotIdentifier !== undefined
        ? []
        : ["finalSnapshotIdentifier is required when skipFinalSnapshot is false"]),
      ...(Number(maxAllocatedStorage) < Number(allocatedStorage)
        ? ["maxAllocatedStorage must not be below allocatedStorage"]
        : []),
    ],
    keepsAlive: ({ deletionProtection, identifier }) =>
      deletionProtection === true
        ? [
            `InvalidParameterCombination: Cannot delete protected DB Instance '${text(identifier)}', ` +
              "please disable deletion protection and try again.",
          ]
        : [],
    computed: (request) => {
      const { inputs, account, identifier } = request;
      const id = String(inputs.identifier);
      const host = `${id}.${identifier("c", 11).replace("-", "")}.${account.region}.rds.${account.dnsSuffix}`;
      const port = Number(inputs.port ?? 5432);
      return {
        id: identifier("db", 26).toUpperCase(),
        arn: arn(request, "rds", `db:${id}`),
        address: host,
        port,
        endpoint: `${host}:${port}`,
        hostedZoneId: "Z1RLNUO7B9Q6NB",
        engineVersionActual: text(inputs.engineVersion),
        username: inputs.username ?? "postgres",
        resourceId: identifier("db", 26).toUpperCase(),
        status: "available",
      };
    },
    source: `${AWS_SCHEMAS}/rds/instance.go`,
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    autoName: { property: "name", maxLength: 255 },
    required: ["subnetIds"],
    replaceOn: ["name", "namePrefix"],
    computed: (r) => ({ id: r.inputs.name, arn: arn(r, "rds", `subgrp:${String(r.inputs.name)}`) }),
    source: `${AWS_SCHEMAS}/rds/subnet_group.go`,
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    autoName: { property: "name", maxLength: 255 },
    required: ["family"],
    replaceOn: ["name", "namePrefix", "family", "description"],
    computed: (r) => ({ id: r.inputs.name, arn: arn(r, "rds", `pg:${String(r.inputs.name)}`) }),
    source: `${AWS_SCHEMAS}/rds/parameter_group.go`,
  },
  "aws:secretsmanager/secret:Secret": {
    autoName: { property: "name", maxLength: 512 },
    replaceOn: ["name", "namePrefix"],
    computed: (r) => {
      const suffix = r.identifier("s", 6).slice(2);
      const secret = arn(r, "secretsmanager", `secret:${String(r.inputs.name)}-${suffix}`);
      return { id: secret, arn: secret };
    },
    source: `${AWS_SCHEMAS}/secretsmanager/secret.go`,
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    required: ["secretId"],
    replaceOn: ["secretId", "secretString", "secretStringWoVersion", "secretBinary"],
    secretOutputs: ["secretString", "secretStringWo", "secretBinary"],
    computed: (r) => {
      const versionId = r.identifier("v", 32).slice(2);
      return {
        id: `${String(r.inputs.secretId)}|${versionId}`,
        arn: r.inputs.secretId,
        secretArn: r.inputs.secretId,
        versionId,
        versionStages: ["AWSCURRENT"],
      };
    },
    source: `${AWS_SCHEMAS}/secretsmanager/secret_version.go`,
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    autoName: { property: "name", maxLength: 512 },
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    computed: (r) => ({
      id: r.inputs.name,
      arn: arn(r, "logs", `log-group:${String(r.inputs.name)}`),
    }),
    source: `${AWS_SCHEMAS}/logs/group.go`,
  },
};
