import type { PlannedApp } from "../../chain";
import type { Plan } from "../../model";
import { counted, joinDotted } from "../style";
import { workloadText } from "../workload-text";
import type { Anchors } from "./anchors";
import { chainList } from "./chain";
import { type ChainGraph, chainGraph, nodesOf } from "./chain-graph";
import { html, type Html } from "./html";
import { gravest, type NumberedFinding, SYMBOL } from "./numbered";
import { placedFindings } from "./placed-findings";
import { podView } from "./pod-view";
import { resourceIndex } from "./resource-index";
import { searchField } from "./search-field";

/** With more apps than this they start closed. */
const OPEN_UP_TO = 3;

/** With more apps than this, those that are in order are behind one line. */
const LISTED_UP_TO = 10;

interface AppItem {
  readonly item: Html;
  readonly isBroken: boolean;
}

/** Every app: its chain, and what its pod will see. */
export function appsSection(
  { apps, resources }: Pick<Plan, "apps" | "resources">,
  findings: readonly NumberedFinding[],
  anchors: Anchors,
): Html {
  const index = resourceIndex(resources);
  const chains = apps.map((app) => ({ app, graph: chainGraph(app, index) }));
  const users = stationUsers(chains.map(({ graph }) => graph));
  const items = chains.map(({ app, graph }): AppItem => {
    const isElsewhere = (urn: string): boolean => users.get(urn)?.has(graph) === false;
    const placed = placedFindings(findings, graph, index, isElsewhere);
    const label = `The way of the secrets of ${app.namespace}/${app.name}`;
    const own = [...placed.values()].flat();
    const severity = gravest(own);
    return {
      item: appItem(app, chainList(label, graph, placed, anchors), own, apps.length <= OPEN_UP_TO),
      isBroken: severity === "error" || severity === "warning",
    };
  });
  return html`<section id="apps">
    <h2>Apps</h2>
    ${
      apps.length === 0 ? html`<p>No workload of this stack mounts a secret.</p>` : undefined
    }${apps.length > OPEN_UP_TO ? searchField("Search apps by name or namespace", "app-list") : undefined}
    <ul class="plain apps" id="app-list">
      ${apps.length > LISTED_UP_TO ? folded(items) : items.map(({ item }) => item)}
    </ul>
  </section>`;
}

function folded(items: readonly AppItem[]): readonly Html[] {
  const group = (isBroken: boolean, text: string): Html | undefined => {
    const inside = items.filter((each) => each.isBroken === isBroken);
    return inside.length === 0
      ? undefined
      : html`<li>
          <details>
            <summary>${counted(inside.length, "app")} ${text}</summary>
            <ul class="plain">
              ${inside.map(({ item }) => item)}
            </ul>
          </details>
        </li>`;
  };
  return [
    group(true, "with errors or warnings"),
    group(false, "without errors and warnings"),
  ].filter((each) => each !== undefined);
}

/** Which chains have a resource as a station. */
function stationUsers(graphs: readonly ChainGraph[]): ReadonlyMap<string, ReadonlySet<ChainGraph>> {
  const users = new Map<string, Set<ChainGraph>>();
  for (const graph of graphs) {
    for (const { urn } of nodesOf(graph)) {
      if (urn !== undefined) users.set(urn, (users.get(urn) ?? new Set()).add(graph));
    }
  }
  return users;
}

function appItem(
  app: PlannedApp,
  chain: Html,
  findings: readonly NumberedFinding[],
  open: boolean,
): Html {
  const { name, namespace, workload } = app;
  const severity = gravest(findings);
  const facts = joinDotted(`namespace ${namespace}`, workloadText(workload));
  return html`<li>
    <details class="card" ${open ? html` open` : undefined}>
      <summary>
        <b>${name}</b> <span class="q">${facts}</span>${
          severity === undefined
            ? undefined
            : html` <span class="chip ${severity}"
                >${SYMBOL[severity]} ${counted(findings.length, "finding")}</span
              >`
        }
      </summary>
      ${chain}${podView(app)}
    </details>
  </li>`;
}
