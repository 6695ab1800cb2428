import { counts, type PlannedResource, type ResourceTree, trees } from "../inventory";
import type { Plan } from "../model";
import { counted, joinDotted, type Style } from "./style";
import { table } from "./table";

/** The resources as `pulumi preview` draws them: type, name, and what is special. */
export function resourceTree(plan: Plan, style: Style): readonly string[] {
  const { resources, components, remote } = counts(plan.resources);
  const summary = [
    counted(resources, "resource"),
    `in ${counted(components, "component")}`,
    ...(remote > 0 ? [`and ${counted(remote, "remote component")}`] : []),
  ];
  const rows = branches(trees(plan.resources), "");
  const lines = table([["TYPE", "NAME"], ...rows.map(({ type, name }) => [type, name])]);
  return [
    `${style.heading("Resources")}  ${summary.join(" ")}`,
    "",
    ...lines.map((line, index) => {
      const row = rows[index - 1];
      if (row === undefined) return `  ${style.quiet(line)}`;
      return row.note === "" ? `  ${line}` : `  ${line}  ${style.notable(row.note)}`;
    }),
    ...(remote > 0
      ? [
          "",
          style.quiet("  remote: makes more resources inside its provider; they are not counted"),
        ]
      : []),
  ];
}

interface Row {
  readonly type: string;
  readonly name: string;
  readonly note: string;
}

function branches(siblings: readonly ResourceTree[], indent: string): readonly Row[] {
  return siblings.flatMap(({ resource, children, resources }, index) => {
    const last = index === siblings.length - 1;
    return [
      {
        type: `${indent}${last ? "└─" : "├─"} ${shortType(resource.type)}`,
        name: resource.name,
        note: noteOn(resource, resources),
      },
      ...branches(children, `${indent}${last ? "   " : "│  "}`),
    ];
  });
}

const noteOn = ({ custom, remote, protect }: PlannedResource, resources: number): string =>
  joinDotted(
    custom || remote ? undefined : counted(resources, "resource"),
    remote ? "remote" : undefined,
    protect ? "protected" : undefined,
  );

/** `aws:rds/instance:Instance` → `aws:rds:Instance`, as the Pulumi CLI shows it. */
export function shortType(type: string): string {
  const [pkg, module = "", name = ""] = type.split(":");
  const [first = "", last] = splitLast(module);
  const repeats = last !== undefined && last.toLowerCase() === name.toLowerCase();
  return [pkg, repeats ? first : module, name].join(":");
}

function splitLast(module: string): readonly [string, string?] {
  const slash = module.lastIndexOf("/");
  return slash < 0 ? [module] : [module.slice(0, slash), module.slice(slash + 1)];
}
