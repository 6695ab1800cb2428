// The SDK takes a stack trace for each of its promises, to name those that never settle. Nothing in
// the tests reads it, and ts-node maps every frame of it: four fifths of a program's time under test.
"use strict";

require("@pulumi/pulumi/runtime/debuggable").debuggablePromise = (promise) => promise;
