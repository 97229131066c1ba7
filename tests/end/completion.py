"""Completion in the shells of the operating system: the files that are installed, in real shells."""
import os
import pty
import select
import shutil
import time

from tend import ROOT, Skip, case, main

FILES = ROOT / "core" / "shell" / "completion"


def people(t):
    t.run("add", "Ann Lee", "source=gym")
    t.run("add", "Anna Berg")
    t.run("add", "Bob Ray")
    t.run("add", "Bob Ray", "--new")


def offered(t, *words):
    return [line.split("\t")[0] for line in t.run("__complete", "--", *words).out.splitlines()]


class Terminal:
    """A shell that believes somebody is typing."""

    def __init__(self, t, command):
        env = dict(t.env, PATH=f"{os.path.dirname(os.path.abspath(t.exe))}:{os.environ['PATH']}",
                   PS1="> ", INPUTRC="/dev/null", TEND_DB=str(t.db), BASH_SILENCE_DEPRECATION_WARNING="1")
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, env)
        self.seen = ""

    def send(self, text):
        os.write(self.fd, text.encode())

    def wait(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text not in self.seen:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} expected in\n{self.seen}"
            if select.select([self.fd], [], [], left)[0]:
                try:
                    self.seen += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    raise AssertionError(f"the shell ended\n{self.seen}") from None
        before, _, self.seen = self.seen.partition(text)
        return before

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


@case("commands of plugins and aliases complete: the verb, and what stands behind it")
def _(t):
    people(t)
    t.plugin("try", """return { command = "dormer", version = "1.0.0", summary = "s", args = { { "who", "person", help = "h" } },
      flags = { { "kind", "choice", choices = { "small", "big" }, help = "h" } }, run = function() end }""")
    folder = t.dir / "config" / "tend"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "init.lua").write_text('tend.alias("every", "due --all") tend.alias("ring", "log bob") tend.alias("rung", "ring")',
                                     encoding="utf-8")
    assert offered(t, "dorm") == ["dormer"], offered(t, "dorm")
    assert "every" in offered(t, "eve") and "ring" in offered(t, "ri")
    assert offered(t, "dormer", "bo") == offered(t, "show", "bo") != [], offered(t, "dormer", "bo")
    assert offered(t, "dormer", "bob", "--kind", "") == ["small", "big"]
    assert "call" in offered(t, "ring", "") and offered(t, "rung", "cal") == ["call"], offered(t, "ring", "")
    assert offered(t, "every", "--o") == ["--on"], offered(t, "every", "--o")
    assert "call" in t.run("__complete", "--line", "ring ca").out


@case("the hidden verb prints candidates, and help does not show it")
def _(t):
    people(t)
    assert offered(t, "lo") == ["log"]
    assert offered(t, "log", "an") == ["Ann Lee", "Anna"]
    assert offered(t, "log", "anna,ber") == ["anna,Berg"]
    assert offered(t, "log", "bob") == ["p4", "p5"]
    assert offered(t, "list", "source:g") == ["source:gym"]
    assert "Bob Ray" in t.run("__complete", "--", "log", "bob").out
    assert "__complete" not in t.run("help").out
    assert offered(t, "--db", str(t.db), "log", "ber") == ["Berg"]


@case("without a database nothing is made, and nothing is said")
def _(t):
    r = t.run("__complete", "--", "log", "an")
    assert r.out == "" and r.err == "" and not t.db.exists()


@case("bash completes a person, a keyword and its value")
def _(t):
    if not shutil.which("bash"):
        raise Skip("no bash here")
    people(t)
    bash = Terminal(t, ["bash", "--norc", "--noprofile", "-i"])
    bash.wait("> ")
    bash.send(f". '{FILES}/tend.bash'; echo re''ady\r")
    bash.wait("ready")
    bash.send("tend show ber\t\r")
    bash.wait("Anna Berg")
    bash.send("tend log ber call disposition=no_ans\t'sai'd; echo do''ne\r")
    bash.wait("disposition=no_answer")
    bash.wait("done")
    bash.send("tend show \"ann l\t\r")
    bash.wait("Ann Lee\"")
    bash.close()


@case("zsh completes a person")
def _(t):
    if not shutil.which("zsh"):
        raise Skip("no zsh here")
    people(t)
    zsh = Terminal(t, ["zsh", "-f", "-i"])
    zsh.send(f"autoload -U compinit && compinit -u -D; . '{FILES}/_tend'; echo re''ady\r")
    zsh.wait("\nready")
    zsh.send("tend show ber\t\r")
    zsh.wait("Anna Berg")
    zsh.close()


@case("fish completes a person")
def _(t):
    if not shutil.which("fish"):
        raise Skip("no fish here")
    people(t)
    import subprocess
    env = dict(t.env, PATH=f"{os.path.dirname(os.path.abspath(t.exe))}:{os.environ['PATH']}")
    done = subprocess.run(["fish", "--no-config", "-c", f"source '{FILES}/tend.fish'; complete -C 'tend log ber'"],
                          env=env, capture_output=True, text=True, timeout=60)
    assert "Berg" in done.stdout, done


main()
