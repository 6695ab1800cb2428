import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CONNECTION_SHAPE } from "../secure-database/secret-payload";
import { awsLocation } from "../shared/aws-location";
import { dependencies } from "../shared/dependencies";
import { applied, asOutput } from "../shared/late";
import { componentTitle, refuse } from "../shared/problems";
import { declaredArgs } from "../shared/transformed";
import { AGE_METRIC, ageAlarm, errorsAlarm } from "./alarms";
import type { DatabaseUserArgs } from "./args";
import { functionCode } from "./bundle";
import type { Context } from "./context";
import { functionSettingsJson, SETTINGS_VARIABLE } from "./function-settings";
import { lateInputs } from "./inputs";
import { functionPolicy, functionTrust } from "./policies";
import { databaseUserProblems } from "./problems";
import type { UserSecretSource } from "./secret-source";
import { resolveSettings, rotationPeriod, type RotationSettings } from "./settings";

export type * from "./args";
export { databaseUserProblems } from "./problems";
export { userRoles } from "./role-names";
export type { UserSecretSource } from "./secret-source";
export { rotationPeriod } from "./settings";

/**
 * A user of its own for one app in a PostgreSQL database on RDS, with credentials that rotate without
 * a failed query: an owner role without login, two login users that take turns, one secret, and the
 * function that alone writes it. No password of it is ever in the program, its state or its plan.
 *
 * The function makes roles, rights and the first password during the deployment, and whenever a fact
 * changes; what is made from `secretName` waits for that. The program declares no version of the
 * secret: one that it owned would put the first password back one day.
 *
 * ```ts
 * const db = new SecureDatabase("orders", { … });
 * const user = new DatabaseUser("orders-api", { database: db, rotation: { every: "30d" } });
 * new CsiSecretsApp("orders-api", { ...user.secretSource, files: { … }, … });
 * ```
 *
 * Deleting it deletes the secret and leaves the roles, and what they own, in the database.
 *
 * @throws InputPropertiesError with every argument that breaks a rule, before anything is declared;
 * for an argument that is known late, from the resource that would use it
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
export class DatabaseUser extends pulumi.ComponentResource {
  /** Where the connection is: spread it into the arguments of a `CsiSecretsApp`. */
  readonly secretSource: UserSecretSource;
  /** Name of the secret; ready only once the secret holds the connection. Known at preview. */
  readonly secretName: pulumi.Output<string>;
  /** ARN of the secret; ready only once the secret holds the connection. */
  readonly secretArn: pulumi.Output<string>;
  /** The KMS key of the secret; a reader of it needs `kms:Decrypt` on the key. */
  readonly kmsKeyArn: pulumi.Output<string> | undefined;
  /** The role that owns what the user makes, for `readsFrom` of a reader; ready once it exists. */
  readonly ownerRole: pulumi.Output<string>;
  /** The two login users, which take turns. */
  readonly userNames: pulumi.Output<readonly [string, string]>;
  /** Name of the function, e.g. for `aws logs tail`. */
  readonly functionName: pulumi.Output<string>;
  /** The function's own security group, for rules of your own. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: DatabaseUserArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = componentTitle("DatabaseUser", name);
    refuse(component, databaseUserProblems(name, args));
    const settings = resolveSettings(name, args);

    // The engine stores what it is given here, so give it nothing.
    super("eks-db-secrets:index:DatabaseUser", name, {}, opts);
    const location = awsLocation(this);
    const inputs = lateInputs(component, args, location.region);
    const context: Context = { component, name, args, settings, inputs, location };

    const secret = this.secret(context);
    const securityGroup = this.securityGroup(context);
    const rules = this.rules(context, securityGroup);
    const functionSettings = this.functionSettings(context, secret);
    const rotation = this.function(context, secret, securityGroup, rules, functionSettings);
    const reconciled = this.reconcile(context, rotation, functionSettings, dependencies(opts));
    if (settings.rotation !== undefined) {
      this.schedule(context, settings.rotation, secret, rotation, reconciled);
      this.alarms(context, settings.rotation, secret, rotation);
      this.report(context, rotation);
    }

    // Ordered after the reconciliation, so that nobody mounts an empty secret. The URN is known at
    // preview.
    const ready = <T>(value: pulumi.Input<T>): pulumi.Output<T> =>
      reconciled.urn.apply(() => asOutput(value));
    this.secretName = ready(secret.name);
    this.secretArn = ready(secret.arn);
    this.kmsKeyArn = inputs.kmsKeyArn === undefined ? undefined : asOutput(inputs.kmsKeyArn);
    const period = rotationPeriod(args.rotation);
    this.secretSource = {
      secretName: this.secretName,
      secretArn: this.secretArn,
      kmsKeyArn: this.kmsKeyArn,
      shape: CONNECTION_SHAPE,
      ...(period && { rotation: { ...period, alternating: true as const } }),
    };
    this.ownerRole = ready(settings.ownerRole);
    this.userNames = pulumi.output<readonly [string, string]>(settings.users);
    this.functionName = rotation.name;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({
      secretName: this.secretName,
      secretArn: this.secretArn,
      kmsKeyArn: this.kmsKeyArn,
      ownerRole: this.ownerRole,
      userNames: this.userNames,
      functionName: this.functionName,
      securityGroupId: this.securityGroupId,
    });
  }

  /** Without a version: only the function ever writes one. */
  private secret(context: Context): aws.secretsmanager.Secret {
    const { name, settings, inputs, args } = context;
    const planned: aws.secretsmanager.SecretArgs = {
      name: settings.secretName,
      description: `Credentials of the database user ${settings.users[0]}, as JSON; they rotate`,
      kmsKeyId: inputs.kmsKeyArn,
      // Nothing is lost with it: the function sets new passwords in a new secret.
      recoveryWindowInDays: 0,
      tags: args.tags,
    };
    return new aws.secretsmanager.Secret(
      `${name}-credentials`,
      declaredArgs(context, "secret", planned),
      { parent: this },
    );
  }

  private securityGroup(context: Context): aws.ec2.SecurityGroup {
    const { name, inputs, args } = context;
    const planned: aws.ec2.SecurityGroupArgs = {
      description: `Rotation function of the database user ${name}`,
      vpcId: inputs.vpcId,
      tags: args.tags,
    };
    return new aws.ec2.SecurityGroup(
      `${name}-rotation`,
      declaredArgs(context, "securityGroup", planned),
      { parent: this },
    );
  }

  /** From the function to the database, and to Secrets Manager, whose addresses are not known. */
  private rules(
    { name, inputs, args }: Context,
    { id }: aws.ec2.SecurityGroup,
  ): readonly pulumi.Resource[] {
    const { tags } = args;
    const { port, databaseSecurityGroupId } = inputs;
    const postgresql = { ipProtocol: "tcp", fromPort: port, toPort: port, tags };
    return [
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-rotation-to-database`,
        {
          ...postgresql,
          securityGroupId: databaseSecurityGroupId,
          referencedSecurityGroupId: id,
          description: `PostgreSQL from the rotation function of ${name}`,
        },
        { parent: this },
      ),
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-rotation-to-database`,
        {
          ...postgresql,
          securityGroupId: id,
          referencedSecurityGroupId: databaseSecurityGroupId,
          description: "PostgreSQL",
        },
        { parent: this },
      ),
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-rotation-to-secrets-manager`,
        {
          securityGroupId: id,
          cidrIpv4: "0.0.0.0/0",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          description: "HTTPS to Secrets Manager",
          tags,
        },
        { parent: this },
      ),
    ];
  }

  private role(
    context: Context,
    secret: aws.secretsmanager.Secret,
    logGroup: aws.cloudwatch.LogGroup,
  ): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
    const { name, inputs, location, args } = context;
    const plannedRole: aws.iam.RoleArgs = {
      description: `Rotation function of the database user ${name}`,
      assumeRolePolicy: JSON.stringify(functionTrust),
      tags: args.tags,
    };
    const role = new aws.iam.Role(`${name}-rotation`, declaredArgs(context, "role", plannedRole), {
      parent: this,
    });
    const scope = pulumi.output({
      secretArn: secret.arn,
      kmsKeyArn: inputs.kmsKeyArn,
      masterSecretArn: inputs.masterSecretArn,
      masterSecretKmsKeyArn: inputs.masterSecretKmsKeyArn,
      logGroupArn: logGroup.arn,
      functionName: `${name}-rotation`,
    });
    const plannedPolicy: aws.iam.RolePolicyArgs = {
      role: role.name,
      policy: pulumi
        .all([location, scope])
        .apply(([here, known]) => JSON.stringify(functionPolicy(here, known))),
    };
    const policy = new aws.iam.RolePolicy(
      `${name}-rotation`,
      declaredArgs(context, "rolePolicy", plannedPolicy),
      { parent: this },
    );
    return { role, policy };
  }

  private functionSettings(
    { settings, inputs }: Context,
    secret: aws.secretsmanager.Secret,
  ): pulumi.Output<string> {
    const { host, port, databaseName, instanceIdentifier, masterSecretArn, readsFrom } = inputs;
    const facts = { host, port, databaseName, instanceIdentifier, masterSecretArn, readsFrom };
    return pulumi
      .output({ ...facts, secretArn: secret.arn })
      .apply((known) => functionSettingsJson(settings, known));
  }

  private function(
    context: Context,
    secret: aws.secretsmanager.Secret,
    securityGroup: aws.ec2.SecurityGroup,
    rules: readonly pulumi.Resource[],
    functionSettings: pulumi.Output<string>,
  ): aws.lambda.Function {
    const { name, settings, inputs, args } = context;
    const plannedLog: aws.cloudwatch.LogGroupArgs = {
      retentionInDays: settings.logRetentionDays,
      tags: args.tags,
    };
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-rotation-log`,
      declaredArgs(context, "logGroup", plannedLog),
      { parent: this },
    );
    const { role, policy } = this.role(context, secret, logGroup);
    const planned: aws.lambda.FunctionArgs = {
      description: `Makes and rotates the credentials of the database user ${settings.users[0]}`,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: applied(inputs.caBundle, functionCode),
      memorySize: 256,
      // A rotation takes a second. Before it another call of the function may be waited for (45 s), and
      // the longest statement may take a minute.
      timeout: 120,
      role: role.arn,
      environment: { variables: { [SETTINGS_VARIABLE]: functionSettings } },
      vpcConfig: { subnetIds: inputs.subnetIds, securityGroupIds: [securityGroup.id] },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tags: args.tags,
    };
    // Whatever it needs is there before the first call, and goes after the last.
    return new aws.lambda.Function(`${name}-rotation`, declaredArgs(context, "function", planned), {
      parent: this,
      dependsOn: [policy, ...rules],
    });
  }

  /** Makes database and secret agree, now and whenever a fact changes. Its result is words only. */
  private reconcile(
    { name, inputs }: Context,
    { name: functionName }: aws.lambda.Function,
    functionSettings: pulumi.Output<string>,
    dependsOn: pulumi.Input<pulumi.Resource>[],
  ): aws.lambda.Invocation {
    return new aws.lambda.Invocation(
      `${name}-reconcile`,
      {
        functionName,
        input: JSON.stringify({ action: "reconcile" }),
        triggers: {
          settings: functionSettings,
          ...(inputs.resourceId !== undefined && { instance: inputs.resourceId }),
        },
      },
      { parent: this, dependsOn },
    );
  }

  private schedule(
    context: Context,
    { schedule, windowHours }: RotationSettings,
    secret: aws.secretsmanager.Secret,
    rotation: aws.lambda.Function,
    reconciled: aws.lambda.Invocation,
  ): void {
    const { name, location } = context;
    const permission = new aws.lambda.Permission(
      `${name}-rotation-by-secrets-manager`,
      {
        function: rotation.name,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        sourceArn: secret.arn,
        sourceAccount: location.accountId,
      },
      { parent: this },
    );
    const planned: aws.secretsmanager.SecretRotationArgs = {
      secretId: secret.id,
      rotationLambdaArn: rotation.arn,
      rotationRules: { ...schedule.rules, duration: `${windowHours}h` },
      // Else each change of the rules would rotate at once, whatever the time of day.
      rotateImmediately: false,
    };
    new aws.secretsmanager.SecretRotation(
      `${name}-schedule`,
      declaredArgs(context, "schedule", planned),
      { parent: this, dependsOn: [permission, reconciled] },
    );
  }

  private alarms(
    context: Context,
    rotation: RotationSettings,
    secret: aws.secretsmanager.Secret,
    { name: functionName }: aws.lambda.Function,
  ): void {
    const { name, inputs, args } = context;
    const { alarmTopicArn } = inputs;
    const topics = alarmTopicArn === undefined ? undefined : [alarmTopicArn];
    const common = { alarmActions: topics, okActions: topics, tags: args.tags };
    const errors: aws.cloudwatch.MetricAlarmArgs = {
      ...errorsAlarm(name),
      dimensions: { FunctionName: functionName },
      ...common,
    };
    const age: aws.cloudwatch.MetricAlarmArgs = {
      ...ageAlarm(name, rotation),
      dimensions: { [AGE_METRIC.dimension]: secret.name },
      ...common,
    };
    new aws.cloudwatch.MetricAlarm(`${name}-errors`, declaredArgs(context, "errorsAlarm", errors), {
      parent: this,
    });
    new aws.cloudwatch.MetricAlarm(`${name}-age`, declaredArgs(context, "ageAlarm", age), {
      parent: this,
    });
  }

  /** Has the function report the age of the credentials once a day. */
  private report({ name, args }: Context, rotation: aws.lambda.Function): void {
    const rule = new aws.cloudwatch.EventRule(
      `${name}-report`,
      {
        description: `Age of the credentials of the database user ${name}`,
        scheduleExpression: "rate(1 day)",
        tags: args.tags,
      },
      { parent: this },
    );
    const permission = new aws.lambda.Permission(
      `${name}-report`,
      {
        function: rotation.name,
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      `${name}-report`,
      { rule: rule.name, arn: rotation.arn, input: JSON.stringify({ action: "report" }) },
      { parent: this, dependsOn: permission },
    );
  }
}
