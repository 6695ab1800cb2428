import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { caBundleProblem } from "../components";
import { checkConfig, type RawConfig } from "./config/check";
import { ConfigError } from "./config/config-error";
import type { StackConfig } from "./config/schema";

/** The configuration that the program is built from. */
export type Config = Omit<StackConfig, "caBundleFile">;

/**
 * Reads the stack's configuration. Nothing else in the program asks Pulumi for it.
 *
 * @param projectDir The folder that `caBundleFile` is relative to.
 * @throws ConfigError with all mistakes at once
 */
export function readConfig(projectDir: string): Config {
  const raw = rawConfig();
  const { caBundleFile, ...config } = checkConfig(raw);
  if (caBundleFile === undefined) return config;
  return { ...config, caBundle: readBundle(raw.project, resolve(projectDir, caBundleFile)) };
}

function rawConfig(): RawConfig {
  const values = pulumi.runtime.allConfig();
  return {
    project: pulumi.getProject(),
    region: aws.config.region,
    values,
    secretKeys: Object.keys(values).filter(isConfigSecret),
  };
}

/** The SDK exports this function and leaves it out of its types. */
const { isConfigSecret } = pulumi.runtime as unknown as {
  readonly isConfigSecret: (key: string) => boolean;
};

function readBundle(project: string, path: string): string {
  const refuse = (problem: string): never => {
    throw new ConfigError([{ key: `${project}:caBundleFile`, problem }]);
  };
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(`must name a file that can be read; got "${path}" (${code ?? "unknown error"})`);
  }
  const problem = caBundleProblem(pem);
  return problem === undefined ? pem : refuse(`names "${path}", which ${problem}`);
}
