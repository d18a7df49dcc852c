"""Runs programs and measures their CPU time and memory."""

import os
import re
import resource
import signal
import subprocess
import tempfile


class Ran:
    """The output and the cost of a program that has ended. The limit is the CPU time of each process, in seconds."""

    def __init__(self, command, folder, environment=None, limit=None):
        def prepare():
            if limit:
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                list(map(str, command)),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                preexec_fn=prepare,
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            self.text = said.read().decode(errors="replace")
        if process.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
            self.text += f"\nerror: killed after {usage.ru_utime + usage.ru_stime:.0f} s of CPU time"
        self.ok = process.returncode == 0
        self.cpu = usage.ru_utime + usage.ru_stime
        self.mib = usage.ru_maxrss / 1024

    def cost(self):
        return cost(self.cpu, self.mib)


def cost(cpu, mib):
    return f"{cpu:.1f} s, {mib:.0f} MiB"


def first_complaint(text):
    """Returns the first line of an error, or the message of a panic."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if re.match(r"(error|warning|gen fail)(\[|:)", line, re.IGNORECASE):
            return line
        if "panicked at" in line:
            return f"panic: {lines[number + 1] if number + 1 < len(lines) else line}"
    return text.strip()[-200:]
