import { type Examples, KEY } from "./examples";

export const parameterExamples: Examples = {
  "aws:ssm/parameter:Parameter": {
    good: {
      name: "/shop/login",
      type: "SecureString",
      tier: "Standard",
      dataType: "text",
      description: "",
      value: '{"username":"app"}',
      keyId: KEY,
    },
    accepted: [
      { name: "login", type: "String", value: undefined, insecureValue: "plain" },
      { value: undefined, valueWo: "hidden", valueWoVersion: 1 },
      { tier: "Advanced", value: "x".repeat(8192) },
    ],
    refused: {
      name: [
        [
          { name: "/shop/a login" },
          "name '/shop/a login' must consist of letters, digits and the characters _ . - /",
        ],
        [{ name: "/aws/login" }, "name '/aws/login' must not begin with aws or ssm"],
      ],
      type: [[{ type: "Secret" }, "type 'Secret' must be one of String, StringList, SecureString"]],
      tier: [
        [{ tier: "Free" }, "tier 'Free' must be one of Standard, Advanced, Intelligent-Tiering"],
      ],
      dataType: [
        [
          { dataType: "json" },
          "dataType 'json' must be one of text, aws:ec2:image, aws:ssm:integration",
        ],
      ],
      description: [
        [
          { description: "x".repeat(1025) },
          `description '${"x".repeat(80)}…' must have 0 to 1024 characters`,
        ],
      ],
    },
    together: [
      [{ value: undefined }, ["needs exactly one of value, insecureValue, valueWo; got none"]],
      [
        { insecureValue: "plain", value: undefined },
        ["insecureValue cannot be combined with the type SecureString"],
      ],
      [{ value: "x".repeat(4097) }, ["a value of the tier Standard must have at most 4096 bytes"]],
    ],
  },
};
