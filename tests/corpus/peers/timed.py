#!/usr/bin/env python3
"""A wrapper for rustc: runs the compiler and appends the cost of the crate `TIMED_CRATE` to the file `TIMED_INTO`."""

import os
import subprocess
import sys

command = sys.argv[1:]
process = subprocess.Popen(command, close_fds=False)  # cargo shares its job server through file descriptors
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
if ("--crate-name", os.environ["TIMED_CRATE"]) in zip(command, command[1:]):
    with open(os.environ["TIMED_INTO"], "a", encoding="utf-8") as file:
        file.write(f"{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}\n")
sys.exit(process.returncode if process.returncode >= 0 else 128 - process.returncode)
