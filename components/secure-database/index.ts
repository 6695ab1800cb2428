import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecureDatabaseArgs, SecureDatabaseTransforms } from "./args";
import {
  finalSnapshotIdentifier,
  instanceIdentifier,
  LOG_EXPORTS,
  logGroupName,
  SUFFIX_BYTES,
} from "./identifiers";
import { type CheckedInputs, checkInputs } from "./inputs";
import { instanceArgs, replacementInputs } from "./instance-args";
import { connectionJson } from "./secret-payload";
import { resolveSettings, type DatabaseSettings } from "./settings";

export type {
  DatabaseParameter,
  RestoreFrom,
  SecureDatabaseArgs,
  SecureDatabaseTransforms,
} from "./args";
export { SUPPORTED_MAJORS } from "./engine";
export { CONNECTION_SHAPE } from "./secret-payload";

/** What every child is declared from. */
interface Plan extends CheckedInputs {
  readonly name: string;
  readonly settings: DatabaseSettings;
  readonly tags: Record<string, pulumi.Input<string>> | undefined;
  readonly transform: SecureDatabaseTransforms;
}

/** The names that belong to one life of the instance; a replacement gets new ones. */
interface Identity {
  readonly identifier: pulumi.Input<string>;
  readonly finalSnapshot: pulumi.Output<string>;
}

/**
 * A private PostgreSQL database on RDS with a generated password that exists in two places only:
 * in the instance, and with everything else that a client needs in one secret of Secrets Manager.
 * The component hands out the secret's name and ARN, never its value.
 *
 * Encrypted storage, TLS for every connection, no public address, ingress from named security
 * groups only, backups, logs with a retention, and protection from deletion by default.
 *
 * ```ts
 * const db = new SecureDatabase("orders", {
 *   vpcId,
 *   subnetIds,
 *   clients: { cluster: podSecurityGroupId },
 *   databaseName: "orders",
 * });
 * ```
 *
 * The secret is JSON with the keys of `CONNECTION_SHAPE`. The password is also in the stack's
 * state, encrypted by the stack's secrets provider. Throws `ArgError` for arguments that break a
 * rule: at once where they are known, else from the resource that would use them.
 */
export class SecureDatabase extends pulumi.ComponentResource {
  /** Name of the secret; ready only once the secret holds the connection. Known at preview. */
  readonly secretName: pulumi.Output<string>;
  /** ARN of the secret; ready only once the secret holds the connection. */
  readonly secretArn: pulumi.Output<string>;
  /** The KMS key that was passed in; a reader of the secret needs `kms:Decrypt` on it. */
  readonly kmsKeyArn: pulumi.Output<string> | undefined;
  /** DNS name of the instance, which its certificate is made out to. */
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  /** Identifier of the RDS instance. */
  readonly instanceIdentifier: pulumi.Output<string>;
  /** The instance's own security group, for rules of your own. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: SecureDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = `SecureDatabase '${name}'`;
    const settings = resolveSettings(component, name, args);
    const inputs = checkInputs(component, args);

    // The engine stores what it is given here, so give it nothing.
    super("eks-db-secrets:index:SecureDatabase", name, {}, opts);
    const { tags, transform = {} } = args;
    const plan: Plan = { name, settings, ...inputs, tags, transform };

    const password = this.password(plan);
    const identity = this.identity(plan);
    const securityGroup = this.securityGroup(plan);
    const logGroups = this.logGroups(plan, identity);
    const instance = this.instance(plan, identity, password, securityGroup, logGroups);
    this.ingressRules(plan, securityGroup);
    const secret = this.secret(plan);
    const version = this.secretVersion(plan, secret, instance, password);

    // Ordered after the version, so that nobody mounts an empty secret. The URN is known at
    // preview; the version's own outputs are not.
    this.secretName = pulumi.all([secret.name, version.urn]).apply(([secretName]) => secretName);
    this.secretArn = pulumi.all([secret.arn, version.urn]).apply(([secretArn]) => secretArn);
    this.kmsKeyArn = inputs.kmsKeyArn === undefined ? undefined : pulumi.output(inputs.kmsKeyArn);
    this.host = instance.address;
    this.port = instance.port;
    this.databaseName = pulumi.output(settings.databaseName);
    this.instanceIdentifier = instance.identifier;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({
      secretName: this.secretName,
      secretArn: this.secretArn,
      kmsKeyArn: this.kmsKeyArn,
      host: this.host,
      port: this.port,
      databaseName: this.databaseName,
      instanceIdentifier: this.instanceIdentifier,
      securityGroupId: this.securityGroupId,
    });
  }

  private password({ name, settings }: Plan): pulumi.Output<string> {
    const generated = new random.RandomPassword(
      `${name}-password`,
      { ...settings.password },
      { parent: this },
    );
    // The provider marks it secret as well; what protects it must not depend on that alone.
    return pulumi.secret(generated.result);
  }

  private identity(plan: Plan): Identity {
    const { name, settings } = plan;
    const suffix = new random.RandomId(
      `${name}-suffix`,
      { byteLength: SUFFIX_BYTES, keepers: replacementInputs(settings, plan) },
      { parent: this },
    );
    return {
      identifier: settings.identifier ?? suffix.hex.apply((hex) => instanceIdentifier(name, hex)),
      finalSnapshot: suffix.hex.apply((hex) => finalSnapshotIdentifier(name, hex)),
    };
  }

  private securityGroup({ name, vpcId, tags, transform }: Plan): aws.ec2.SecurityGroup {
    // Rules are resources of their own: inline ones would undo any that are added elsewhere.
    const planned: aws.ec2.SecurityGroupArgs = {
      description: `PostgreSQL database ${name}`,
      vpcId,
      tags,
    };
    return new aws.ec2.SecurityGroup(
      `${name}-security-group`,
      transform.securityGroup?.(planned) ?? planned,
      { parent: this },
    );
  }

  private ingressRules(
    { name, settings, clients, tags }: Plan,
    securityGroup: aws.ec2.SecurityGroup,
  ): void {
    for (const [client, referencedSecurityGroupId] of Object.entries(clients)) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-from-${client}`,
        {
          securityGroupId: securityGroup.id,
          referencedSecurityGroupId,
          ipProtocol: "tcp",
          fromPort: settings.port,
          toPort: settings.port,
          description: `PostgreSQL from ${client}`,
          tags,
        },
        { parent: this },
      );
    }
  }

  private logGroups(
    { name, settings, tags, transform }: Plan,
    { identifier }: Identity,
  ): aws.cloudwatch.LogGroup[] {
    return LOG_EXPORTS.map((log) => {
      const planned: aws.cloudwatch.LogGroupArgs = {
        name: pulumi.output(identifier).apply((known) => logGroupName(known, log)),
        retentionInDays: settings.logRetentionDays,
        tags,
      };
      return new aws.cloudwatch.LogGroup(
        `${name}-${log}-log`,
        transform.logGroup?.(planned) ?? planned,
        { parent: this },
      );
    });
  }

  private subnetGroup({ name, subnetIds, tags, transform }: Plan): aws.rds.SubnetGroup {
    const planned: aws.rds.SubnetGroupArgs = {
      description: `Subnets of the database ${name}`,
      subnetIds,
      tags,
    };
    return new aws.rds.SubnetGroup(`${name}-subnets`, transform.subnetGroup?.(planned) ?? planned, {
      parent: this,
    });
  }

  private parameterGroup({ name, settings, tags, transform }: Plan): aws.rds.ParameterGroup {
    // Without a name of its own, a new family's group can be made before the old one is deleted.
    const planned: aws.rds.ParameterGroupArgs = {
      family: settings.engine.parameterGroupFamily,
      description: `Parameters of the database ${name}`,
      parameters: settings.parameters,
      tags,
    };
    return new aws.rds.ParameterGroup(
      `${name}-parameters`,
      transform.parameterGroup?.(planned) ?? planned,
      { parent: this },
    );
  }

  private instance(
    plan: Plan,
    identity: Identity,
    password: pulumi.Output<string>,
    securityGroup: aws.ec2.SecurityGroup,
    logGroups: aws.cloudwatch.LogGroup[],
  ): aws.rds.Instance {
    const { name, settings, tags, transform } = plan;
    const planned: aws.rds.InstanceArgs = {
      ...instanceArgs(settings, plan, {
        identifier: identity.identifier,
        finalSnapshotIdentifier: identity.finalSnapshot,
        dbSubnetGroupName: this.subnetGroup(plan).name,
        parameterGroupName: this.parameterGroup(plan).name,
        vpcSecurityGroupIds: [securityGroup.id],
      }),
      password,
      tags,
    };
    return new aws.rds.Instance(`${name}-instance`, transform.instance?.(planned) ?? planned, {
      parent: this,
      protect: settings.isProtected || undefined,
      // RDS would make the log groups itself, without a retention, and they would stay.
      dependsOn: logGroups,
      // A fixed identifier is free again only once the old instance is gone.
      deleteBeforeReplace: settings.identifier !== undefined,
    });
  }

  private secret({ name, settings, kmsKeyArn, tags, transform }: Plan): aws.secretsmanager.Secret {
    const planned: aws.secretsmanager.SecretArgs = {
      name: settings.secretName,
      description: `Connection to the database ${name}, as JSON`,
      kmsKeyId: kmsKeyArn,
      recoveryWindowInDays: settings.recoveryWindowDays,
      tags,
    };
    return new aws.secretsmanager.Secret(
      `${name}-connection`,
      transform.secret?.(planned) ?? planned,
      { parent: this, protect: settings.isProtected || undefined },
    );
  }

  private secretVersion(
    { name, settings }: Plan,
    secret: aws.secretsmanager.Secret,
    { address: host, port, username, identifier: dbInstanceIdentifier }: aws.rds.Instance,
    password: pulumi.Output<string>,
  ): aws.secretsmanager.SecretVersion {
    const dbname = settings.databaseName;
    return new aws.secretsmanager.SecretVersion(
      `${name}-connection-value`,
      {
        secretId: secret.id,
        secretString: pulumi
          .output({ host, port, dbname, username, password, dbInstanceIdentifier })
          .apply(connectionJson),
      },
      { parent: this },
    );
  }
}
