import * as dagre from "@dagrejs/dagre";
import type { ChainGraph } from "./chain-graph";

export const NODE = { width: 300, height: 50 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Centres, in the order of the graph's nodes. */
  readonly nodes: readonly Point[];
  /** Points from station to station, in the order of the graph's edges. */
  readonly edges: readonly (readonly Point[])[];
}

/**
 * What is used of dagre. Its own declarations cannot be read here: they import their neighbours
 * without a file extension, which an ES module must have.
 */
interface Dagre {
  readonly Graph: new () => DagreGraph;
  readonly layout: (graph: DagreGraph) => void;
}

interface DagreGraph {
  setGraph(options: Readonly<Record<string, string | number>>): void;
  setDefaultEdgeLabel(label: () => object): void;
  setNode(id: string, size: { width: number; height: number }): void;
  setEdge(from: string, to: string): void;
  graph(): { readonly width?: number; readonly height?: number };
  node(id: string): Point;
  edge(from: string, to: string): { readonly points: readonly Point[] };
}

const { Graph, layout: place } = dagre as unknown as Dagre;

const MARGIN = 4;

/** Places chains from top to bottom. Chains of one shape, which most are, are placed once. */
export function placer(): (graph: ChainGraph) => Layout {
  const known = new Map<string, Layout>();
  return ({ nodes, edges }) => {
    const numbers = new Map(nodes.map(({ id }, number) => [id, number]));
    const pairs = edges.map(({ from, to }): readonly [number, number] => [
      numbers.get(from.id) ?? 0,
      numbers.get(to.id) ?? 0,
    ]);
    const shape = JSON.stringify([nodes.length, pairs]);
    const placed = known.get(shape) ?? placedShape(nodes.length, pairs);
    known.set(shape, placed);
    return placed;
  };
}

function placedShape(count: number, pairs: readonly (readonly [number, number])[]): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", ranksep: 38, nodesep: 20, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (let number = 0; number < count; number++) graph.setNode(String(number), { ...NODE });
  for (const [from, to] of pairs) graph.setEdge(String(from), String(to));
  place(graph);
  const { width = 0, height = 0 } = graph.graph();
  const nodes = Array.from({ length: count }, (_, number) => point(graph.node(String(number))));
  const edges = pairs.map(([from, to]) => {
    const { points } = graph.edge(String(from), String(to));
    return points.map(point);
  });
  return { width: Math.ceil(width), height: Math.ceil(height), nodes, edges };
}

const point = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
