import { SEVERITIES } from "../../../doctor/findings";
import { counted } from "../style";
import type { Anchors } from "./anchors";
import type { ChainGraph, ChainNode, Lane, Station } from "./chain-graph";
import { html, type Html } from "./html";
import { type NumberedFinding, SYMBOL } from "./numbered";

const TITLE: Readonly<Record<Station, string>> = {
  password: "Password",
  database: "Database",
  secret: "Secret",
  role: "IAM role",
  class: "SecretProviderClass",
  files: "Files",
  env: "Environment",
};

/** Where the value is stored, and where it arrives. */
const COLOUR: Readonly<Partial<Record<Station, string>>> = {
  ...{ password: "stored", secret: "stored" },
  ...{ files: "arrived", env: "arrived" },
};

export type Placed = ReadonlyMap<ChainNode, readonly NumberedFinding[]>;

/**
 * The chain of one app, from left to right where there is room and from top to bottom else. Each
 * secret has a lane; they meet at the role. A finding is a link on the card that it concerns.
 */
export function chainList(
  label: string,
  { lanes, roles, classes, pod }: ChainGraph,
  placed: Placed,
  anchors: Anchors,
): Html {
  const card = (node: ChainNode): Html => cardOf(node, placed.get(node) ?? [], anchors);
  const short = lanes.every(({ password, database }) => (password ?? database) === undefined);
  const stages = [
    ...(lanes.length > 0
      ? [html`<li class="lanes">${lanes.map((lane) => laneList(lane, card))}</li>`]
      : []),
    ...[roles, classes, pod].map((nodes) => html`<li>${nodes.map(card)}</li>`),
  ];
  return html`<ol class="chain${short ? " short" : ""}" aria-label="${label}">
    ${stages}
  </ol>`;
}

const laneList = ({ password, database, secret }: Lane, card: (node: ChainNode) => Html): Html =>
  html`<ol class="lane">
    ${[password, database, secret].map((node) =>
      node === undefined ? undefined : html`<li class="at-${node.station}">${card(node)}</li>`,
    )}
  </ol>`;

const cardOf = (
  { station, name, facts, urn, missing }: ChainNode,
  findings: readonly NumberedFinding[],
  anchors: Anchors,
): Html =>
  html`<div class="n ${missing ? "missing" : (COLOUR[station] ?? "")}">
    <span class="q">${TITLE[station]}</span><b>${anchors.link(urn, name)}</b>${facts.map(
      ([label, text]) => html`<p>${label === "" ? undefined : html`<i>${label}</i> `}${text}</p>`,
    )}${markers(findings)}
  </div>`;

/** A link for each severity, to the first of its findings. */
const markers = (findings: readonly NumberedFinding[]): readonly Html[] =>
  SEVERITIES.flatMap((severity) => {
    const alike = findings.filter((finding) => finding.severity === severity);
    const [first] = alike;
    if (first === undefined) return [];
    const messages = alike.map(({ message }) => message).join("\n");
    return [
      html`<a class="chip ${severity}" href="#${first.anchor}" title="${messages}"
        >${SYMBOL[severity]} ${counted(alike.length, severity)}</a
      > `,
    ];
  });
