import * as assert from "node:assert/strict";
import { checkConfig, type RawConfig } from "../../../stack/config/check";
import { ConfigError } from "../../../stack/config/config-error";
import type { StackConfig } from "../../../stack/config/schema";

/** The smallest configuration that passes. */
export const SMALLEST = {
  network: { create: {} },
  cluster: { create: {} },
  apps: [{ name: "orders", database: { name: "orders" } }],
};

type Sections = Readonly<Record<string, unknown>>;

const fullKey = (key: string): string => (key.includes(":") ? key : `shop:${key}`);

/** As Pulumi hands a configuration to a program. */
export const raw = (sections: Sections, more: Partial<RawConfig> = {}): RawConfig => ({
  project: "shop",
  region: "eu-central-1",
  values: Object.fromEntries(
    Object.entries(sections)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        fullKey(key),
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
  ),
  ...more,
  secretKeys: (more.secretKeys ?? []).map(fullKey),
});

/** The configuration with some sections in place of the smallest one's. */
export const accepted = (sections: Sections = {}): StackConfig =>
  checkConfig(raw({ ...SMALLEST, ...sections }));

/** What is wrong with it: each issue's key, a space and the problem. */
export function issues(sections: Sections, more: Partial<RawConfig> = {}): string[] {
  try {
    checkConfig(raw({ ...SMALLEST, ...sections }, more));
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.issues.map(({ key, problem }) => `${key} ${problem}`);
  }
  return [];
}

/** One app that passes, with some of its keys replaced. */
export const app = (more: Sections = {}): Sections => ({ ...SMALLEST.apps[0], ...more });

/** The same with an image of its own. */
export const ownApp = (more: Sections = {}): Sections =>
  app({ image: "example.com/app:1", ...more });
