import type { PlannedResource } from "../../inventory";
import { shortType } from "../resource-tree";
import { counted } from "../style";
import { creationOrder } from "./creation-order";
import { html, type Html } from "./html";

/** In which order the resources are created, and the longest way through. */
export function orderSection(resources: readonly PlannedResource[]): Html {
  const { steps, criticalPath } = creationOrder(resources);
  return html`<section id="order">
    <h2>Order of creation</h2>
    <p class="q">
      ${counted(steps.length, "step")}: each waits for the one before, what shares a step is created
      at the same time. Counted in steps, not in minutes.
    </p>
    <h3>Critical path</h3>
    <ol class="path">
      ${criticalPath.map(
        ({ type, name }) => html`<li><code>${shortType(type)}</code> ${name}</li>`,
      )}
    </ol>
    <details>
      <summary>All steps</summary>
      <ol>
        ${steps.map((step) => html`<li>${byType(step)}</li>`)}
      </ol>
    </details>
  </section>`;
}

function byType(step: readonly PlannedResource[]): Html {
  const types = [...new Set(step.map(({ type }) => type))].sort();
  return html`<ul>
    ${types.map((type) => {
      const names = step.filter((each) => each.type === type).map(({ name }) => name);
      return html`<li><code>${shortType(type)}</code> ${names.join(", ")}</li>`;
    })}
  </ul>`;
}
