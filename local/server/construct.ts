import * as grpc from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import * as resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { version as awsVersion } from "@pulumi/aws/package.json";
import { isResourceReference } from "../../preflight/simulation/wire/envelopes";
import { type Properties, UnknownToLocalCloud } from "../../preflight/simulation/models/model";
import { type Construction, remoteComponent } from "./remote-components";
import { properties, struct } from "./struct";

/**
 * Constructs a remote component: registers it and its children with the engine, and returns its
 * outputs.
 */
export async function construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
  const build = remoteComponent(request.getType());
  if (build === undefined) throw new UnknownToLocalCloud("resource type", request.getType());
  const monitor = new resourceGrpc.ResourceMonitorClient(
    request.getMonitorendpoint(),
    grpc.credentials.createInsecure(),
    { "grpc.max_receive_message_length": -1 },
  );
  try {
    const inputs = await hydrated(monitor, properties(request.getInputs()));
    const component = await register(monitor, componentRequest(request));
    const urn = component.getUrn();
    const children: string[] = [];
    const construction: Construction = {
      name: request.getName(),
      inputs,
      child: async (type, name, childInputs) => {
        const made = await register(
          monitor,
          childRequest(request, urn, children, { type, name, inputs: childInputs }),
        );
        children.push(made.getUrn());
        return { id: made.getId(), ...properties(made.getObject()) };
      },
    };
    const outputs = struct(await build(construction));
    await call(
      monitor.registerResourceOutputs.bind(monitor),
      new resource.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(outputs),
    );
    const response = new proto.ConstructResponse().setUrn(urn).setState(outputs);
    for (const key of Object.keys(outputs.toJavaScript())) {
      const dependencies = new proto.ConstructResponse.PropertyDependencies();
      response.getStatedependenciesMap().set(key, dependencies.setUrnsList(children));
    }
    return response;
  } finally {
    monitor.close();
  }
}

function componentRequest(request: proto.ConstructRequest): resource.RegisterResourceRequest {
  const message = base(request.getType(), request.getName(), request.getParent())
    .setCustom(false)
    .setProtect(request.getProtect() ?? false)
    .setDependenciesList(request.getDependenciesList());
  request.getProvidersMap().forEach((provider, name) => {
    message.getProvidersMap().set(name, provider);
  });
  return message;
}

function childRequest(
  request: proto.ConstructRequest,
  parent: string,
  siblings: readonly string[],
  child: { readonly type: string; readonly name: string; readonly inputs: Properties },
): resource.RegisterResourceRequest {
  const dependencies = new Set([...request.getDependenciesList(), ...siblings]);
  request.getInputdependenciesMap().forEach((value) => {
    for (const urn of value.getUrnsList()) dependencies.add(urn);
  });
  return (
    base(child.type, child.name, parent)
      .setCustom(true)
      .setObject(struct(child.inputs))
      .setProtect(request.getProtect() ?? false)
      // Without the version the engine would start a second default provider for it.
      .setVersion(awsVersion)
      .setProvider(request.getProvidersMap().get("aws") ?? "")
      .setDependenciesList([...dependencies])
  );
}

const base = (type: string, name: string, parent: string): resource.RegisterResourceRequest =>
  new resource.RegisterResourceRequest()
    .setType(type)
    .setName(name)
    .setParent(parent)
    .setObject(struct({}))
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setSupportspartialvalues(true);

/** A call of the engine that asks for the construction, as a promise. */
const call = <Request, Response>(
  method: (
    request: Request,
    done: (error: grpc.ServiceError | null, response: Response) => void,
  ) => unknown,
  request: Request,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    method(request, (error, response) => (error === null ? resolve(response) : reject(error)));
  });

const register = (
  monitor: resourceGrpc.ResourceMonitorClient,
  request: resource.RegisterResourceRequest,
): Promise<resource.RegisterResourceResponse> =>
  call(monitor.registerResource.bind(monitor), request);

/** Inputs with the outputs of a resource in place of a reference to it. */
async function hydrated(
  monitor: resourceGrpc.ResourceMonitorClient,
  inputs: Properties,
): Promise<Properties> {
  const entries = Object.entries(inputs).map(async ([key, value]) => {
    const given = isResourceReference(value) ? await outputsOf(monitor, String(value.urn)) : value;
    return [key, given] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function outputsOf(
  monitor: resourceGrpc.ResourceMonitorClient,
  urn: string,
): Promise<Properties> {
  const message = new resource.ResourceInvokeRequest()
    .setTok("pulumi:pulumi:getResource")
    .setArgs(struct({ urn }))
    .setAcceptresources(true);
  const response: proto.InvokeResponse = await call(monitor.invoke.bind(monitor), message);
  return (properties(response.getReturn()).state ?? {}) as Properties;
}
