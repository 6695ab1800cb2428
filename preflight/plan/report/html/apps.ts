import type { PlannedApp } from "../../chain";
import type { Plan } from "../../model";
import { counted, joinDotted } from "../style";
import { chainGraph, type ChainGraph, resourceIndex } from "./chain-graph";
import { chainPicture } from "./chain-picture";
import { html, type Html } from "./html";
import { placer } from "./layout";
import { gravest, type NumberedFinding, SYMBOL } from "./numbered";
import { placedFindings } from "./placed-findings";
import { podView } from "./pod-view";
import { searchField } from "./search-field";

/** With more apps than this they start closed. */
const OPEN_UP_TO = 3;

/** Every app: its chain as a picture, next to what its pod will see. */
export function appsSection({ apps, resources }: Plan, findings: readonly NumberedFinding[]): Html {
  const index = resourceIndex(resources);
  const place = placer();
  const chains = apps.map((app) => ({ app, graph: chainGraph(app, index) }));
  const users = stationUsers(chains.map(({ graph }) => graph));
  const items = chains.map(({ app, graph }) => {
    const isElsewhere = (urn: string): boolean => users.get(urn)?.has(graph) === false;
    const placed = placedFindings(findings, graph, index, isElsewhere);
    const label = `The way of the secrets of ${app.namespace}/${app.name}`;
    const picture = chainPicture(label, graph, place(graph), placed);
    return appItem(app, picture, [...placed.values()].flat(), apps.length <= OPEN_UP_TO);
  });
  return html`<section id="apps">
    <h2>Apps</h2>
    ${
      apps.length === 0 ? html`<p>No workload of this stack mounts a secret.</p>` : undefined
    }${apps.length > OPEN_UP_TO ? searchField("Search apps by name or namespace", "app-list") : undefined}
    <ul class="plain apps" id="app-list">
      ${items}
    </ul>
  </section>`;
}

/** Which chains have a resource as a station. */
function stationUsers(graphs: readonly ChainGraph[]): ReadonlyMap<string, ReadonlySet<ChainGraph>> {
  const users = new Map<string, Set<ChainGraph>>();
  for (const graph of graphs) {
    for (const { urn } of graph.nodes) {
      if (urn !== undefined) users.set(urn, (users.get(urn) ?? new Set()).add(graph));
    }
  }
  return users;
}

function appItem(
  app: PlannedApp,
  picture: Html,
  findings: readonly NumberedFinding[],
  open: boolean,
): Html {
  const { name, namespace, workload } = app;
  const severity = gravest(findings);
  const facts = joinDotted(
    `namespace ${namespace}`,
    workload.replicas === undefined
      ? workload.kind
      : `${workload.kind} of ${counted(workload.replicas, "replica")}`,
  );
  return html`<li>
    <details class="card" ${open ? html` open` : undefined}>
      <summary>
        <b>${name}</b> <span class="q">${facts}</span> ${
          severity === undefined
            ? undefined
            : html`<span class="chip ${severity}"
                >${SYMBOL[severity]} ${counted(findings.length, "finding")}</span
              >`
        }
      </summary>
      <div class="app">
        <div>
          <h3>The chain</h3>
          <div
            class="scroll"
            tabindex="0"
            role="region"
            aria-label="Picture of the chain of ${namespace}/${name}"
          >
            ${picture}
          </div>
        </div>
        <div>
          <h3>What the pod will see</h3>
          ${podView(app)}
        </div>
      </div>
    </details>
  </li>`;
}
