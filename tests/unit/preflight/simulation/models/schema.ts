import * as fs from "node:fs";

/** What the provider's SDK, made from its schema, says of a resource's inputs and outputs. */
export function schemaOf(type: string) {
  const [, provider, path] = /^(aws|random):(\w+\/\w+):/.exec(type) ?? [];
  if (provider === undefined || path === undefined) return undefined;
  const file = require.resolve(`@pulumi/${provider}/${path.replace(/^index\//, "")}.js`);
  const code = fs.readFileSync(file, "utf8");
  const all = (pattern: RegExp): string[] =>
    [...new Set([...code.matchAll(pattern)].map(([, name = ""]) => name))].sort();
  const [, secrets = ""] = /additionalSecretOutputs: \[([^\]]*)\]/.exec(code) ?? [];
  return {
    inputs: all(/resourceInputs\["(\w+)"\] = [^;]*\bargs\?\.\w+/g),
    required: all(/args\?\.(\w+) === undefined && !opts\.urn/g),
    secret: secrets === "" ? [] : secrets.split(",").map((name) => name.trim().slice(1, -1)),
  };
}
