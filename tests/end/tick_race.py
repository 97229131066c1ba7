"""Two that tick one database and one that is killed at it again and again: each timer's effect once."""
import random
import signal
import sqlite3
import subprocess
import time

from tend import SANITIZED, case, eq, main

N = 3000 if SANITIZED else 10_000
WELCOME = """\
return {
  policy = "welcome", version = "1.0.0", license = "0BSD", summary = "Says hello to everybody new",
  on = { "person.added", "person.changed" },
  run = function(ctx, event)
    if event.name == "person.changed" and event.fields[1] == "archived" then return end
    return { task = "Say hello", key = "hello", window = "1d..3d" }
  end,
}
"""


def many(t, n):
    path = t.dir / "many.csv"
    path.write_text("Name,E-mail\n" + "".join(f"Person {i},p{i}@example.com\n" for i in range(n)))
    return path


def many_new(t, n):
    """An import asks no policy, the tag on all of them does: of more than 1000, a timer each."""
    t.run("import", many(t, n))
    t.run("--yes", "tag", "--where", "import:1", "+new")


def one(t, sql):
    db = sqlite3.connect(f"file:{t.db}?mode=ro", uri=True, timeout=10)
    value = db.execute(sql).fetchone()[0]
    db.close()
    return value


def start(t):
    return subprocess.Popen(t.argv(["tick"]), env=t.env, cwd=t.dir, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@case(f"{N} timers, two workers, a third killed in the midst: each fires exactly once")
def _(t):
    t.plugin("welcome", WELCOME)
    many_new(t, N)
    eq(one(t, "SELECT count(*) FROM timer"), N, "timers")
    chance = random.Random(1)
    workers, kills, in_work = [start(t), start(t)], 0, 0
    while one(t, "SELECT count(*) FROM timer WHERE state = 0") > 0:
        victim = start(t)
        time.sleep(chance.uniform(0.005, 0.12))
        if victim.poll() is None:
            in_work += one(t, "SELECT count(*) FROM timer") > 0
            victim.send_signal(signal.SIGKILL)
            kills += 1
        victim.communicate()
        for i, worker in enumerate(workers):
            if worker.poll() is not None:
                out = worker.communicate()[0]
                assert worker.returncode == 0, out
                workers[i] = start(t)
    for worker in workers:
        out = worker.communicate(timeout=60)[0]
        assert worker.returncode == 0, out
    t.run("tick")
    assert kills >= 5 and in_work >= 3, f"only {kills} were killed, {in_work} of them at work"
    eq(one(t, "SELECT count(*) FROM timer"), 0, "timers left")
    eq(one(t, "SELECT count(*) FROM task"), N, "tasks")
    eq(one(t, "SELECT count(DISTINCT person) FROM task"), N, "persons with a task")
    eq(one(t, "SELECT count(*) FROM decision WHERE effect = 'task'"), N, "decisions")
    eq(one(t, "SELECT count(*) FROM decision WHERE effect <> 'task'"), 0, "other decisions")
    eq(t.json("check")["ok"], True)


@case("a clock that goes back an hour or forward a week loses and doubles nothing")
def _(t):
    t.plugin("welcome", WELCOME)
    many_new(t, 1100)
    times = ["2026-11-26T19:00:00+01:00", "2026-11-26T18:00:00+01:00",
             "2026-12-03T18:00:00+01:00", "2026-11-26T19:01:00+01:00"]
    done = [t.json("tick", "--max-steps", 300, now=at)["steps"] for at in times]
    again = t.run("tick", "--max-steps", 1, now="2026-11-26T18:30:00+01:00")
    again.says("nothing was waiting", "the clock stands 31 minutes before")
    t.run("tick", now="2026-11-26T18:30:00+01:00").silent_about("the clock stands")
    done.append(t.json("tick", now=times[2])["steps"])
    eq(done, [300, 0, 300, 300, 200], "steps")
    t.run("tick", now=times[2]).says("nothing was waiting")
    eq(one(t, "SELECT count(*) FROM task"), 1100, "tasks")
    eq(one(t, "SELECT count(DISTINCT person) FROM task"), 1100, "persons with a task")
    eq(t.json("check")["ok"], True)


main()
