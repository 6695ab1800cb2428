import { type CitedModel, text } from "./model";

const SCHEMAS =
  "https://github.com/hashicorp/terraform-provider-random/blob/main/internal/provider";

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

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
    computed: ({ inputs, entropy }) => {
      const bytes = entropy(Number(inputs.byteLength));
      const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
      return {
        hex: prefix + bytes.toString("hex"),
        b64Url: prefix + bytes.toString("base64url"),
        b64Std: prefix + bytes.toString("base64"),
        dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
      };
    },
    source: `${SCHEMAS}/resource_id.go`,
  },
};
