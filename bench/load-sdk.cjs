// What a plugin that serves nothing would cost.
"use strict";

require("@pulumi/pulumi");
