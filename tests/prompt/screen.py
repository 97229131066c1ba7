"""Runs the program at a terminal of its own and looks at its screen. Prints TAP.

    from screen import case, main

    @case("what the screen shows")
    def _(t):
        s = t.start()                   # a Session, its prompt is there
        s.type("count\\r")
        s.wait(r"^0$")                  # polls until a line of the screen matches, or fails
        eq(s.cursor(), (0, 6))

    main()

Nothing here sleeps: what is waited for has a deadline, and a failed wait shows the screen.
"""
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import traceback

import pyte

ROOT = pathlib.Path(__file__).resolve().parents[2]
SANITIZED = "SANITIZED" in os.environ
DEADLINE = 120 if SANITIZED else 30     # seconds: for a busy machine, not for the program
PROMPT = r"^tend( \d+)?> "


class Skip(Exception):
    """Raised by a case that needs what is not here."""


class Session:
    """A program on a pty, and the screen that it has drawn."""

    def __init__(self, argv, env, cwd, rows=24, columns=80):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.chdir(cwd)
                os.execve(argv[0], argv, env)
            finally:
                os._exit(127)

    def size(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def type(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        while data:
            data = data[os.write(self.fd, data):]
            self.read(0)

    def paste(self, text):
        """As a terminal does that brackets what is pasted."""
        self.type("\x1b[200~" + text + "\x1b[201~")

    def read(self, seconds):
        """Takes what has come; False at the end."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            block = os.read(self.fd, 65536)
        except OSError:
            block = b""
        self.raw += block
        self.stream.feed(block.replace(b"\x03", b""))   # an echoed Ctrl-C: pyte drops what stands behind it
        return block != b""

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(self.lines()).rstrip()

    def until(self, holds, what):
        end = time.monotonic() + DEADLINE
        alive = True
        while not holds():
            if not alive or time.monotonic() > end:
                raise AssertionError(f"{what} expected{'' if alive else ', and it has ended'}\n{self}")
            alive = self.read(0.05)
        return self

    def wait(self, pattern, what=None):
        """Until a line of the screen matches; returns the match."""
        found = []

        def look():
            hit = re.search(pattern, self.text(), re.M)
            found[:] = [hit] if hit else []
            return found
        self.until(look, what or repr(pattern))
        return found[0]

    def gone(self, pattern):
        return self.until(lambda: not re.search(pattern, self.text(), re.M), f"no {pattern!r}")

    def line(self):
        """The row of the cursor."""
        return self.lines()[self.screen.cursor.y]

    def cursor(self):
        return self.screen.cursor.x

    def at(self, pattern, column=None):
        """Until the cursor's row matches (and the cursor stands there)."""
        return self.until(lambda: re.search(pattern, self.line()) and
                          column in (None, self.cursor()), f"the cursor's line {pattern!r}"
                          + (f" and column {column}" if column is not None else ""))

    def press(self, key, pattern):
        """A key again, each second, until the cursor's line matches: who gets it may forget it."""
        last = [0.0]

        def look():
            if re.search(pattern, self.line()):
                return True
            if time.monotonic() - last[0] > 1:
                last[0] = time.monotonic()
                self.type(key)
            return False
        return self.until(look, f"the cursor's line {pattern!r}")

    def ready(self):
        """The prompt is there, with nothing behind it."""
        return self.at(PROMPT.rstrip() + "$")

    def signal(self, number):
        os.kill(self.pid, number)

    def ends(self, status=0):
        """Until it has ended by itself."""
        end = time.monotonic() + DEADLINE
        while self.status is None:
            if not self.read(0.05):
                pass
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(code)
            elif time.monotonic() > end:
                raise AssertionError(f"it should have ended\n{self}")
        while self.read(0) and select.select([self.fd], [], [], 0)[0]:
            pass
        assert self.status == status, f"status {status} expected, not {self.status}\n{self}"
        return self

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.fd)
        if self.status is None:
            os.waitpid(self.pid, 0)

    def __str__(self):
        rows = "\n".join(f"  |{line}" for line in self.text().splitlines())
        return f"{rows}\n  cursor: row {self.screen.cursor.y}, column {self.cursor()}; raw: {self.raw[-300:]!r}"


class Home:
    """One person's home and database."""

    def __init__(self, exe):
        self.exe = exe
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tend prompt "))
        self.db = self.dir / "people.db"
        self.sessions = []
        keep = {k: v for k, v in os.environ.items()
                if k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH")}
        self.env = dict(keep, HOME=str(self.dir), XDG_DATA_HOME=str(self.dir / "data"),
                        XDG_CONFIG_HOME=str(self.dir / "config"),
                        XDG_STATE_HOME=str(self.dir / "state"), TEND_DB=str(self.db),
                        INPUTRC="/dev/null", TERM="xterm-256color", LANG="C.UTF-8",
                        TZ="Europe/Vienna", USER="mira")

    def run(self, *args, status=0, stdin="", **env):
        """A command beside the prompt, as another process does it."""
        done = subprocess.run([self.exe, *args], input=stdin.encode(), capture_output=True,
                              env=dict(self.env, **env), cwd=self.dir, timeout=120, check=False)
        out = done.stdout.decode("utf-8", "backslashreplace")
        err = done.stderr.decode("utf-8", "backslashreplace")
        assert done.returncode == status, f"{args}: status {done.returncode}\n{out}{err}"
        return out + err

    def start(self, *args, rows=24, columns=80, ready=True, **env):
        db = pathlib.Path(env.get("TEND_DB", self.db))
        if ready and not db.exists():       # who has told no name is asked for it
            self.run("config", "name=mira", TEND_DB=str(db))
        session = Session([self.exe, *args], dict(self.env, **env), self.dir, rows, columns)
        self.sessions.append(session)
        if ready:
            session.ready()
        return session

    def close(self):
        for session in self.sessions:
            session.close()
        shutil.rmtree(self.dir, ignore_errors=True)


def eq(got, want, what=""):
    assert got == want, f"{what or 'value'}: {want!r} expected, not {got!r}"


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
        t = Home(exe)
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
