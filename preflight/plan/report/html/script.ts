/** What the page does by itself: theme, search, and opening what a link leads to. */
export const SCRIPT = `"use strict";
(() => {
  const root = document.documentElement;
  const toggle = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const say = () => { toggle.textContent = dark() ? "Use light theme" : "Use dark theme"; };
  const stored = (act) => {
    // A page opened from a file may have no storage.
    try { return act(localStorage); } catch { return null; }
  };
  const theme = stored((storage) => storage.getItem("plan-theme"));
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  toggle.hidden = false;
  say();
  system.addEventListener("change", say);
  toggle.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    stored((storage) => storage.setItem("plan-theme", root.dataset.theme));
    say();
  });

  // An item is found by its own words and those of what it is in.
  function filter(item, words, outer, tally) {
    const details = item.querySelector(":scope > details");
    const label = details ? details.querySelector(":scope > summary") : item;
    const text = outer + " " + label.textContent.toLowerCase();
    const own = words.every((word) => text.includes(word));
    const inner = details && details.querySelector(":scope > ul");
    let shown = own;
    if (inner) {
      for (const child of inner.children) if (filter(child, words, text, tally)) shown = true;
      if (details.dataset.was === undefined) details.dataset.was = String(details.open);
      details.open = words.length > 0 ? shown : details.dataset.was === "true";
      if (words.length === 0) delete details.dataset.was;
    } else if (own) tally.found += 1;
    item.hidden = !shown;
    return shown;
  }
  for (const input of document.querySelectorAll("input[data-list]")) {
    const field = input.closest(".search");
    const output = field.querySelector("output");
    const list = document.getElementById(input.dataset.list);
    field.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const tally = { found: 0 };
      for (const item of list.children) filter(item, words, "", tally);
      output.value = words.length > 0 ? tally.found + " found" : "";
    });
  }

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const own = target.querySelector(":scope > details");
    for (let up = own || target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    target.tabIndex = -1;
    target.scrollIntoView();
    target.focus();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
`;
