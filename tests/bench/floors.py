#!/usr/bin/python3
"""What tend costs beside what the same work costs at the least, in one run.

usage: floors.py TEND [ROWS]

    count    `tend count`           beside `sqlite3 :memory: .quit`
    import   a CSV of ROWS people   beside sqlite3's .import into a table with two live indexes
    due      50 due of 100,000 open tasks among as many people, process start included
    due 1M   the same of 1,000,000 tasks and people
    greet    bare `tend` on the same: greeting and list of the day
    stop     a Lua policy that loops for ever, takes all memory or asks for os: the whole
             command from start to its message (aim 0.5 s)

Each pair is run in turn (A B A B ...); medians and the ratio of medians are
printed. Numbers are printed, never asserted: a busy machine is no defect.
"""
import os
import random
import shutil
import sqlite3
import statistics
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
NOW = ["--now", "2026-11-21T10:00:00Z"]


def timed(words, stdin=None):
    start = time.perf_counter()
    done = subprocess.run(words, env=env, input=stdin, capture_output=True, text=True)
    spent = time.perf_counter() - start
    if done.returncode not in (0, 5):
        sys.exit(f"{' '.join(words)}: exit {done.returncode}: {done.stderr}")
    return spent


def pair(name, ours, floor, aim, runs, before=lambda: None):
    a, b = [], []
    for i in range(runs + 1):
        before()
        x, y = ours(), floor()
        if i > 0:                               # the first is a warm-up
            a.append(x)
            b.append(y)
    ratio = statistics.median(a) / statistics.median(b)
    print(f"{name:8} {statistics.median(a) * 1000:9.1f} ms   floor {statistics.median(b) * 1000:9.1f} ms"
          f"   ratio {ratio:5.2f}   (aim {aim})   {runs} runs", flush=True)


def leads(path):
    chance = random.Random(1)
    given = "Ana Ben Cleo Dora Emil Fay Gus Hana Ivo Jun Kai Lea Milo Nora Otto Pia".split()
    family = "Sample Example Probe Muster Ejemplo Exemple Esempio Voorbeeld".split()
    with open(path, "w", encoding="utf-8") as out:
        out.write("name,email,phone,city,source,notes\n")
        for i in range(rows):
            g, f = chance.choice(given), chance.choice(family)
            note = chance.choice(["wants a call back", "met at the fair, likes tea", 'said "later"', ""])
            note = '"' + note.replace('"', '""') + '"' if "," in note or '"' in note else note
            out.write(f"{g} {f}{i % 997},{g.lower()}.{f.lower()}.{chance.randrange(10**9)}.{i}@example.com,"
                      f"+1 {chance.randrange(201, 990)} 555 {chance.randrange(10000):04d},"
                      f"Sampletown,Web form,{note}\n")


def fill_tasks(path, total=100_000, due=50):
    """Open tasks made by the program's own import and plan are slow to type 100,000
    times, so rows are put in as the store lays them out, then `check` proves them right."""
    base = sqlite3.connect(path)
    people = [r[0] for r in base.execute("SELECT id FROM person ORDER BY id LIMIT 20000")]
    batch = base.execute("SELECT max(id) FROM batch").fetchone()[0]
    columns = [r[1] for r in base.execute("PRAGMA table_info(task)")]
    today = 20778                               # 2026-11-21
    first = base.execute("SELECT coalesce(max(id), 0) + 1 FROM task").fetchone()[0]
    tasks, dues = [], []
    for i in range(total):
        opens = today - 1 if i < due else today + 2 + i % 300
        row = dict.fromkeys(columns)
        row.update(id=first + i, person=people[i % len(people)], title="Call", opens_day=opens,
                   closes_day=opens + 5, state=0, known_at=0, anchor=0, rev=batch)
        tasks.append([row[c] for c in columns])
        dues.append((first + i, row["person"], opens * 86400 * 10**6, (opens + 6) * 86400 * 10**6))
    base.executemany(f"INSERT INTO task VALUES ({','.join('?' * len(columns))})", tasks)
    base.executemany("INSERT INTO task_due (task, person, opens_at, closes_at) VALUES (?,?,?,?)", dues)
    base.execute("INSERT INTO counter (name, next) VALUES ('task', ?) "
                 "ON CONFLICT (name) DO UPDATE SET next = excluded.next", (first + total,))
    base.commit()
    base.close()


def grow(path, total):
    """More people with a number each, as copies of those who are there."""
    base = sqlite3.connect(path)
    there = base.execute("SELECT count(*) FROM person").fetchone()[0]
    columns = {t: [r[1] for r in base.execute(f"PRAGMA table_info({t})")] for t in ("person", "contact_point")}
    for lap in range(1, total // there):
        for table, shift, other in (("person", "id", "uid"), ("contact_point", "id", "person")):
            step = base.execute(f"SELECT max(id) FROM {table}").fetchone()[0] if lap == 1 else None
            if lap == 1:
                grow.step[table] = step
            by = {"id": f"id + {grow.step[table] * lap}", "uid": f"uid || '-{lap}'",
                  "person": f"person + {grow.step['person'] * lap}"}
            values = ", ".join(by.get(c, c) if c in (shift, other) else c for c in columns[table])
            base.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE id <= {grow.step[table]}")
    for table in columns:
        base.execute("UPDATE counter SET next = (SELECT max(id) + 1 FROM %s) WHERE name = '%s'" % (table, table))
    base.commit()
    base.close()


grow.step = {}

ATTACKS = {
    "plain loop": "while true do end",
    "in pcall": "while true do pcall(function() while true do end end) end",
    "coroutine": "while true do coroutine.wrap(function() while true do end end)() end",
    "xpcall": "xpcall(error, function() while true do end end) while true do end",
    "memory": "local t = {} while true do t[#t + 1] = ('x'):rep(1e6) .. #t end",
    "os": "pcall(os.execute, 'true') while true do end",
}


def stops():
    for name, code in ATTACKS.items():
        folder = tempfile.mkdtemp(dir=home)
        with open(os.path.join(folder, "attack.lua"), "w", encoding="utf-8") as out:
            out.write('return { policy = "attack", version = "1.0.0", on = { "touch.logged" },'
                      f" run = function() {code} end }}\n")
        base = os.path.join(folder, "stop.db")
        timed([tend, "--db", base, *NOW, "add", "Sam Sample"])
        start = time.perf_counter()
        done = subprocess.run([tend, "--db", base, *NOW, "--plugin-dir", folder, "log", "p2", "call"],
                              env=env, capture_output=True, text=True)
        spent = time.perf_counter() - start
        named = "plugin attack" in done.stderr and done.returncode == 1
        print(f"stop     {spent * 1000:9.1f} ms   {name}{'' if named else '   NOT STOPPED AS IT SHOULD'}")


def main():
    csv, ours, floor = (os.path.join(home, n) for n in ("leads.csv", "ours.db", "floor.db"))
    leads(csv)

    def fresh():
        for path in (ours, floor):
            for end in ("", "-wal", "-shm"):
                if os.path.exists(path + end):
                    os.remove(path + end)

    schema = ("CREATE TABLE lead(name, email, phone, city, source, notes);"
              "CREATE UNIQUE INDEX lead_email ON lead(email); CREATE INDEX lead_phone ON lead(phone);\n"
              f".import --csv --skip 1 {csv} lead\n")
    pair("import", lambda: timed([tend, "--db", ours, *NOW, "--yes", "import", csv]),
         lambda: timed(["sqlite3", floor], schema), "4x", 5, fresh)
    pair("count", lambda: timed([tend, "--db", ours, "count"]),
         lambda: timed(["sqlite3", ":memory:", ".quit"]), "4x", 20)
    fill_tasks(ours)
    pair("due", lambda: timed([tend, "--db", ours, *NOW, "due"]),
         lambda: timed(["sqlite3", ":memory:", ".quit"]), "10 ms", 20)
    grow(ours, 10 * rows)
    fill_tasks(ours, 9 * rows, 0)
    pair("due 1M", lambda: timed([tend, "--db", ours, *NOW, "due"]),
         lambda: timed(["sqlite3", ":memory:", ".quit"]), "15 ms", 20)
    pair("greet", lambda: timed([tend, "--db", ours, *NOW], ""),
         lambda: timed(["sqlite3", ":memory:", ".quit"]), "20 ms", 20)
    listed = subprocess.run([tend, "--db", ours, *NOW, "due"], env=env, capture_output=True, text=True)
    print(f"due lists {len(listed.stdout.splitlines())} lines")
    stops()
    shutil.rmtree(home)


main()
