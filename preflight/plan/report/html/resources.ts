import { counts, type PlannedResource, type ResourceTree, trees } from "../../inventory";
import { shortType } from "../resource-tree";
import { counted } from "../style";
import { html, type Html } from "./html";
import { searchField } from "./search-field";

/** With more resources than this, components start closed. */
const OPEN_UP_TO = 150;

/** The resources as a tree of parents and children, with a search. */
export function resourcesSection(all: readonly PlannedResource[]): Html {
  const { resources, components, remote } = counts(all);
  const summary = [
    counted(resources, "resource"),
    counted(components, "component"),
    ...(remote > 0 ? [counted(remote, "remote component")] : []),
  ].join(", ");
  const open = all.length <= OPEN_UP_TO;
  return html`<section id="resources">
    <h2>Resources</h2>
    <p class="q">${summary}</p>
    ${searchField("Search resources by type or name", "tree")}
    <ul class="tree" id="tree">
      ${trees(all).map((tree) => branch(tree, open))}
    </ul>
  </section>`;
}

function branch({ resource, children, resources }: ResourceTree, open: boolean): Html {
  const label = html`<code>${shortType(resource.type)}</code> ${resource.name}${
      resource.protect ? html` <span class="chip">protected</span>` : undefined
    }${resource.remote ? html` <span class="chip">remote</span>` : undefined}`;
  if (children.length === 0) return html`<li>${label}</li>`;
  return html`<li><details${open ? html` open` : undefined}><summary>${label} <span class="q">${counted(resources, "resource")}</span></summary><ul>${children.map((child) => branch(child, open))}</ul></details></li>`;
}
