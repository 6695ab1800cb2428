import { counts, type PlannedResource, type ResourceTree, trees } from "../inventory";
import type { Plan } from "../model";
import { counted, joinDotted, type Style } from "./style";
import { table } from "./table";
import { wrapIndented } from "./wrap";

/** The resources as `pulumi preview` draws them: type, name, and what is special. */
export function resourceTree(plan: Plan, style: Style): readonly string[] {
  const { resources, components, remote } = counts(plan.resources);
  const summary = [
    counted(resources, "resource"),
    `in ${counted(components, "component")}`,
    ...(remote > 0 ? [`and ${counted(remote, "remote component")}`] : []),
  ];
  const rows = branches(trees(plan.resources), "");
  const lines = table([["TYPE", "NAME"], ...rows.map(({ type, name }) => [type, name])], {
    indent: "  ",
    format: (cell, column, row) => {
      if (row === 0) return style.quiet(cell);
      const note = rows[row - 1]?.note ?? "";
      const isNoted = column === 1 && note !== "" && cell.endsWith(note);
      return isNoted ? cell.slice(0, -note.length) + style.notable(note) : cell;
    },
  });
  const legend = "remote: makes more resources inside its provider; they are not counted";
  return [
    `${style.heading("Resources")}  ${summary.join(" ")}`,
    "",
    ...lines.map((line) => line.replaceAll(KEPT_BLANK, " ")),
    ...(remote > 0 ? ["", ...wrapIndented(legend, "  ").map(style.quiet)] : []),
  ];
}

/** Stands for a blank at which the cell is not wrapped. */
const KEPT_BLANK = "\u00a0";

const kept = (text: string): string => text.replaceAll(" ", KEPT_BLANK);

interface Row {
  readonly type: string;
  /** The note included. */
  readonly name: string;
  readonly note: string;
}

function branches(siblings: readonly ResourceTree[], indent: string): readonly Row[] {
  return siblings.flatMap(({ resource, children, resources }, index) => {
    const last = index === siblings.length - 1;
    const note = kept(noteOn(resource, resources));
    return [
      {
        type: kept(`${indent}${last ? "└─" : "├─"} ${shortType(resource.type)}`),
        name: note === "" ? kept(resource.name) : `${kept(`${resource.name}  `)}${note}`,
        note,
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
