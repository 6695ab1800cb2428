import { counted } from "../style";
import type { ChainEdge, ChainGraph, ChainNode, Station } from "./chain-graph";
import { html, type Html } from "./html";
import { type Layout, NODE, type Point } from "./layout";
import { gravest, type NumberedFinding, SYMBOL } from "./numbered";

const TITLE: Readonly<Record<Station, string>> = {
  password: "Generated password",
  database: "RDS",
  secret: "Secret in Secrets Manager",
  role: "IAM role",
  class: "SecretProviderClass",
  files: "Files in the pod",
  env: "Environment",
};

/** What the link says that starts from a station. */
const VERB: Readonly<Record<Station, string>> = {
  password: "is set on",
  database: "is described in",
  secret: "is readable by",
  role: "serves",
  class: "is mounted as",
  files: "are read into",
  env: "",
};

/** The longest texts that fit a node. */
const FITS = { name: 34, below: 40 } as const;

/** The chain of one app as SVG. A finding is a link on the line that it concerns. */
export function chainPicture(
  label: string,
  { nodes, edges }: ChainGraph,
  layout: Layout,
  placed: ReadonlyMap<ChainEdge, readonly NumberedFinding[]>,
): Html {
  const { width, height } = layout;
  return html`<svg
    class="chain"
    role="group"
    aria-label="${label}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    ${edges.map((edge, number) =>
      edgePicture(edge, layout.edges[number] ?? [], placed.get(edge) ?? []),
    )}${nodes.map((node, number) => nodePicture(node, layout.nodes[number] ?? { x: 0, y: 0 }))}
  </svg>`;
}

function nodePicture({ station, name, facts, missing }: ChainNode, { x, y }: Point): Html {
  const left = x - NODE.width / 2;
  const top = y - NODE.height / 2;
  const below = facts === "" ? TITLE[station] : `${TITLE[station]} · ${facts}`;
  const full =
    below.length > FITS.below || name.length > FITS.name
      ? html`<title>${name} · ${below}</title>`
      : undefined;
  return html`<g class="n ${missing ? "missing" : station}"
    >${full}<rect
      x="${left}"
      y="${top}"
      width="${NODE.width}"
      height="${NODE.height}"
      rx="8"
    /><text x="${left + 14}" y="${y - 4}">${shortened(name, FITS.name)}</text
    ><text class="q" x="${left + 14}" y="${y + 14}">${shortened(below, FITS.below)}</text></g
  >`;
}

function edgePicture(
  { from }: ChainEdge,
  points: readonly Point[],
  findings: readonly NumberedFinding[],
): Html {
  const severity = gravest(findings);
  const { x, y } = middle(points);
  const line = points
    .map((point, index) => `${index === 0 ? "M" : "L"}${point.x} ${point.y}`)
    .join("");
  return html`<path class="e ${severity ?? ""}" d="${line}${arrowHead(points)}" />${
      severity === undefined
        ? html`<text class="v" x="${x + 10}" y="${y + 4}">${VERB[from.station]}</text>`
        : marker(findings, { x, y })
    }`;
}

function marker(findings: readonly NumberedFinding[], { x, y }: Point): Html {
  const [first] = findings;
  const severity = gravest(findings) ?? "note";
  const alike = findings.filter((finding) => finding.severity === severity);
  const others = findings.length - alike.length;
  const more = others === 0 ? "" : `, ${others} more`;
  const text = `${SYMBOL[severity]} ${counted(alike.length, severity)}${more}`;
  const width = text.length * 7 + 18;
  const messages = findings.map(({ message }) => message).join("\n");
  return html`<a
    class="m ${severity}"
    href="#${alike[0]?.anchor ?? first?.anchor ?? ""}"
    aria-label="${text}: ${messages}"
    ><title>${messages}</title
    ><rect x="${x - width / 2}" y="${y - 12}" width="${width}" height="24" rx="12" /><text
      x="${x}"
      y="${y + 4}"
      text-anchor="middle"
      >${text}</text
    ></a
  >`;
}

function middle(points: readonly Point[]): Point {
  const before = points[Math.floor((points.length - 1) / 2)] ?? { x: 0, y: 0 };
  const after = points[Math.ceil((points.length - 1) / 2)] ?? before;
  return { x: (before.x + after.x) / 2, y: (before.y + after.y) / 2 };
}

function arrowHead(points: readonly Point[]): string {
  const { x, y } = points.at(-1) ?? { x: 0, y: 0 };
  return `M${x - 4} ${y - 6}L${x} ${y}L${x + 4} ${y - 6}`;
}

/** Names differ at both ends: `orders-conn…22ad48b`. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) / 3);
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`;
}
