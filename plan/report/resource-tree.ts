import { counts, type PlannedResource, type ResourceTree, trees } from "../inventory";
import type { Plan } from "../model";
import { counted, dotted, type Style } from "./style";
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
  const lines = table([["TYPE", "NAME", ""], ...rows], (cell, column, row) => {
    if (row === 0) return style.quiet(cell);
    return column === 2 ? style.notable(cell) : cell;
  });
  return [
    `${style.heading("Resources")}  ${summary.join(" ")}`,
    "",
    ...lines.map((line) => `  ${line}`),
    ...(remote > 0
      ? [
          "",
          style.quiet("  remote: makes more resources inside its provider; they are not counted"),
        ]
      : []),
  ];
}

function branches(siblings: readonly ResourceTree[], indent: string): readonly string[][] {
  return siblings.flatMap(({ resource, children, resources }, index) => {
    const last = index === siblings.length - 1;
    return [
      [
        `${indent}${last ? "└─" : "├─"} ${shortType(resource.type)}`,
        resource.name,
        notes(resource, resources),
      ],
      ...branches(children, `${indent}${last ? "   " : "│  "}`),
    ];
  });
}

const notes = ({ custom, remote, protect }: PlannedResource, resources: number): string =>
  dotted(
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
