import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BundleFile } from "./config/bundle-file";
import { checkConfig } from "./config/check";
import type { StackConfig } from "./config/schema";

/**
 * Reads the stack's configuration. Nothing else in the program asks Pulumi for it.
 *
 * @param projectDir The folder that `caBundleFile` is relative to.
 * @throws ConfigError with all mistakes at once
 */
export function readConfig(projectDir: string): StackConfig {
  const project = pulumi.getProject();
  const values = pulumi.runtime.allConfig();
  const secretKeys = Object.keys(values).filter(isConfigSecret);
  const file = `${project}:caBundleFile`;
  const path = secretKeys.includes(file) ? undefined : values[file];
  return checkConfig({
    project,
    region: aws.config.region,
    values,
    secretKeys,
    bundleFile: path ? bundleFile(resolve(projectDir, path)) : undefined,
  });
}

/** The SDK exports this function and leaves it out of its types. */
const { isConfigSecret } = pulumi.runtime as unknown as {
  readonly isConfigSecret: (key: string) => boolean;
};

function bundleFile(path: string): BundleFile {
  try {
    return { path, pem: readFileSync(path, "utf8") };
  } catch (error) {
    return { path, error: (error as NodeJS.ErrnoException).code };
  }
}
