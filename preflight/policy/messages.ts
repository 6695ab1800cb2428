import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { EngineResource } from "../engine/resource";
import type { Severity } from "../doctor/findings";
import { printable } from "../plan/report/printable";
import {
  type Configuration,
  type Enforcement,
  enforcementOf,
  POLICIES,
  type Policy,
} from "./enforcement";
import type { Violation } from "./judge";

/** What a pack says of itself. */
export interface Pack {
  readonly name: string;
  readonly version: string;
}

const LEVELS: Readonly<Record<Enforcement, analyzer.EnforcementLevel>> = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
};

const SEVERITIES: Readonly<Record<Severity, analyzer.PolicySeverity>> = {
  error: analyzer.PolicySeverity.POLICY_SEVERITY_HIGH,
  warning: analyzer.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  note: analyzer.PolicySeverity.POLICY_SEVERITY_LOW,
};

/** Every rule, with why it is one, the remedy, and where the behaviour is documented. */
export function infoMessage({ name, version }: Pack): analyzer.AnalyzerInfo {
  const info = new analyzer.AnalyzerInfo();
  info.setName(name);
  info.setDisplayname("eks-db-secrets");
  info.setDescription(
    "What is wrong with the way of a database password to its pods on Amazon EKS",
  );
  info.setVersion(version);
  info.setSupportsconfig(true);
  info.setPoliciesList(POLICIES.map(policyMessage));
  return info;
}

function policyMessage({ id, severity, why, remedy, source }: Policy): analyzer.PolicyInfo {
  const policy = new analyzer.PolicyInfo();
  policy.setName(id);
  policy.setDisplayname(id);
  policy.setDescription(why);
  policy.setMessage(remedy);
  policy.setRemediationSteps(remedy);
  policy.setUrl(source);
  policy.setEnforcementlevel(LEVELS[enforcementOf(severity)]);
  policy.setSeverity(SEVERITIES[severity]);
  policy.setPolicyType(analyzer.PolicyType.POLICY_TYPE_STACK);
  return policy;
}

/** The rules whose enforcement the engine sends; it fills in the pack's own for the others. */
export function configurationOf(request: analyzer.ConfigureAnalyzerRequest): Configuration {
  const names = Object.fromEntries(
    Object.entries(analyzer.EnforcementLevel).map(([name, level]) => [level, name.toLowerCase()]),
  );
  return new Map(
    request
      .getPolicyconfigMap()
      .getEntryList()
      .map(([id]) => id)
      .flatMap((id) => {
        const level = request.getPolicyconfigMap().get(id)?.getEnforcementlevel();
        return level === undefined ? [] : [[id, names[level] ?? String(level)] as const];
      }),
  );
}

export function violationsMessage(
  violations: readonly Violation[],
  { name, version }: Pack,
): analyzer.AnalyzeResponse {
  const response = new analyzer.AnalyzeResponse();
  response.setDiagnosticsList(
    violations.map((violation) => {
      const { id, severity, enforcement, urn } = violation;
      const diagnostic = new analyzer.AnalyzeDiagnostic();
      diagnostic.setPolicyname(id);
      diagnostic.setPolicypackname(name);
      diagnostic.setPolicypackversion(version);
      diagnostic.setDescription(POLICIES.find((rule) => rule.id === id)?.why ?? "");
      diagnostic.setMessage(textOf(violation));
      diagnostic.setEnforcementlevel(LEVELS[enforcement]);
      diagnostic.setSeverity(SEVERITIES[severity]);
      if (urn !== undefined) diagnostic.setUrn(urn);
      return diagnostic;
    }),
  );
  return response;
}

const textOf = ({ message, remedy }: Violation): string =>
  [message, remedy].flatMap((line) => (line === undefined ? [] : printable(line))).join("\n");

/** A resource of `analyzeStack`, which brings outputs; the inputs came before, one by one. */
export function resourceOf(message: analyzer.AnalyzerResource, inputs?: unknown): EngineResource {
  const options = message.getOptions();
  const [urn, type] = [message.getUrn(), message.getType()];
  const provider = message.getProvider()?.getUrn();
  const parent = message.getParent() || options?.getParent();
  const outputs = message.getProperties()?.toJavaScript() ?? {};
  return {
    ...{ urn, type, outputs },
    // Components have no provider; providers have none themselves.
    custom: provider !== undefined || type.startsWith("pulumi:providers:"),
    ...(parent && { parent }),
    ...(provider !== undefined && { provider }),
    protect: options?.getProtect() ?? false,
    retainOnDelete: false,
    deleteBeforeReplace: options?.getDeletebeforereplace() ?? false,
    ignoreChanges: options?.getIgnorechangesList() ?? [],
    aliases: options?.getAliasesList() ?? [],
    dependencies: message.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      message
        .getPropertydependenciesMap()
        .getEntryList()
        .map(([property]) => [
          property,
          message.getPropertydependenciesMap().get(property)?.getUrnsList() ?? [],
        ]),
    ),
    inputs: inputs ?? outputs,
  };
}

/** The provider that a resource has, as a resource: a state without one of its own still tells of it. */
export function providerOf(message: analyzer.AnalyzerResource): EngineResource | undefined {
  const provider = message.getProvider();
  if (provider === undefined) return undefined;
  const properties = provider.getProperties()?.toJavaScript() ?? {};
  return {
    urn: provider.getUrn(),
    type: provider.getType(),
    custom: true,
    ...{ protect: false, retainOnDelete: false, deleteBeforeReplace: false },
    ...{ ignoreChanges: [], aliases: [], dependencies: [], propertyDependencies: {} },
    ...{ inputs: properties, outputs: properties },
  };
}
