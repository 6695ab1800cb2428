import { type CitedModel, text } from "./model";
import { atLeast, wholeNumber } from "./value-rules";

const SCHEMAS =
  "https://github.com/hashicorp/terraform-provider-random/blob/main/internal/provider";

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const MINIMA = ["minLower", "minUpper", "minNumeric", "minSpecial"];

/** Facts about `@pulumi/random`. */
export const randomModels: Readonly<Record<string, CitedModel>> = {
  "random:index/randomPassword:RandomPassword": {
    fixedOutputs: true,
    required: ["length"],
    replaceOn: [
      "length",
      "keepers",
      "special",
      "overrideSpecial",
      "lower",
      "upper",
      "numeric",
      "number",
      "minLower",
      "minUpper",
      "minNumeric",
      "minSpecial",
    ],
    secretOutputs: ["result", "bcryptHash"],
    values: {
      length: atLeast(1),
      ...Object.fromEntries(MINIMA.map((minimum) => [minimum, atLeast(0)])),
    },
    check: (inputs) => {
      const asked = MINIMA.reduce((sum, minimum) => sum + wholeNumber(inputs[minimum] ?? 0), 0);
      const classes = ["lower", "upper", "special", "numeric"].map(
        (name) => inputs[name] ?? (name === "numeric" ? inputs.number : undefined),
      );
      return [
        ...(asked > wholeNumber(inputs.length)
          ? [`length must be at least ${asked}, the sum of ${MINIMA.join(", ")}`]
          : []),
        ...(classes.every((given) => given === false)
          ? ["needs one of lower, upper, special, numeric"]
          : []),
      ];
    },
    computed: ({ inputs, entropy }) => {
      const length = Number(inputs.length);
      const special =
        inputs.special === false ? "" : text(inputs.overrideSpecial, "!@#$%&*()-_=+[]{}<>:?");
      const alphabet = LETTERS_AND_DIGITS + special;
      const result = [...entropy(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
      return { result, bcryptHash: "" };
    },
    source: `${SCHEMAS}/resource_password.go`,
  },
  "random:index/randomId:RandomId": {
    fixedOutputs: true,
    required: ["byteLength"],
    replaceOn: ["byteLength", "keepers", "prefix"],
    values: { byteLength: atLeast(1) },
    computed: ({ inputs, entropy }) => {
      const bytes = entropy(Number(inputs.byteLength));
      const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
      return {
        hex: prefix + bytes.toString("hex"),
        b64Url: prefix + bytes.toString("base64url"),
        b64Std: prefix + bytes.toString("base64"),
        // At a preview there may be no byte.
        dec: prefix + BigInt(`0x0${bytes.toString("hex")}`).toString(),
      };
    },
    source: `${SCHEMAS}/resource_id.go`,
  },
};
