import type * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { nameOf, typeOf } from "../../preflight/simulation/wire/urn";
import type { Properties } from "../../preflight/simulation/models/model";
import { construct } from "./construct";
import { type LocalCloud, type Named, Unready } from "./local-cloud";
import { initFailure, statusOf } from "./status";
import { plain } from "./store";
import { properties, struct } from "./struct";

/** The gRPC service of a Pulumi provider for one package, on a local cloud. */
export function providerService(
  cloud: LocalCloud,
  version: string,
): grpc.UntypedServiceImplementation {
  const handlers: Record<string, (request: never) => unknown> = {
    handshake: handshakeResponse,
    attach: () => new Empty(),
    cancel: () => new Empty(),
    getPluginInfo: () => new plugin.PluginInfo().setVersion(version),
    checkConfig: (request: proto.CheckRequest) =>
      new proto.CheckResponse().setInputs(request.getNews()),
    diffConfig,
    configure: () =>
      new proto.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true),
    check: (request: proto.CheckRequest) => check(cloud, request),
    diff: (request: proto.DiffRequest) => diff(cloud, request),
    create: (request: proto.CreateRequest) => create(cloud, request),
    read: (request: proto.ReadRequest) => read(cloud, request),
    update: (request: proto.UpdateRequest) => update(cloud, request),
    delete: async (request: proto.DeleteRequest) => {
      await cloud.delete(named(request), request.getId());
      return new Empty();
    },
    invoke: (request: proto.InvokeRequest) =>
      new proto.InvokeResponse().setReturn(
        struct(cloud.invoke(request.getTok(), properties(request.getArgs()))),
      ),
    construct,
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([method, handler]) => [method, answering(handler)]),
  );
}

/** A gRPC method that answers with the result of `handler`, or with its error. */
function answering(handler: (request: never) => unknown): grpc.UntypedHandleCall {
  const answer: grpc.handleUnaryCall<never, unknown> = (call, respond) => {
    Promise.resolve()
      .then(() => handler(call.request))
      .then(
        (response) => respond(null, response),
        (error: unknown) => respond(statusOf(error)),
      );
  };
  return answer as grpc.UntypedHandleCall;
}

function handshakeResponse(): proto.ProviderHandshakeResponse {
  return new proto.ProviderHandshakeResponse()
    .setAcceptSecrets(true)
    .setAcceptResources(true)
    .setAcceptOutputs(false)
    .setSupportsAutonamingConfiguration(true);
}

function check(cloud: LocalCloud, request: proto.CheckRequest): proto.CheckResponse {
  const olds = request.hasOlds() ? properties(request.getOlds()) : undefined;
  const seven = Buffer.from(request.getRandomseed_asU8()).toString("hex").slice(0, 7);
  const { inputs, failures } = cloud.check(
    named(request),
    olds,
    properties(request.getNews()),
    seven,
  );
  return new proto.CheckResponse()
    .setInputs(struct(inputs))
    .setFailuresList(failures.map((reason) => new proto.CheckFailure().setReason(reason)));
}

function diff(cloud: LocalCloud, request: proto.DiffRequest): proto.DiffResponse {
  const { changes, deleteBeforeReplace } = cloud.diff(
    named(request),
    oldInputs(request),
    properties(request.getNews()),
  );
  const response = new proto.DiffResponse()
    .setChanges(
      changes.length > 0
        ? proto.DiffResponse.DiffChanges.DIFF_SOME
        : proto.DiffResponse.DiffChanges.DIFF_NONE,
    )
    .setHasdetaileddiff(true)
    .setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))])
    .setReplacesList([
      ...new Set(changes.filter(({ replaces }) => replaces).map(({ path }) => topLevel(path))),
    ])
    .setDeletebeforereplace(deleteBeforeReplace);
  for (const { path, kind, replaces } of changes) {
    const [inPlace, replacing] = KINDS[kind];
    const detail = new proto.PropertyDiff().setKind(replaces ? replacing : inPlace);
    response.getDetaileddiffMap().set(path, detail.setInputdiff(true));
  }
  return response;
}

/** Where an older engine does not send them, what it has of the old resource. */
const oldInputs = (request: proto.DiffRequest): Properties =>
  properties(request.hasOldInputs() ? request.getOldInputs() : request.getOlds());

/** A changed provider configuration replaces no resource. */
function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
  const same =
    JSON.stringify(plain(oldInputs(request))) ===
    JSON.stringify(plain(properties(request.getNews())));
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse().setChanges(same ? DIFF_NONE : DIFF_SOME);
}

async function create(
  cloud: LocalCloud,
  request: proto.CreateRequest,
): Promise<proto.CreateResponse> {
  const inputs = properties(request.getProperties());
  if (request.getPreview()) {
    const outputs = cloud.previewCreate(named(request), inputs);
    return new proto.CreateResponse().setProperties(struct(outputs));
  }
  const object = await cloud.create(named(request), inputs).catch(recorded);
  return new proto.CreateResponse().setId(object.id).setProperties(struct(object.outputs));
}

async function update(
  cloud: LocalCloud,
  request: proto.UpdateRequest,
): Promise<proto.UpdateResponse> {
  const news = properties(request.getNews());
  const resource = named(request);
  if (request.getPreview()) {
    const outputs = cloud.previewUpdate(resource, request.getId(), news);
    return new proto.UpdateResponse().setProperties(struct(outputs));
  }
  const object = await cloud.update(resource, request.getId(), news).catch(recorded);
  return new proto.UpdateResponse().setProperties(struct(object.outputs));
}

function read(cloud: LocalCloud, request: proto.ReadRequest): proto.ReadResponse {
  const object = cloud.store.get(named(request).type, request.getId());
  if (object === undefined) return new proto.ReadResponse();
  return new proto.ReadResponse()
    .setId(object.id)
    .setProperties(struct(object.outputs))
    .setInputs(struct(object.inputs));
}

/** A resource that is not ready is recorded in the state along with the failure. */
function recorded(error: unknown): never {
  throw error instanceof Unready ? initFailure(error) : error;
}

const { Kind } = proto.PropertyDiff;

/** Of a change in place, and of one that replaces the resource. */
const KINDS = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

/** Type and name from the URN; older engines do not send them separately. */
function named(request: { getUrn(): string }): Named {
  const urn = request.getUrn();
  return { urn, type: typeOf(urn), name: nameOf(urn) };
}

const topLevel = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;
