import { main } from "@pulumi/pulumi/provider";
import { provider } from "./provider";

void main(provider, process.argv.slice(2));
