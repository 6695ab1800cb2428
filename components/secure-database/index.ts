import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { asOutput } from "../shared/late";
import { componentTitle, refuse } from "../shared/problems";
import { transformed } from "../shared/transformed";
import type { SecureDatabaseArgs } from "./args";
import type { Context, Identity } from "./context";
import {
  finalSnapshotIdentifier,
  instanceIdentifier,
  LOG_EXPORTS,
  logGroupName,
  SUFFIX_BYTES,
} from "./identifiers";
import { lateInputs } from "./inputs";
import { instanceArgs, suffixKeepers } from "./instance-args";
import { problemsOf } from "./problems";
import { MASTER_ROTATION, masterSecretArn, masterSecretName } from "./master-secret";
import type { PasswordPolicy } from "./password-policy";
import {
  CONNECTION_SHAPE,
  connectionJson,
  type DatabaseSecretSource,
  MASTER_SHAPE,
} from "./secret-payload";
import { resolveSettings } from "./settings";

export type {
  DatabaseParameter,
  PointInTime,
  RestoreFrom,
  RestoreFromPointInTime,
  RestoreFromSnapshot,
  SecureDatabaseArgs,
  SecureDatabaseTransforms,
} from "./args";
export { SUPPORTED_MAJORS } from "./engine";
export { problemsOf as secureDatabaseProblems } from "./problems";
export { securityGroupIdProblem, subnetIdProblem, vpcIdProblem } from "./references";
export { CONNECTION_SHAPE, type DatabaseSecretSource } from "./secret-payload";
export { DEFAULTS as DATABASE_DEFAULTS } from "./settings";

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
 * new CsiSecretsApp("orders-api", { ...db.secretSource, env: { PGPASSWORD: "password" }, … });
 * ```
 *
 * The secret is JSON with the keys of `CONNECTION_SHAPE`. The password is also in the stack's
 * state, encrypted by the stack's secrets provider; with `masterPassword: "managed"` RDS keeps it
 * instead. Either is the master user's: where apps have users of their own (`DatabaseUser`), the
 * secret is the administrator's, and no app reads it.
 *
 * @throws InputPropertiesError with every argument that breaks a rule, before anything is declared;
 * for an argument that is known late, from the resource that would use it
 */
export class SecureDatabase extends pulumi.ComponentResource {
  /** Where the connection is: spread it into the arguments of a `CsiSecretsApp`. */
  readonly secretSource: DatabaseSecretSource;
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
  /** Changes with each replacement of the instance, also where the identifier stays. */
  readonly resourceId: pulumi.Output<string>;
  /** The instance's own security group, for rules of your own. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The VPC of the instance. */
  readonly vpcId: pulumi.Output<string>;
  /** The subnets of the instance. */
  readonly subnetIds: pulumi.Output<string[]>;
  /**
   * ARN of the secret with the master user's name and password: `secretArn`. Where the database has
   * users of its own, this is the administrator's and no app's.
   */
  readonly masterSecretArn: pulumi.Output<string>;
  /** The KMS key of that secret, where it is not `aws/secretsmanager`. */
  readonly masterSecretKmsKeyArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: SecureDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = componentTitle("SecureDatabase", name);
    refuse(component, problemsOf(name, args));
    const settings = resolveSettings(args);

    // The engine stores what it is given here, so give it nothing.
    super("eks-db-secrets:index:SecureDatabase", name, {}, opts);
    const inputs = lateInputs(
      component,
      args,
      () => aws.getRegionOutput({}, { parent: this }).region,
    );
    const { tags, transform = {} } = args;
    const context: Context = { component, name, settings, ...inputs, tags, transform };

    const password = settings.password && this.password(context, settings.password);
    const identity = this.identity(context);
    const securityGroup = this.securityGroup(context);
    const logGroups = this.logGroups(context, identity);
    const instance = this.instance(context, identity, password, securityGroup, logGroups);
    this.ingressRules(context, securityGroup);

    this.kmsKeyArn = inputs.kmsKeyArn;
    this.secretSource =
      password === undefined
        ? this.managedSource(context, instance)
        : this.ownSource(context, instance, password);
    this.secretName = this.secretSource.secretName;
    this.secretArn = this.secretSource.secretArn;
    this.host = instance.address;
    this.port = instance.port;
    this.databaseName = pulumi.output(settings.databaseName);
    this.instanceIdentifier = instance.identifier;
    this.resourceId = instance.resourceId;
    this.securityGroupId = securityGroup.id;
    this.vpcId = asOutput(inputs.vpcId);
    this.subnetIds = inputs.subnetIds;
    this.masterSecretArn = this.secretArn;
    this.masterSecretKmsKeyArn = this.kmsKeyArn;
    this.registerOutputs({
      secretName: this.secretName,
      secretArn: this.secretArn,
      kmsKeyArn: this.kmsKeyArn,
      host: this.host,
      port: this.port,
      databaseName: this.databaseName,
      instanceIdentifier: this.instanceIdentifier,
      resourceId: this.resourceId,
      securityGroupId: this.securityGroupId,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      masterSecretArn: this.masterSecretArn,
      masterSecretKmsKeyArn: this.masterSecretKmsKeyArn,
    });
  }

  /** The secret that the component writes. */
  private ownSource(
    context: Context,
    instance: aws.rds.Instance,
    password: pulumi.Output<string>,
  ): DatabaseSecretSource {
    const secret = this.secret(context);
    const version = this.secretVersion(context, secret, instance, password);
    // Ordered after the version, so that nobody mounts an empty secret. The URN is known at
    // preview; the version's own outputs are not.
    return {
      secretName: version.urn.apply(() => secret.name),
      secretArn: version.urn.apply(() => secret.arn),
      kmsKeyArn: context.kmsKeyArn,
      shape: CONNECTION_SHAPE,
    };
  }

  /** The secret that RDS makes together with the instance. */
  private managedSource(
    { component, kmsKeyArn }: Context,
    instance: aws.rds.Instance,
  ): DatabaseSecretSource {
    const secretArn = masterSecretArn(instance.masterUserSecrets, component);
    return {
      secretName: secretArn.apply(masterSecretName),
      secretArn,
      kmsKeyArn,
      shape: MASTER_SHAPE,
      rotation: MASTER_ROTATION,
    };
  }

  private password({ name }: Context, policy: PasswordPolicy): pulumi.Output<string> {
    const generated = new random.RandomPassword(
      `${name}-password`,
      { ...policy },
      { parent: this },
    );
    // The provider marks it secret as well; what protects it must not depend on that alone.
    return pulumi.secret(generated.result);
  }

  private identity(context: Context): Identity {
    const { name, settings } = context;
    const suffix = new random.RandomId(
      `${name}-suffix`,
      { byteLength: SUFFIX_BYTES, keepers: suffixKeepers(settings, context) },
      { parent: this },
    );
    return {
      identifier:
        settings.identifier === undefined
          ? suffix.hex.apply((hex) => instanceIdentifier(name, hex))
          : pulumi.output(settings.identifier),
      finalSnapshot: suffix.hex.apply((hex) => finalSnapshotIdentifier(name, hex)),
    };
  }

  private securityGroup({
    component,
    name,
    vpcId,
    tags,
    transform,
  }: Context): aws.ec2.SecurityGroup {
    // Rules are resources of their own: inline ones would undo any that are added elsewhere.
    const planned: aws.ec2.SecurityGroupArgs = {
      description: `PostgreSQL database ${name}`,
      vpcId,
      tags,
    };
    return new aws.ec2.SecurityGroup(
      `${name}-security-group`,
      transformed(component, "transform.securityGroup", transform.securityGroup, planned),
      { parent: this },
    );
  }

  private ingressRules(
    { name, settings, clients, tags }: Context,
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
    { component, name, settings, tags, transform }: Context,
    { identifier }: Identity,
  ): aws.cloudwatch.LogGroup[] {
    return LOG_EXPORTS.map((log) => {
      const planned: aws.cloudwatch.LogGroupArgs = {
        name: identifier.apply((known) => logGroupName(known, log)),
        retentionInDays: settings.logRetentionDays,
        tags,
      };
      return new aws.cloudwatch.LogGroup(
        `${name}-${log}-log`,
        transformed(component, "transform.logGroup", transform.logGroup, planned),
        { parent: this },
      );
    });
  }

  private subnetGroup({
    component,
    name,
    subnetIds,
    tags,
    transform,
  }: Context): aws.rds.SubnetGroup {
    const planned: aws.rds.SubnetGroupArgs = {
      description: `Subnets of the database ${name}`,
      subnetIds,
      tags,
    };
    return new aws.rds.SubnetGroup(
      `${name}-subnets`,
      transformed(component, "transform.subnetGroup", transform.subnetGroup, planned),
      {
        parent: this,
      },
    );
  }

  private parameterGroup({
    component,
    name,
    settings,
    tags,
    transform,
  }: Context): aws.rds.ParameterGroup {
    // Without a name of its own, a new family's group can be made before the old one is deleted.
    const planned: aws.rds.ParameterGroupArgs = {
      family: settings.engine.parameterGroupFamily,
      description: `Parameters of the database ${name}`,
      parameters: settings.parameters,
      tags,
    };
    return new aws.rds.ParameterGroup(
      `${name}-parameters`,
      transformed(component, "transform.parameterGroup", transform.parameterGroup, planned),
      { parent: this },
    );
  }

  private instance(
    context: Context,
    identity: Identity,
    password: pulumi.Output<string> | undefined,
    securityGroup: aws.ec2.SecurityGroup,
    logGroups: aws.cloudwatch.LogGroup[],
  ): aws.rds.Instance {
    const { component, name, settings, tags, transform } = context;
    const planned: aws.rds.InstanceArgs = {
      ...instanceArgs(settings, context, {
        identifier: identity.identifier,
        finalSnapshotIdentifier: identity.finalSnapshot,
        dbSubnetGroupName: this.subnetGroup(context).name,
        parameterGroupName: this.parameterGroup(context).name,
        vpcSecurityGroupIds: [securityGroup.id],
      }),
      ...(password === undefined
        ? { manageMasterUserPassword: true, masterUserSecretKmsKeyId: context.kmsKeyArn }
        : { password }),
      tags,
    };
    return new aws.rds.Instance(
      `${name}-instance`,
      transformed(component, "transform.instance", transform.instance, planned),
      {
        parent: this,
        protect: settings.isProtected || undefined,
        // RDS would make the log groups itself, without a retention, and they would stay.
        dependsOn: logGroups,
        // A fixed identifier is free again only once the old instance is gone.
        deleteBeforeReplace: settings.identifier !== undefined,
      },
    );
  }

  private secret({
    component,
    name,
    settings,
    kmsKeyArn,
    tags,
    transform,
  }: Context): aws.secretsmanager.Secret {
    const planned: aws.secretsmanager.SecretArgs = {
      name: settings.secretName,
      description: `Connection to the database ${name}, as JSON`,
      kmsKeyId: kmsKeyArn,
      recoveryWindowInDays: settings.recoveryWindowDays,
      tags,
    };
    return new aws.secretsmanager.Secret(
      `${name}-connection`,
      transformed(component, "transform.secret", transform.secret, planned),
      { parent: this, protect: settings.isProtected || undefined },
    );
  }

  private secretVersion(
    { name, settings }: Context,
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
