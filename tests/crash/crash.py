#!/usr/bin/python3
"""Pulls the plug 100 times while people are imported, touches logged and batches
undone; after each time the database must open, `check` must be clean, and every
batch whose command had said it was done must be there, and be undone or not as
its command said.

usage: crash.py TEND kill|power POWER_VFS [SEED]

kill   the process is killed with SIGKILL at a moment drawn from a seed
power  it also loses the writes that were not synced (power_vfs.c); and, so that this
       proves something, a database that does not sync is seen to lose what it said
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROUNDS = 100
tend, how, shim = os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 20261121
chance = random.Random(seed)
home = tempfile.mkdtemp(prefix="tend-crash-")
database = os.path.join(home, "crash.db")
# The loader takes a space for the end of a name: the folder of the build may have one.
shim = shutil.copy(shim, os.path.join(home, "power_vfs.so"))
clean = {k: v for k, v in os.environ.items() if not k.startswith("TEND_") and k != "LD_PRELOAD"}
clean.update(HOME=home, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data",
             XDG_STATE_HOME=home + "/state", TZ="UTC", LANG="C.UTF-8")


def command(*words):
    return [tend, "--db", database, "--json", "--yes", "--now", "2026-11-21T10:00:00Z", *words]


def run(*words):
    return subprocess.run(command(*words), env=clean, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)


def leads(number, rows):
    path = os.path.join(home, f"leads-{number}.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("Name,Email,Phone\n")
        for i in range(rows):
            out.write(f"Person{number} Sample{i},p{number}.{i}@example.com,"
                      f"+1 555 {number % 1000:03d} {i % 10000:04d}\n")
    return path


def draw_command(number):
    kind = chance.choice(["import", "import", "log", "log", "undo", "add"])
    if kind == "import":
        return command("import", leads(number, chance.choice([20, 300, 1500])))
    if kind == "log":
        if run("count", "email:sam@example.com").stdout.find('"count":0') >= 0:
            run("add", "Sam Sample", "email=sam@example.com")       # an undo took him back
        return command("log", "sam@example.com", "presentation", f"touch {number}")
    if kind == "undo":
        return command("undo", "--yes")
    return command("add", f"Person{number} Added", f"email=added{number}@example.com")


failures = []
acknowledged = {}       # batch -> is it undone? None: not known (its undo was cut off)
killed = 0


def check(number, what):
    seen = run("check")
    if seen.returncode != 0:
        failures.append(f"round {number} ({what}): check: {seen.stdout} {seen.stderr}")
        return
    history = run("history", "--most", "100000")
    if history.returncode != 0:
        failures.append(f"round {number} ({what}): history: {history.stderr}")
        return
    batches = {b["batch"]: b for b in json.loads(history.stdout)}
    for batch, undone in acknowledged.items():
        if batch not in batches:
            failures.append(f"round {number} ({what}): batch {batch} was acknowledged and is gone")
        elif undone is not None and bool(batches[batch].get("undone_by")) != undone:
            failures.append(f"round {number} ({what}): batch {batch} undone={not undone}")
        else:
            acknowledged[batch] = bool(batches[batch].get("undone_by"))


def note(words, text):
    answer = json.loads(text)
    batch = answer.get("batch")
    if not batch:
        return
    if "undo" in words:
        undone = answer.get("undoes")
        if undone in acknowledged:
            acknowledged[undone] = True
    acknowledged[batch] = False


def one(number):
    global killed
    words = draw_command(number)
    env = dict(clean)
    if how == "power":
        env.update(LD_PRELOAD=shim, TEND_POWER_SEED=str(chance.randrange(1 << 30)),
                   TEND_POWER_AT=str(1 + int(chance.expovariate(1 / chance.choice([10, 60, 900])))),
                   ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0")
    process = subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if how == "kill":
        time.sleep(chance.random() ** 2 * 0.25)
        try:
            process.send_signal(signal.SIGKILL)
        except ProcessLookupError:
            pass
    out, err = process.communicate(timeout=60)
    if process.returncode == -signal.SIGKILL:
        killed += 1
        if "undo" in words:     # it may have been done without having said so
            for batch in acknowledged:
                acknowledged[batch] = None if acknowledged[batch] is False else acknowledged[batch]
    if out.strip().endswith(("}", "]")) and process.returncode in (0, -signal.SIGKILL):
        note(words, out)        # what was said before the kill counts as said
    elif process.returncode not in (0, -signal.SIGKILL, 1):
        failures.append(f"round {number}: exit {process.returncode}: {err}")
    if process.returncode == -signal.SIGKILL or number % 10 == 0:
        check(number, words[7])


CARELESS = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA journal_mode = WAL")
base.execute("PRAGMA synchronous = OFF")
base.execute("CREATE TABLE IF NOT EXISTS said (n)")
for n in range(1000):
    base.execute("INSERT INTO said VALUES (?)", (n,))
    print(n, flush=True)
"""


def shim_loses_writes():
    """True if a careless program was caught having lost what it had said."""
    for turn in range(20):
        path = os.path.join(home, f"careless-{turn}.db")
        env = dict(clean, LD_PRELOAD=shim, TEND_POWER_SEED=str(turn + 1), TEND_POWER_AT="60",
                   ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0")
        out = subprocess.run([sys.executable, "-c", CARELESS, path], env=env, capture_output=True,
                             text=True, timeout=60).stdout.split()
        try:
            base = sqlite3.connect(path)
            there = base.execute("SELECT count(*) FROM said").fetchone()[0]
            base.close()
        except sqlite3.DatabaseError:
            return True
        if there < len(out):
            return True
    return False


def main():
    first = run("add", "Sam Sample", "email=sam@example.com")
    if first.returncode != 0:
        print(f"1..1\nnot ok 1 - the first add: {first.stderr}")
        return 1
    number = 0
    while killed < ROUNDS and number < 6 * ROUNDS and len(failures) < 5:
        number += 1
        one(number)
    ok_all = not failures
    ok_killed = killed >= ROUNDS or not ok_all
    ok_shim = how != "power" or shim_loses_writes()
    print("1..3")
    print(f"{'ok' if ok_all else 'not ok'} 1 - {how}: nothing acknowledged is lost, check is clean "
          f"({killed} cut off in {number} commands, seed {seed})")
    for text in failures:
        print("# " + text.replace("\n", " "))
    print(f"{'ok' if ok_killed else 'not ok'} 2 - {how}: {killed} commands were cut off")
    print(f"{'ok' if ok_shim else 'not ok'} 3 - {how}: a program that does not sync is caught")
    if ok_all:
        shutil.rmtree(home)
    else:
        print(f"# left in {home}")
    return 0 if ok_all and ok_killed and ok_shim else 1


sys.exit(main())
