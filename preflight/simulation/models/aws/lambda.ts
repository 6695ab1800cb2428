import { isUnknownText, UNKNOWN } from "../../wire/unknown";
import { among } from "../among";
import { arn, AWS_SCHEMAS, exactlyOne, holds, names, namesKey, needs, TYPES } from "./common";
import { ARN } from "./values";
import { type CitedModel, isRecord, type Properties, text } from "../model";
import { atLeast, between, form, jsonObject, oneOf, sized } from "../value-rules";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LARGEST_ENVIRONMENT = 4096;

/**
 * Variables that Lambda sets itself.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const RESERVED = new Set([
  ...["_HANDLER", "_X_AMZN_TRACE_ID", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID"],
  ...["AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
  ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION"],
  ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME"],
  ...["AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION"],
  ...["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT"],
]);

const FUNCTION_NAME = form(
  /^(?!.*\s)(arn:[^:]+:lambda:[^:]+:\d{12}:function:)?[\w-]{1,64}(:[\w$-]+)?$/,
  "be a function's name (letters, digits, hyphens and underscores, 64 at most) or its ARN",
);

/** Facts about Lambda as `@pulumi/aws` reports them. */
export const lambdaModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.function]: {
    autoName: { property: "name", maxLength: 64 },
    required: ["role"],
    replaceOn: ["name", "packageType", "tenancyConfig"],
    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    values: {
      name: FUNCTION_NAME,
      role: ARN,
      description: sized(0, 256),
      handler: form(/^\S{1,128}$/, "have 1 to 128 characters, and no space"),
      timeout: between(1, 900),
      memorySize: between(128, 10_240),
      reservedConcurrentExecutions: atLeast(-1),
      packageType: oneOf("Zip", "Image"),
      "architectures[]": oneOf("x86_64", "arm64"),
      "ephemeralStorage.size": between(512, 10_240),
      "loggingConfig.logFormat": oneOf("JSON", "Text"),
      "loggingConfig.logGroup": form(
        /^[\w./#-]{1,512}$/,
        "consist of letters, digits and the characters _ . / # -",
      ),
      "environment.variables{key}": (name) =>
        RESERVED.has(String(name))
          ? "must not be a variable that Lambda sets itself"
          : form(
              /^[a-zA-Z]\w+$/,
              "be 2 or more letters, digits and underscores, a letter first",
            )(name),
    },
    references: {
      role: names("role"),
      kmsKeyArn: namesKey,
      "vpcConfig.subnetIds[]": holds("subnet"),
      "vpcConfig.securityGroupIds[]": holds("securityGroup"),
    },
    check: (inputs) => [
      ...exactlyOne(inputs, "code", "s3Bucket", "imageUri"),
      ...zipProblems(inputs),
      ...vpcProblems(inputs.vpcConfig),
      ...environmentProblems(inputs.environment),
    ],
    computed: (r) => {
      const own = arn(r, "lambda", `function:${String(r.inputs.name)}`);
      return {
        id: r.inputs.name,
        arn: own,
        qualifiedArn: `${own}:$LATEST`,
        version: "$LATEST",
      };
    },
    source: `${AWS_SCHEMAS}/lambda/function.go`,
  },
  "aws:lambda/permission:Permission": {
    required: ["action", "function", "principal"],
    replaceOn: [
      ...["action", "eventSourceToken", "function", "functionUrlAuthType", "principal"],
      ...["invokedViaFunctionUrl", "principalOrgId", "qualifier", "sourceAccount", "sourceArn"],
      ...["statementId", "statementIdPrefix"],
    ],
    // https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
    values: {
      action: form(/^(lambda:(\*|[a-zA-Z]+)|\*)$/, "be an action such as lambda:InvokeFunction"),
      function: FUNCTION_NAME,
      principal: form(/^\S+$/, "be a service, an account or an ARN, without spaces"),
      sourceAccount: form(/^\d{12}$/, "be an account's number of 12 digits"),
      sourceArn: ARN,
      statementId: form(/^[\w-]{1,100}$/, "be 1 to 100 letters, digits, hyphens and underscores"),
    },
    references: { function: names("function") },
    computed: ({ inputs, identifier }) => {
      const statementId = text(inputs.statementId, identifier("terraform", 26));
      return { id: statementId, statementId };
    },
    source: `${AWS_SCHEMAS}/lambda/permission.go`,
  },
  "aws:lambda/invocation:Invocation": {
    required: ["functionName", "input"],
    replaceOn: ["functionName", "input", "qualifier", "triggers", "terraformKey", "tenantId"],
    values: {
      functionName: FUNCTION_NAME,
      input: jsonObject,
      lifecycleScope: oneOf("CREATE_ONLY", "CRUD"),
    },
    references: { functionName: names("function") },
    fixedOutputs: true,
    // The provider's id repeats for equal inputs; objects of the local cloud have one each.
    computed: ({ inputs, identifier }) => ({
      id: `${text(inputs.functionName)}_${text(inputs.qualifier, "$LATEST")}_${identifier("i", 32).slice(2)}`,
      result: "null",
    }),
    source: `${AWS_SCHEMAS}/lambda/invocation.go`,
  },
};

/** A function of an archive needs to say what runs it, and where that begins. */
function zipProblems(inputs: Properties): readonly string[] {
  if (inputs.packageType === "Image" || inputs.packageType === UNKNOWN) return [];
  if (inputs.imageUri !== undefined) return [];
  const missing = ["handler", "runtime"].filter((key) => inputs[key] === undefined);
  return missing.length === 0 ? [] : [`a function of an archive needs ${missing.join(" and ")}`];
}

function vpcProblems(config: unknown): readonly string[] {
  if (!isRecord(config)) return [];
  return [
    ...needs(config, "subnetIds", "securityGroupIds"),
    ...needs(config, "securityGroupIds", "subnetIds"),
  ];
}

function environmentProblems(environment: unknown): readonly string[] {
  const variables = isRecord(environment) ? environment.variables : undefined;
  if (!isRecord(variables)) return [];
  const known = among(variables, Object.keys(variables)).certainly.map((name) =>
    [name, text(variables[name])].map((part) => (isUnknownText(part) ? "" : part)),
  );
  const bytes = Buffer.byteLength(known.flat().join(""));
  return bytes <= LARGEST_ENVIRONMENT
    ? []
    : [`environment.variables may have ${LARGEST_ENVIRONMENT} bytes in all, and has ${bytes}`];
}
