"""The daemon: due things as they become due, signals, a second one, other processes' writes."""
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import time

from tend import Skip, case, eq, main

WELCOME = """\
return {
  policy = "welcome", version = "1.0.0", license = "0BSD", summary = "Says hello to everybody new",
  on = { "person.added", "person.changed" },
  run = function(ctx, event)
    if event.name == "person.changed" and event.fields[1] == "archived" then return end
    if event.person > 1 and %s then error("no moon") end
    return { task = "Say hello", key = "hello", window = "1d..3d" }
  end,
}
"""


class Daemon:
    def __init__(self, t, *more):
        argv = [t.exe, "--plugin-dir", str(t.plugins), *more, "daemon"]
        self.log = t.dir / f"daemon-{time.monotonic_ns()}.log"
        with open(self.log, "wb") as out:
            self.process = subprocess.Popen(argv, env=t.env, cwd=t.dir, stdin=subprocess.DEVNULL,
                                            stdout=out, stderr=out)

    def text(self):
        return self.log.read_text(encoding="utf-8")

    def end(self, number, status):
        self.process.send_signal(number)
        eq(self.process.wait(timeout=20), status, f"status after signal {number}; log:\n{self.text()}")


def until(what, seconds=20):
    """Waits for something that another process does."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def now(t, *args):
    """A command in the machine's own time, as the daemon lives in it."""
    argv = [t.exe, "--plugin-dir", str(t.plugins), *map(str, args)]
    return subprocess.run(argv, env=t.env, cwd=t.dir, capture_output=True, check=True, timeout=60)


def rows(t, table):
    db = sqlite3.connect(f"file:{t.db}?mode=ro", uri=True)
    n = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    db.close()
    return n


def many(t, n):
    path = t.dir / "many.csv"
    path.write_text("Name,E-mail\n" + "".join(f"Person {i},p{i}@example.com\n" for i in range(n)))
    return path


def many_new(t, n):
    """An import asks no policy, the tag on all of them does: of more than 1000, a timer each."""
    now(t, "import", many(t, n))
    now(t, "--yes", "tag", "--where", "import:1", "+new")


@case("a signal ends it in good order: TERM with 0, INT with 130")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    now(t, "add", "Ann Lee")
    for number, status in ((signal.SIGTERM, 0), (signal.SIGINT, 130)):
        daemon = Daemon(t)
        until(lambda: (t.dir / "people.db-daemon").exists())
        time.sleep(0.2)                     # it sleeps by now
        daemon.end(number, status)
        assert not (t.dir / "people.db-daemon").exists(), "its lock is left"
    eq(t.json("check")["ok"], True)


@case("--watch: what is saved does the work from then on; a broken file is said, and the old one does it")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    now(t, "add", "Ann Lee")
    shutil.copytree(t.plugins, t.dir / "as they were")
    daemon = Daemon(t, "--watch")
    until(lambda: (t.dir / "people.db-daemon").exists())
    time.sleep(0.3)

    def brings(first):
        path = t.dir / "many.csv"
        path.write_text("Name,E-mail\n" + "".join(f"Person {i},p{i}@example.com\n" for i in range(first, first + 1100)))
        for words in (["import", str(path)],
                      ["--yes", "tag", "--where", f"import:{1 + first // 2000}", "+new"]):
            done = subprocess.run([t.exe, "--plugin-dir", str(t.dir / "as they were"), *words],
                                  env=t.env, cwd=t.dir, capture_output=True, check=False, timeout=60)
            eq(done.returncode, 0, done.stderr.decode())
        until(lambda: rows(t, "timer") == 0)

    t.plugin("welcome", "return {\n  policy = }")
    until(lambda: "welcome.lua:2:" in daemon.text() and "serves on" in daemon.text())
    brings(0)
    eq(rows(t, "task WHERE title = 'Say hello'"), 1101, "tasks")
    t.plugin("welcome", (WELCOME % "false").replace("Say hello", "Say hi"))
    until(lambda: "welcome is loaded anew" in daemon.text())
    brings(2000)
    eq(rows(t, "task WHERE title = 'Say hi'"), 1100, "tasks")
    daemon.end(signal.SIGTERM, 0)


@case("it does what is there, and what another process brings while it sleeps")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    now(t, "add", "Ann Lee")
    daemon = Daemon(t)
    until(lambda: (t.dir / "people.db-daemon").exists())
    time.sleep(0.3)
    many_new(t, 1100)         # a timer each
    until(lambda: rows(t, "timer") == 0)
    eq(rows(t, "task"), 1101, "tasks")
    daemon.end(signal.SIGTERM, 0)
    assert "1 step, " in daemon.text() or "steps, " in daemon.text(), daemon.text()
    eq(t.json("check")["ok"], True)


@case("with --quiet it says nothing of its work")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    many_new(t, 1100)
    daemon = Daemon(t, "--quiet")
    until(lambda: rows(t, "timer") == 0)
    daemon.end(signal.SIGTERM, 0)
    eq(daemon.text(), "")


@case("a second daemon says so, and the two do nothing twice")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    many_new(t, 3000)
    first = Daemon(t)
    until(lambda: (t.dir / "people.db-daemon").exists())
    second = Daemon(t)
    until(lambda: rows(t, "timer") == 0)
    until(lambda: "another daemon" in second.text() or "another daemon" in first.text())
    second.end(signal.SIGTERM, 0)
    first.end(signal.SIGTERM, 0)
    eq(rows(t, "task"), 3000, "tasks")
    eq(t.json("check")["ok"], True)


@case("a clock that stands still is no place for a daemon")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    t.json("add", "Ann Lee")
    t.run("daemon", status=2).says("tick --until")


@case("without a database it says so and ends, since it would never see one that comes")
def _(t):
    argv = [t.exe, "--db", str(t.dir / "none.db"), "daemon"]
    done = subprocess.run(argv, env=t.env, cwd=t.dir, capture_output=True, text=True, check=False,
                          timeout=10)
    eq(done.returncode, 1, done.stderr)
    assert "there is no database" in done.stderr and "and then daemon again" in done.stderr, done.stderr


@case("Ctrl-C in a tick: what is done stays done, and that is what it says")
def _(t):
    t.plugin("welcome", WELCOME % "false")
    many_new(t, 1100)
    slow = "local n = 0 for i = 1, 100000 do n = n + i end return { task"
    t.plugin("welcome", (WELCOME % "false").replace("return { task", slow))
    process = subprocess.Popen([t.exe, "--plugin-dir", str(t.plugins), "tick"], env=t.env, cwd=t.dir,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: rows(t, "timer") < 1100)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    eq(process.returncode, 130, out + err)
    assert "stays done" in err and "nothing was written" not in out + err, out + err
    assert "steps, " in out, out
    eq(rows(t, "task") + rows(t, "timer"), 1100, "tasks and timers")
    eq(t.json("check")["ok"], True)


@case("the units for systemd are well formed")
def _(t):
    analyze = shutil.which("systemd-analyze")
    built = [*(pathlib.Path(t.exe).parent / "scripts").glob("built-tend*")]
    if not analyze or not built:
        raise Skip("no systemd-analyze, or no units were built")
    eq(len(built), 3, "units")
    for unit in built:
        shutil.copy(unit, t.dir / unit.name.removeprefix("built-"))
    for unit in built:
        done = subprocess.run([analyze, "--user", "verify", "--man=no",
                               str(t.dir / unit.name.removeprefix("built-"))],
                              env=dict(t.env, XDG_RUNTIME_DIR=str(t.dir)), capture_output=True,
                              text=True, check=False, timeout=60)
        assert "tend" not in done.stderr and done.returncode == 0, done.stderr


main()
