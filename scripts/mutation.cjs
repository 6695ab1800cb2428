#!/usr/bin/env node
// Mutation test, part by part: each part is run against its own tests only, so that a survivor tells
// what those tests do not see. Names of parts choose some of them.
"use strict";

const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const REPORTS = "reports/mutation";
/** The score that all parts together have to reach, in percent; a part may have a floor of its own. */
const FLOOR = 90;

const PARTS = {
  ...component("secure-database"),
  ...component("csi-secrets-driver"),
  ...component("database-user"),
  ...component("csi-secrets-app"),
  shared: {
    mutate: ["components/shared/*.ts"],
    spec: ["tests/unit/components/shared/*.spec.ts"],
  },
  stack: {
    mutate: ["stack/config/*.ts", "stack/{cidr,kubeconfig,subnet-plan}.ts"],
    spec: ["tests/unit/stack/**/*.spec.ts"],
  },
  "stack-declared": {
    mutate: ["stack/{network,cluster}.ts"],
    spec: ["tests/program/{inventory,variations,order}.spec.ts"],
  },
  delivery: {
    mutate: ["preflight/delivery/**/*.ts"],
    spec: ["tests/unit/preflight/delivery/**/*.spec.ts"],
  },
  iam: {
    mutate: ["preflight/doctor/iam/*.ts"],
    spec: ["tests/unit/preflight/doctor/iam/**/*.spec.ts"],
  },
  doctor: {
    mutate: ["preflight/{doctor,plan/chain}/**/*.ts", "!preflight/doctor/iam/*.ts"],
    spec: ["tests/unit/preflight/{doctor,plan}/**/*.spec.ts"],
  },
  // It can lock an app out. The client of PostgreSQL is held to a real server: tests/functions.
  rotation: {
    mutate: ["functions/rotation/*.ts", "!functions/rotation/{database,index}.ts"],
    spec: ["tests/unit/functions/rotation/**/*.spec.ts"],
    floor: 95,
  },
};

/**
 * A component's decisions, against unit tests, and what makes resources, Outputs and assets, against
 * tests with mocks.
 */
function component(name) {
  const folder = `components/${name}`;
  const declaring = `${folder}/{**/index,inputs,namespace,master-secret,bundle,function-settings,restart/objects,workload/migration}.ts`;
  return {
    [name]: {
      mutate: [`${folder}/**/*.ts`, `!${folder}/args.ts`, `!${declaring}`],
      spec: [`tests/unit/components/${name}/**/*.spec.ts`],
    },
    [`${name}-declared`]: {
      mutate: [declaring],
      spec: [`tests/components/${name}*.spec.ts`, `tests/unit/components/${name}/inputs*.spec.ts`],
    },
  };
}

async function scoreOf(name) {
  const { Stryker } = await import("@stryker-mutator/core");
  const { mutate, spec } = PARTS[name];
  const mutants = await new Stryker({
    testRunner: "mocha",
    mutate,
    mochaOptions: {
      "no-config": true,
      spec,
      // Thousands of draws for each mutant take hours, and catch another one each time.
      ignore: ["**/*-agreement.spec.ts"],
      require: ["ts-node/register/transpile-only", "./tests/support/fast-promises.cjs"],
    },
    coverageAnalysis: "perTest",
    // On a busy machine a slow test is not a caught mutant.
    timeoutMS: 30_000,
    // A constant of a module can be changed only before the module loads: a process per mutant.
    ignoreStatic: true,
    reporters: ["clear-text", "html", "json"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `${REPORTS}/${name}.html` },
    jsonReporter: { fileName: `${REPORTS}/${name}.json` },
    tempDirName: ".stryker-tmp",
    allowConsoleColors: false,
  }).runMutationTest();
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  return {
    name,
    caught: count("Killed", "Timeout"),
    missed: count("Survived", "NoCoverage"),
    ignored: count("Ignored"),
  };
}

const percent = ({ caught, missed }) => ((100 * caught) / (caught + missed)).toFixed(1);

function table(scores) {
  const sum = (key) => scores.reduce((total, score) => total + score[key], 0);
  const total = {
    name: "all",
    caught: sum("caught"),
    missed: sum("missed"),
    ignored: sum("ignored"),
  };
  return {
    total,
    text: [
      "| part | caught | missed | ignored (constants) | score |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...[...scores, total].map(
        (score) =>
          `| ${score.name} | ${score.caught} | ${score.missed} | ${score.ignored} | ${percent(score)} % |`,
      ),
    ].join("\n"),
  };
}

async function main(asked) {
  const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    throw new Error(
      `unknown part ${unknown.join(", ")}; the parts are ${Object.keys(PARTS).join(", ")}`,
    );
  }
  const scores = [];
  for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
    scores.push(await scoreOf(name));
    writeFileSync(join(REPORTS, "scores.md"), `${table(scores).text}\n`);
  }
  const { total, text } = table(scores);
  console.log(`\n${text}`);
  const low = [...scores, total]
    .map((score) => ({
      score,
      floor: PARTS[score.name]?.floor ?? (score.name === "all" ? FLOOR : 0),
    }))
    .filter(({ score, floor }) => percent(score) < floor)
    .map(({ score, floor }) => `${score.name}: ${percent(score)} % is below ${floor} %`);
  if (low.length > 0) throw new Error(low.join("; "));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
