"""Runs the built program in a home of its own, at a time that stands still, and prints TAP.

    from tend import case, main

    @case("what holds")
    def _(t):
        ann = t.json("add", "Ann Lee")["id"]
        t.run("move", ann, "prospect", status=4)

    main()
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-26T19:00:00+01:00"       # a Thursday evening in Vienna
SANITIZED = "SANITIZED" in os.environ   # slower by so much that limits of time need air

FACTS = """import import_row person role contact_point attribute tag note link apart edge touch
touch_party stage_change hold task schedule timer decision dnc consent objection forgotten
plugin_state""".split()
DERIVED = "person_word person_stage task_due".split()


class Skip(Exception):
    """Raised by a case whose data is not here."""


class Result:
    def __init__(self, command, status, out, err, seconds):
        self.command, self.status, self.seconds = command, status, seconds
        self.out, self.err = out, err

    def __str__(self):
        return f"$ {self.command}\n[{self.status}]\n{self.out}{self.err}"

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            raise AssertionError(f"one JSON document expected\n{self}") from None

    def says(self, *words):
        """Each of the words stands in what was printed, on either side."""
        for word in words:
            assert word.lower() in (self.out + self.err).lower(), f"{word!r} expected\n{self}"
        return self

    def silent_about(self, *words):
        for word in words:
            assert word.lower() not in (self.out + self.err).lower(), f"{word!r} not expected\n{self}"
        return self


class Tend:
    """One person's home, database and plugins."""

    def __init__(self, exe):
        self.exe = exe
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tend end "))   # a space, on purpose
        self.db = self.dir / "people.db"
        self.plugins = self.dir / "plugins"
        self.now = NOW
        keep = {k: v for k, v in os.environ.items()
                if k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH")}
        self.env = dict(keep, HOME=str(self.dir), XDG_DATA_HOME=str(self.dir / "data"),
                        XDG_CONFIG_HOME=str(self.dir / "config"), TEND_DB=str(self.db),
                        TZ="Europe/Vienna", LC_ALL="C.UTF-8", TERM="xterm", PAGER="cat",
                        INPUTRC="/dev/null", XDG_STATE_HOME=str(self.dir / "state"))

    def plugin(self, name, text):
        """Writes a Lua plugin; the commands after it are run with it."""
        self.plugins.mkdir(exist_ok=True)
        (self.plugins / f"{name}.lua").write_text(text, encoding="utf-8")

    def argv(self, args, now=None):
        options = ["--now", now or self.now]
        if self.plugins.exists():
            options += ["--plugin-dir", str(self.plugins)]
        return [self.exe, *options, *[str(a) for a in args]]

    def run(self, *args, status=0, now=None, stdin="", env=None):
        """Runs one command; `status` is what it must end with (None: anything)."""
        argv = self.argv(args, now)
        start = time.monotonic()
        done = subprocess.run(argv, input=stdin.encode(), capture_output=True, check=False,
                              env=dict(self.env, **(env or {})), cwd=self.dir, timeout=60)
        result = Result(shlex.join(argv[1:]), done.returncode,
                        done.stdout.decode("utf-8", "backslashreplace"),
                        done.stderr.decode("utf-8", "backslashreplace"), time.monotonic() - start)
        assert "Sanitizer" not in result.err and "runtime error" not in result.err, str(result)
        assert result.status >= 0, f"killed by a signal\n{result}"
        if status is not None:
            assert result.status == status, f"status {status} expected\n{result}"
        return result

    def json(self, *args, **more):
        return self.run("--json", *args, **more).json()

    def typed(self, line, **more):
        """A command as a person would copy it, out of a cure or a README."""
        words = shlex.split(line)
        return self.run(*(words[1:] if words[0] == "tend" else words), **more)

    def terminal(self, *args, keys="", columns=100):
        """Runs with a terminal on all three sides; returns its output."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        child = subprocess.Popen(self.argv(args), stdin=follower, stdout=follower, stderr=follower,
                                 env=self.env, cwd=self.dir, close_fds=True, start_new_session=True)
        os.close(follower)
        out = b""
        while True:
            if keys and b"> " in out:       # what is typed before there is a prompt may be lost
                os.write(leader, keys.encode())
                keys = None
            try:
                block = os.read(leader, 65536)
            except OSError:
                break
            if not block:
                break
            out += block
        child.wait(timeout=30)
        os.close(leader)
        return out.decode("utf-8", "backslashreplace")

    def talk(self, *args, says=(), columns=100):
        """Runs at a terminal: waits for each pattern in turn, on what came since the last, and types
        its keys. Returns all that was shown, without what drives the terminal."""
        pid, leader = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            os.chdir(self.dir)
            os.execve(self.exe, self.argv(args), self.env)
        out, seen, rest, end = b"", 0, list(says), time.monotonic() + 60
        while True:
            shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[78]|\r", "", out.decode("utf-8", "ignore"))
            hit = re.search(rest[0][0], shown[seen:], re.M) if rest else None
            if hit:
                seen = len(shown)
                os.write(leader, rest.pop(0)[1].encode())
            assert time.monotonic() < end, f"{rest[:1]} expected\n{shown}"
            try:
                block = os.read(leader, 65536) if select.select([leader], [], [], 0.2)[0] else None
            except OSError:
                break
            if block == b"":
                break
            out += block or b""
        os.waitpid(pid, 0)
        os.close(leader)
        assert not rest, f"{rest[0][0]} expected\n{shown}"
        return shown

    def due(self, now=None, everything=False):
        return self.json("due", *(["--all"] if everything else []), now=now)

    def ids(self):
        """Names of all people to their ids."""
        return {p["name"]: p["id"] for p in self.json("list")}

    def facts(self, tables=None):
        """Every row of every fact table but for `rev`, which a redo changes."""
        out = {}
        if not self.db.exists():
            return {table: [] for table in tables or FACTS}
        db = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        for table in tables or FACTS:
            columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[1] != "rev"]
            assert columns, f"no table {table}"
            rows = db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            out[table] = sorted(rows, key=repr)
        db.close()
        return out

    def everything(self):
        """Facts and derived rows: what two equal states have in common."""
        return self.facts(FACTS + DERIVED)

    def batches(self):
        return len(self.json("history"))

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def eq(got, want, what=""):
    assert got == want, f"{what or 'value'}: {want!r} expected, not {got!r}"


def same_rows(got, want, what):
    for table in want:
        if got[table] != want[table]:
            gone = [r for r in want[table] if r not in got[table]]
            new = [r for r in got[table] if r not in want[table]]
            raise AssertionError(f"{what}: table {table} differs\n  gone: {gone[:5]}\n  new: {new[:5]}")


_cases = []


def case(name):
    def add(function):
        _cases.append((name, function))
        return function
    return add


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: FILE.py TEND [PART OF A CASE'S NAME]")
    exe = os.path.abspath(sys.argv[1])
    chosen = [c for c in _cases if len(sys.argv) < 3 or sys.argv[2] in c[0]]
    print(f"1..{len(chosen)}", flush=True)
    bad = 0
    for number, (name, function) in enumerate(chosen, 1):
        t = Tend(exe)
        try:
            function(t)
            print(f"ok {number} - {name}", flush=True)
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}", flush=True)
        except Exception:   # a case that breaks is a case that failed
            bad += 1
            print(f"not ok {number} - {name}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
        finally:
            t.close()
    sys.exit(1 if bad else 0)
