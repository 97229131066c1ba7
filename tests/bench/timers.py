#!/usr/bin/python3
"""Timers a second through a Lua policy that makes a task, beside a bare loop that writes the same.

usage: timers.py TEND [TIMERS]

A tag on TIMERS people (100,000) leaves a timer each; `tend tick` answers them all: per timer
one call into Lua, a task, a decision (why), the task's instants, and the timer's row gone.

The floor starts from a copy of the database as it was before the tick, and writes into it the very
rows that the tick has written (read from its result beforehand, not counted): in the same batches,
each a BEGIN IMMEDIATE ... COMMIT with the same pragmas (WAL, synchronous FULL), prepared statements,
one insert a row into task, decision and task_due with all their indexes, one DELETE a timer, and the
batch, journal (its blobs as they are) and counter rows once a batch. It reads nothing, decides
nothing, calls no Lua, and has no savepoints. It runs by executemany of Python's sqlite3, which binds
row by row: some microseconds a row that a loop in C would not have.
"""
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

tend = os.path.abspath(sys.argv[1])
rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
home = tempfile.mkdtemp(prefix="tend-bench-")
env = {k: v for k, v in os.environ.items() if not k.startswith("TEND_")}
env.update(HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, XDG_STATE_HOME=home,
           LANG="C.UTF-8", TZ="UTC")
base = os.path.join(home, "people.db")
plugins = os.path.join(home, "plugins")
COMMAND = [tend, "--db", base, "--now", "2026-11-21T10:00:00Z", "--plugin-dir", plugins]
POLICY = """\
return {
  policy = "welcome", version = "1.0.0", license = "0BSD", summary = "Says hello to everybody new",
  on = { "person.changed" },
  run = function(ctx, event)
    return { task = "Say hello", key = "hello", window = "1d..3d" }
  end,
}
"""


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(*words):
    start, work = time.perf_counter(), children()
    done = subprocess.run([*COMMAND, *words], env=env, capture_output=True, text=True)
    spent = time.perf_counter() - start, children() - work
    if done.returncode:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}: {done.stderr}")
    return spent


def prepare():
    os.mkdir(plugins)
    with open(os.path.join(plugins, "welcome.lua"), "w", encoding="utf-8") as out:
        out.write(POLICY)
    csv = os.path.join(home, "people.csv")
    with open(csv, "w", encoding="utf-8") as out:
        out.write("Name,E-mail\n")
        out.writelines(f"Person {i},person{i}@example.com\n" for i in range(rows))
    run("--yes", "import", csv)
    run("--yes", "tag", "--where", "import:1", "+new")      # an import asks no policy, this does
    link = sqlite3.connect(base)
    link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    link.close()
    shutil.copy(base, base + ".before")


def written():
    """What the tick wrote, batch by batch."""
    link = sqlite3.connect(base)
    old = sqlite3.connect(base + ".before")
    first = old.execute("SELECT max(id) FROM batch").fetchone()[0]
    known = old.execute("SELECT max(id) FROM journal").fetchone()[0]
    timers = [r[0] for r in old.execute("SELECT id FROM timer ORDER BY due_at, id")]
    counter = dict(link.execute("SELECT name, next FROM counter"))
    out, at = [], 0
    tables = {t: [c[1] for c in link.execute(f"PRAGMA table_info({t})")]
              for t in ("task", "decision", "task_due", "journal", "batch")}
    for (batch,) in link.execute("SELECT id FROM batch WHERE id > ? ORDER BY id", (first,)).fetchall():
        part = {t: link.execute(f"SELECT * FROM {t} WHERE rev = ? ORDER BY id", (batch,)).fetchall()
                for t in ("task", "decision")}
        span = part["task"][0][0], part["task"][-1][0]
        part["task_due"] = link.execute("SELECT * FROM task_due WHERE task BETWEEN ? AND ?", span).fetchall()
        part["journal"] = link.execute("SELECT * FROM journal WHERE batch = ? AND id > ?",
                                       (batch, known)).fetchall()
        part["batch"] = link.execute("SELECT * FROM batch WHERE id = ?", (batch,)).fetchall()
        n = len(part["task"])
        part["timer"] = [(i,) for i in timers[at:at + n]]
        at += n
        out.append(part)
    assert at == len(timers), "every timer made one task"
    return tables, out, list(counter.items())


def floor():
    tables, batches, counter = written()
    copy = base + ".floor"
    shutil.copy(base + ".before", copy)
    link = sqlite3.connect(copy, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536",
                   "mmap_size = 268435456", "temp_store = MEMORY"):
        link.execute("PRAGMA " + pragma)
    inserts = {t: f"INSERT INTO {t} VALUES ({','.join('?' * len(c))})" for t, c in tables.items()}
    start, work = time.perf_counter(), time.process_time()
    for part in batches:
        link.execute("BEGIN IMMEDIATE")
        link.executemany("DELETE FROM timer WHERE id = ?", part["timer"])
        for table in tables:
            link.executemany(inserts[table], part[table])
        link.executemany("UPDATE counter SET next = ?2 WHERE name = ?1", counter)
        link.execute("COMMIT")
    spent = time.perf_counter() - start, time.process_time() - work
    link.close()
    return spent, len(batches)


def main():
    prepare()
    ours = run("tick")
    bare, batches = floor()
    for name, i in (("timers", 0), ("cpu", 1)):
        print(f"{name:8} {rows / ours[i]:9.0f} a second   floor {rows / bare[i]:9.0f}   "
              f"ratio {bare[i] / ours[i]:5.2f}   (aim 0.6)", flush=True)
    print(f"{rows} timers in {batches} batches; cpu: by the time of the processor, which other "
          "work on the machine disturbs less")
    shutil.rmtree(home)


main()
