import { arn, AWS_SCHEMAS, exactlyOne, namesKey } from "./common";
import { among } from "../among";
import { type CitedModel, type Properties, text } from "../model";
import { all, form, oneOf, sized } from "../value-rules";

/** Bytes that each tier takes; which one an intelligent tier chooses is its own affair. */
const LARGEST = { Standard: 4096, Advanced: 8192, "Intelligent-Tiering": 8192 } as const;

function sizeErrors({ tier = "Standard", value, insecureValue, valueWo }: Properties): string[] {
  const largest = LARGEST[text(tier) as keyof typeof LARGEST] as number | undefined;
  const bytes = Buffer.byteLength(text(value ?? insecureValue ?? valueWo));
  return largest === undefined || bytes <= largest
    ? []
    : [`a value of the tier ${text(tier)} must have at most ${largest} bytes`];
}

/** Facts about Parameter Store as `@pulumi/aws` reports them. */
export const parameterModels: Readonly<Record<string, CitedModel>> = {
  "aws:ssm/parameter:Parameter": {
    autoName: { property: "name", maxLength: 2048 },
    required: ["type"],
    replaceOn: ["name"],
    secretOutputs: ["value", "valueWo"],
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
    values: {
      name: all(
        form(/^[\w./-]+$/, "consist of letters, digits and the characters _ . - /"),
        form(/^(?!\/?(aws|ssm))/i, "not begin with aws or ssm"),
      ),
      type: oneOf("String", "StringList", "SecureString"),
      tier: oneOf("Standard", "Advanced", "Intelligent-Tiering"),
      dataType: oneOf("text", "aws:ec2:image", "aws:ssm:integration"),
      description: sized(0, 1024),
    },
    references: { keyId: namesKey },
    check: (inputs) => [
      ...exactlyOne(inputs, "value", "insecureValue", "valueWo"),
      ...(inputs.type === "SecureString" && among(inputs, ["insecureValue"]).certainly.length > 0
        ? ["insecureValue cannot be combined with the type SecureString"]
        : []),
      ...sizeErrors(inputs),
    ],
    computed: (request) => {
      const name = text(request.inputs.name);
      const path = name.startsWith("/") ? name : `/${name}`;
      return { id: name, arn: arn(request, "ssm", `parameter${path}`), version: 1 };
    },
    source: `${AWS_SCHEMAS}/ssm/parameter.go`,
  },
};
