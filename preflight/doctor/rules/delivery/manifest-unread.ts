import { KNOWN_CHARTS } from "../../facts";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const manifestUnread: Rule = {
  id: "manifest-unread",
  severity: "note",
  why:
    "What stands in a chart, behind an address, in a file that is not at hand, or in values that are known " +
    "only after the update was not read: what it declares is not checked, and counts as missing elsewhere.",
  remedy: "Keep a copy of the file beside the program, or check what the chart renders.",
  source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/v2/configfile/",
  check: ({ unread, charts, installs }) =>
    distinct([
      ...unread.map(({ urn, name, what }) => ({
        urn,
        message: `${what} of ${name} was not read`,
      })),
      ...installs
        .filter(({ urn, valuesKnown }) => !valuesKnown && !unread.some((each) => each.urn === urn))
        .map(({ urn, name }) => ({ urn, message: `the values of ${name} were not read` })),
      ...charts
        .filter(({ chart }) => !KNOWN_CHARTS.includes(chart))
        .map(({ urn, name, chart }) => ({
          urn,
          message: `the chart ${chart === "" ? "of" : `${chart} of`} ${name} was not read`,
        })),
    ]),
};
