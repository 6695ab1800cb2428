import { type Examples, LONG, LONG_SHOWN, TRUST } from "./examples";

export const secretsExamples: Examples = {
  "aws:secretsmanager/secret:Secret": {
    good: {
      name: "shop/orders_1+2=3.a@b-c",
      description: "Connection",
      recoveryWindowInDays: "0",
      policy: TRUST,
    },
    accepted: [{ recoveryWindowInDays: 7 }, { recoveryWindowInDays: 30 }],
    together: [[{ namePrefix: "shop/" }, ["name and namePrefix cannot be combined"]]],
    refused: {
      name: [
        [
          { name: "a b" },
          "name 'a b' must consist of letters, digits and the characters / _ + = . @ -",
        ],
        [
          { name: "a:b" },
          "name 'a:b' must consist of letters, digits and the characters / _ + = . @ -",
        ],
        [{ name: "" }, "name '' must consist of letters, digits and the characters / _ + = . @ -"],
      ],
      description: [
        [
          {
            description: LONG,
          },
          `description ${LONG_SHOWN} must have 0 to 2048 characters`,
        ],
      ],
      recoveryWindowInDays: [
        [
          { recoveryWindowInDays: 6 },
          "recoveryWindowInDays '6' must be a whole number from 7 to 30, or 0",
        ],
        [
          { recoveryWindowInDays: 31 },
          "recoveryWindowInDays '31' must be a whole number from 7 to 30, or 0",
        ],
      ],
      policy: [
        [{ policy: "{" }, "policy '{' must be JSON, and does not parse"],
        [{ policy: "[]" }, "policy '[]' must be a JSON object"],
        [{ policy: "" }, "policy '' must have 1 to 20480 characters"],
        [
          {
            policy: LONG,
          },
          `policy ${LONG_SHOWN} must have 1 to 20480 characters`,
        ],
      ],
    },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    good: { secretId: "orders", secretString: "ééé" },
    accepted: [
      { secretString: undefined, secretStringWo: "a" },
      { secretString: undefined, secretBinary: "AAAA" },
    ],
    refused: {
      secretString: [
        [{ secretString: "" }, "secretString must have 1 to 65536 bytes"],
        [{ secretString: "é".repeat(32_769) }, "secretString must have 1 to 65536 bytes"],
      ],
      secretStringWo: [
        [
          { secretString: undefined, secretStringWo: "" },
          "secretStringWo must have 1 to 65536 bytes",
        ],
      ],
      secretBinary: [
        [{ secretString: undefined, secretBinary: "" }, "secretBinary must have 1 to 65536 bytes"],
        [{ secretString: undefined, secretBinary: "no bytes" }, "secretBinary must be Base64"],
        [{ secretString: undefined, secretBinary: "AAA" }, "secretBinary must be Base64"],
      ],
    },
    together: [
      [
        { secretString: undefined },
        ["needs exactly one of secretString, secretStringWo, secretBinary; got none"],
      ],
      [
        { secretBinary: "AAAA" },
        [
          "needs exactly one of secretString, secretStringWo, secretBinary; got secretString and secretBinary",
        ],
      ],
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    together: [[{ namePrefix: "/aws/" }, ["name and namePrefix cannot be combined"]]],
    good: {
      name: "/aws/rds/instance/orders-1/postgresql",
      retentionInDays: "30",
      logGroupClass: "STANDARD",
    },
    accepted: [{ retentionInDays: 0 }, { retentionInDays: 3653 }],
    refused: {
      name: [
        [
          { name: "a b" },
          "name 'a b' must consist of letters, digits and the characters _ . / # -",
        ],
        [
          { name: "a:b" },
          "name 'a:b' must consist of letters, digits and the characters _ . / # -",
        ],
      ],
      retentionInDays: [
        [
          { retentionInDays: 31 },
          "retentionInDays '31' must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        ],
      ],
      logGroupClass: [
        [
          { logGroupClass: "standard" },
          "logGroupClass 'standard' must be one of STANDARD, INFREQUENT_ACCESS, DELIVERY",
        ],
      ],
    },
  },
};
