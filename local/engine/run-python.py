"""Runs a Pulumi program in Python: `run-python.py FOLDER`, settings in the environment.

Pulumi's own executor, pulumi-language-python-exec, comes with its releases, not with the package.
"""

import asyncio
import os
import runpy
import sys
import traceback

import pulumi
import pulumi.runtime
from pulumi.runtime.settings import Settings, configure
from pulumi.runtime.stack import run_in_stack

configure(
    Settings(
        project=os.environ["PULUMI_PROJECT"],
        stack=os.environ["PULUMI_STACK"],
        monitor=os.environ["PULUMI_MONITOR"],
        engine=os.environ["PULUMI_ENGINE"],
        parallel=int(os.environ["PULUMI_PARALLEL"]),
        dry_run=os.environ["PULUMI_DRY_RUN"] == "true",
        organization=os.environ["PULUMI_ORGANIZATION"] or "organization",
    )
)
folder = sys.argv[1]
os.chdir(folder)
try:
    asyncio.new_event_loop().run_until_complete(
        run_in_stack(lambda: runpy.run_path(folder, run_name="__main__") and None)
    )
except BaseException as error:
    pulumi.log.error(f"Program failed with an unhandled exception:\n{traceback.format_exc()}")
    sys.stderr.flush()
    # As the executor does: threads of gRPC would keep the process.
    os._exit(32 if isinstance(error, pulumi.RunError) else 1)
