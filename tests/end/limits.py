"""The programs of attacks.txt, each in a process of its own: stopped in time and memory, the plugin
named, nothing of its command written, and the next command of the same process works.

usage: limits.py TEND [PART OF A CASE'S NAME]; with SHOW=1 the time and memory of each is printed.
"""
import os
import pathlib
import shutil
import subprocess
import time

from tend import SANITIZED, case, eq, main, same_rows

CPU = 0.5 * (20 if SANITIZED else 1)     # seconds of the processor, so that a busy machine is no defect
RSS = 64 * 1024                          # kB beyond what the process held before
HERE = pathlib.Path(__file__).resolve().parent
SHOW = "SHOW" in os.environ

LEADS = "Name,Phone\nBob Ray,+1 212 555 0100\n"
# entry point: (the file of the plugin, with the program in place of @; the command; where the program is named)
WRAP = {
    "load": ("@\nreturn { policy = 'attack', on = { 'touch.logged' }, run = function() end }", None),
    "policy": ("return { policy = 'attack', on = { 'touch.logged' }, run = function(ctx, event)\n@\nend }",
               "log ann call"),
    "folder": ("@\nreturn { policy = 'attack', on = { 'touch.logged' }, run = function() end }", "log ann call"),
    "rule": ("return { stage_set = 'attack', on = { 'touch.logged' }, rule = function(ctx, event)\n@\nend }",
             "log ann call"),
    "guard": ("return { stage_set = 'attack', guards = { { 'attack', function(ctx, move)\n@\nend } } }",
              "move ann considering"),
    "sniff": ("return { lead_source = 'attack', title = 'an attack', sniff = function(head, name)\n@\nend,\n"
              "read = function() end }", "import leads.csv"),
    "read": ("return { lead_source = 'attack', title = 'an attack', sniff = function() return 0 end,\n"
             "read = function(ctx, input)\n@\nend }", "import --from attack leads.csv"),
    "page": ("return { lead_source = 'attack', title = 'an attack', limits = { time = '250ms' },\n"
             "page = function(ctx, cursor)\n@\nend }", "import --from attack"),
    "normaliser": ("return { normaliser = 'attack', field = 'phone', key = function(ctx, value)\n@\nend }",
                   "set ann phone=+12125550199"),
    "command": ("return { command = 'attack', summary = 'an attack', limits = { time = '250ms' }, run = function(ctx)\n@\nend }", "attack"),
    "console": ("return {}", "lua attack.lua"),
}
EVERYWHERE = [where for where in WRAP if where not in ("console", "folder")]


def read_attacks():
    name = None
    for line in (HERE / "attacks.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name, ends, *where = [part.strip() for part in line[3:].split("|")]
            attacks[name] = (ends, where[0].split() if where else ["policy"], [])
        elif name and line:
            attacks[name][2].append(line)


class Running:
    """One process of tend that reads commands from a pipe."""

    def __init__(self, t):
        words = t.argv([])
        self.child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, env=t.env, cwd=t.dir)
        self.marks = 0

    def say(self, line):
        """What the command printed; a command that is none tells that it is over."""
        self.marks += 1
        mark = f"mark{self.marks}".encode()
        self.child.stdin.write((line + "\n").encode() + mark + b"\n")
        self.child.stdin.flush()
        out, end = b"", time.monotonic() + 120
        while mark not in out:
            block = os.read(self.child.stdout.fileno(), 65536)
            assert block and time.monotonic() < end, f"it died of {line}\n{out.decode('utf-8', 'replace')}"
            out += block
        return out.split(mark)[0].decode("utf-8", "replace")

    def cpu(self):
        """Of the process, and of its workers that have ended."""
        own = int(pathlib.Path(f"/proc/{self.child.pid}/schedstat").read_text().split()[0]) / 1e9
        stat = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return own + (int(stat[13]) + int(stat[14])) / os.sysconf("SC_CLK_TCK")

    def memory(self, what):
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(status.split(what + ":")[1].split()[0])

    def end(self):
        self.child.stdin.close()
        out = self.child.stdout.read().decode("utf-8", "replace")
        status = self.child.wait(timeout=60)
        assert status >= 0, f"it died of signal {-status}\n{out}"
        assert "Sanitizer" not in out and "runtime error" not in out, out


made = {}


def database(t):
    """The same for all: made once, then copied."""
    if "db" not in made:
        t.json("add", "Ann Lee", "phone=+1 212 555 0198")
        t.run("set", "ann", "x.long=" + "x" * 900)
        made["db"] = t.db.read_bytes()
    else:
        t.db.write_bytes(made["db"])


def attack(where, name, ends, code):
    @case(f"{where}: {name}")
    def _(t):
        database(t)
        (t.dir / "leads.csv").write_text(LEADS)
        text, command = WRAP[where]
        if where == "console":
            (t.dir / "attack.lua").write_text(code, encoding="utf-8")
            t.plugins.mkdir()
        elif where == "folder":     # a plugin that may have modules
            (t.plugins / "attack").mkdir(parents=True)
            (t.plugins / "attack" / "attack.lua").write_text(text.replace("@", code), encoding="utf-8")
        else:
            t.plugin("attack", text.replace("@", code))
        before = t.everything()
        tend = Running(t)
        if command is None:
            out = tend.say("list")
            spent, grown = tend.cpu(), tend.memory("VmHWM") - tend.memory("VmRSS")
        else:
            tend.say("list")
            cpu, rss = tend.cpu(), tend.memory("VmRSS")
            pathlib.Path(f"/proc/{tend.child.pid}/clear_refs").write_text("5")
            out = tend.say(command)
            spent, grown = tend.cpu() - cpu, tend.memory("VmHWM") - rss
        if SHOW:
            print(f"# {spent * 1000:6.0f} ms {grown / 1024:6.1f} MB  {out.splitlines()[:-1]}", flush=True)
        assert spent < CPU, f"it took {spent:.2f} s of the processor\n{out}"
        assert SANITIZED or grown < RSS, f"it took {grown / 1024:.0f} MB\n{out}"
        assert len(out) < 20000, f"{len(out)} bytes were printed"
        assert "Sanitizer" not in out and "runtime error" not in out, out
        named = "attack" in out
        if ends == "stopped":
            assert named and ("stopped" in out or "may not use" in out), f"it was not stopped, or not named\n{out}"
        elif ends == "fails":
            assert named and "stopped" not in out, f"it must fail by itself\n{out}"
        elif ends == "holds":
            assert "assert" not in out and "failed" not in out and "stopped" not in out, f"it got what it wanted\n{out}"
        assert "\33" not in out and "0x" not in out, f"escapes or addresses\n{out!r}"
        assert not (t.dir / "owned").exists(), "it reached the machine"
        if ends == "stopped" and where not in ("sniff", "load"):
            same_rows(t.everything(), before, "after the attack")
        after = tend.say('note ann "still here"')
        assert "note" in after.lower() or "ann" in after.lower(), f"the next command\n{after}"
        tend.end()
        eq(t.facts(["note"])["note"] != before["note"], True, "the note after it")


attacks = {}
read_attacks()
for _name, (_ends, _where, _lines) in attacks.items():
    for _entry in EVERYWHERE if _where == ["everywhere"] else _where:
        attack(_entry, _name, _ends, "\n".join(_lines))

main()
