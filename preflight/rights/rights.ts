import type { DoctorContext } from "../doctor/facts";
import type { Registration } from "../simulation/mocks/run";
import { Arns, type Resource } from "./arns";
import { opened } from "../doctor/facts/location";
import { at } from "../simulation/wire/values";
import { remoteComponent } from "./components";
import { FUNCTIONS, type Grant, type Row, TYPES } from "./table";

/** One action on one resource: what policies are made of. */
export interface Right {
  readonly action: string;
  readonly resource: string;
  readonly sid?: string;
  readonly condition?: Condition;
}

/** The request must have one of the values under the key. */
export interface Condition {
  readonly operator: "StringEquals" | "StringLike" | "ArnLike";
  readonly key: string;
  readonly value: string;
}

/** What a stack takes of AWS, for each job that is done to it. */
export interface StackRights {
  /** To bring it up, to change it and to destroy it. */
  readonly deploy: readonly Right[];
  /** What a preview asks of AWS: the functions that the program calls. */
  readonly preview: readonly Right[];
  /** What a refresh reads besides. */
  readonly refresh: readonly Right[];
  /** Resources and functions whose rights are not known; sorted. */
  readonly unknown: readonly string[];
}

/** Packages whose resources take no rights on AWS. */
const WITHOUT_AWS: ReadonlySet<string> = new Set(["kubernetes", "random", "pulumi"]);

export function stackRights(
  registrations: readonly Registration[],
  called: readonly string[],
  context: DoctorContext,
): StackRights {
  const arns = new Arns(registrations, context);
  const byUrn = new Map(registrations.map((each) => [each.urn, each]));
  const insides = registrations.flatMap(
    (each) => remoteComponent(each.type)?.(each, (urn) => byUrn.get(urn)) ?? [],
  );
  const functions = [...new Set([...called, ...insides.flatMap((each) => each.functions)])];
  const isAnswered = (token: string): boolean =>
    FUNCTIONS[token] !== undefined || WITHOUT_AWS.has(packageOf(token));
  const made: readonly Resource[] = [
    ...registrations.filter(
      ({ type, custom, remote }) =>
        (custom || remote) && !WITHOUT_AWS.has(packageOf(type)) && !remoteComponent(type),
    ),
    ...insides.flatMap(({ resources }) => resources),
  ];
  const granted = made.flatMap((each) => rightsOf(TYPES[each.type] ?? [], each, arns));
  const asked = functions.flatMap((token) => rightsOf(FUNCTIONS[token] ?? [], NO_RESOURCE, arns));
  return {
    deploy: [...asked, ...granted].map(({ right }) => right),
    preview: asked.map(({ right }) => right),
    refresh: granted.filter(({ reads }) => reads).map(({ right }) => right),
    unknown: [
      ...new Set([
        ...made
          .filter(({ type }) => TYPES[type] === undefined)
          .map(({ type, name }) => `${type} ${name}`),
        ...functions.filter((token) => !isAnswered(token)).map((token) => `function ${token}`),
        ...insides.flatMap((each) => each.unknown),
      ]),
    ].sort(),
  };
}

const packageOf = (token: string): string => token.slice(0, token.indexOf(":"));

/** For functions, which are about no resource of the program. */
const NO_RESOURCE: Resource = {
  ...{ type: "", name: "", provider: "" },
  ...{ inputs: {}, outputs: {}, propertyDependencies: {} },
};

interface Granted {
  readonly right: Right;
  readonly reads: boolean;
}

function rightsOf(row: Row, resource: Resource, arns: Arns): readonly Granted[] {
  const given = opened(resource);
  return row
    .filter(({ when }) => when === undefined || isGiven(at(given, ...when.split("."))))
    .flatMap((grant) => [
      ...named(grant, grant.write, false, resource, arns),
      ...named(grant, grant.read, true, resource, arns),
    ]);
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false;

function named(
  { on, only, sid }: Grant,
  actions: string | undefined,
  reads: boolean,
  resource: Resource,
  arns: Arns,
): readonly Granted[] {
  const [service = "", ...names] = (actions ?? "").split(/:? /);
  const region = arns.regionOf(resource);
  const conditions: readonly (Condition | undefined)[] =
    only !== undefined
      ? only.values.map((value) => conditionOf(only.key, arns.fill(value, resource)))
      : on === undefined && region !== undefined && !Arns.isGlobal(service)
        ? [conditionOf("aws:RequestedRegion", region)]
        : [undefined];
  const resources = on?.map((template) => arns.fill(template, resource)) ?? ["*"];
  return names.flatMap((name) =>
    resources.flatMap((arn) =>
      conditions.map((condition) => ({
        reads,
        right: {
          action: `${service}:${name}`,
          resource: arn,
          ...(sid !== undefined && { sid }),
          ...(condition !== undefined && { condition }),
        },
      })),
    ),
  );
}

const conditionOf = (key: string, value: string): Condition => ({
  operator:
    key === "iam:PolicyARN" ? "ArnLike" : value.includes("*") ? "StringLike" : "StringEquals",
  key,
  value,
});
