#!/usr/bin/python3
"""How soon the prompt is ready, beside sqlite3's in the same run, and what it holds.

usage: prompt.py TEND [ROWS]

Spawned on a terminal, from fork to the prompt's bytes, on a database of ROWS people, with
the plugins that ship; A B A B ..., medians. Numbers are printed, never asserted.
"""
import os
import pty
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

tend = os.path.abspath(sys.argv[1])
rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
home = tempfile.mkdtemp(prefix="tend-bench-")
env = {k: v for k, v in os.environ.items() if not k.startswith("TEND_")}
env.update(HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, XDG_STATE_HOME=home, LANG="C.UTF-8",
           TZ="UTC", TERM="xterm-256color", INPUTRC="/dev/null", PAGER="cat",
           TEND_DB=os.path.join(home, "people.db"))


def spawn(argv, prompt):
    """Seconds until the prompt, and the MiB that it holds then."""
    start = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, env)
    seen = b""
    while not re.search(prompt, seen) and select.select([fd], [], [], 20)[0]:
        seen += os.read(fd, 65536)
    spent = time.perf_counter() - start
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        held = int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024
    os.kill(pid, signal.SIGKILL)
    os.close(fd)
    os.waitpid(pid, 0)
    return spent, held


try:
    people = os.path.join(home, "people.csv")
    with open(people, "w", encoding="utf-8") as out:
        out.write("name,email\n")
        out.writelines(f"Person {i},p{i}@example.com\n" for i in range(rows))
    subprocess.run([tend, "import", people], env=env, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([tend, "tick"], env=env, check=True, stdout=subprocess.DEVNULL)
    ours, floor = [], []
    for _ in range(31):
        ours.append(spawn([tend], rb"tend[^\n]*> $"))
        floor.append(spawn(["sqlite3", env["TEND_DB"]], rb"sqlite> $"))
    a, b = (statistics.median(t for t, _ in runs) * 1000 for runs in (ours, floor))
    print(f"prompt   {a:9.1f} ms   floor {b:9.1f} ms   ratio {a / b:5.2f}   (aim 20 ms)   {rows} people")
    held = statistics.median(m for _, m in ours)
    print(f"held     {held:9.1f} MiB  floor {statistics.median(m for _, m in floor):9.1f} MiB   (aim 12 MiB)")
finally:
    shutil.rmtree(home, ignore_errors=True)
