// Holds the code against the rooms of scripts/rooms.cjs: `npm run check:imports`.
"use strict";

const { ROOMS } = require("./scripts/rooms.cjs");

/** Everything may be imported from here. */
const FREE = "tests|bench|scripts|examples";

const pattern = (room) =>
  /[.](?:ts|json)$/.test(room) ? `^${room.replace(".", "[.]")}$` : `^${room}/`;

const forbidden = [
  { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
  {
    name: "not-resolvable",
    severity: "error",
    from: { path: "^(launch|components|preflight|local|stack|functions)/" },
    to: { couldNotResolve: true },
  },
  ...ROOMS.map(([room, , allowed]) => ({
    name: `from-${room.replaceAll("/", "-")}`,
    severity: "error",
    comment: `${room} may import ${allowed.join(", ") || "nothing of the project"}`,
    from: { path: pattern(room) },
    to: {
      path: `^(index[.]ts$|(launch|stack|components|preflight|local|functions|${FREE})/)`,
      pathNot: [room, ...allowed].map(pattern),
    },
  })),
  {
    name: "no-spec-imports-a-spec",
    severity: "error",
    comment: "Its tests would run twice.",
    from: { path: "[.]spec[.]ts$" },
    to: { path: "[.]spec[.]ts$" },
  },
  {
    name: "components-by-their-index",
    severity: "error",
    comment: "What the library does not export is nobody else's.",
    from: { pathNot: "^(components|tests)/" },
    to: {
      path: "^components/",
      // The plugin is no part of the library: scripts make its schema.
      pathNot: "^components/(index[.]ts|package[.]json|plugin/face[.]ts)$",
    },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: {
      path: "^(node_modules|coverage|reports|[.]stryker-tmp|[.]local|examples/hand-written|[^/]+/dist/)",
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".cjs", ".js", ".json", ".d.cts"] },
  },
};
