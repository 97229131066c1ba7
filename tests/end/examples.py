"""Every example of every declaration runs, also with --dry-run, and prints the JSON that is declared."""
import os
import shutil
import subprocess

from tend import ROOT, case, main

PEOPLE = ["Ann Lee|phone=0664 5551234", "Susi Mayr|phone=0664 5550002", "Tom Mayr|source=phone", "Karin Wolf", "Eva Blum",
          "Peter Koller|phone=0676 5550003", "Cara Diaz", "Bob Ray",
          "Pizza Toni|tag=junk", "Voicemail"]
# what a line needs that most do not; and what it may answer besides 0
BEFORE = {"redo": ["undo"], "unmerge p3": ["merge p2 p3"], "plugin check": ["plugin new thanks --dir ~/thanks"],
          "plugin test": ["plugin new thanks --dir ~/thanks"], "restore ": ["backup ~/tend-2026-12-07.db"], "dnc peter call --off": ["dnc peter call"],
          "plugin remove leadbarn": ["plugin add --yes leadbarn.lua"],
          "plugin enable cadence": ["plugin disable cadence"],
          "archive voicemail --off": ["archive voicemail"], "consent ann email --off": ["consent ann email yes"],
          "unmerge p3": ["merge p2 p3"]}
# without a terminal, or what is there at a prompt alone; with nothing parked
EXIT = {"triage": 2, "release": 1, "plugin add": 2, "plugin reload": 2, "plugin secret": 2, "plugin save": 1}
LEFT_OUT = {"daemon": "goes on for ever"}
# lines that want a service on the network: tests/end/world.py has one
NETWORK = ("import --from feed", "channel send")
NO_JSON = {"triage"}            # cards and keys at a terminal


def shell(t, line, *more):
    env = dict(t.env, PATH=f"{os.path.dirname(os.path.abspath(t.exe))}:{os.environ['PATH']}", TEND_NOW=t.now)
    command = f"tend --plugin-dir plugins --now {t.now} {line} {' '.join(more)}"
    done = subprocess.run(["bash", "-c", command], env=env, cwd=t.dir, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)
    return command, done


def base(t):
    t.plugins.mkdir(exist_ok=True)
    for plugin in ("command-lua/dormant.lua", "playbook-lua/first-days.lua"):
        shutil.copy(ROOT / "examples" / plugin, t.plugins)
    t.run("config", "name=Mira Sample", "zone=Europe/Vienna", "region=AT")
    for text in PEOPLE:
        t.run("add", *text.split("|"))
    t.run("log", "susi", "call", "long", "significant=yes")
    t.run("set", "susi", "interest=business")
    t.run("log", "eva", "call", "long", "significant=yes")
    t.run("set", "eva", "interest=product")
    for i in range(10):             # so that there is a c12, and an n2
        t.run("log", "bob", "text", f"hello {i}")
    t.run("note", "eva", "nut allergy")
    t.run("note", "eva", "nut allergy, two kids")
    for i in range(13):
        t.run("plan", "ann" if i % 2 else "karin", "call", f"+{i + 1}d")
    (t.dir / "leadbarn.lua").write_text('return { policy = "leadbarn", needs = {}, on = "task.done", '
                                        'run = function() end }')
    (t.dir / "contacts.csv").write_text("Name,Phone\nIda Fox,0664 5550010\n")
    (t.dir / "list.csv").write_text("Who,Tel\nOlga Fox,0664 5550011\n")
    t.run("undo")
    t.run("redo")


def keep(t, name):
    for file in t.dir.glob("people.db*"):
        shutil.copy(file, t.dir / f"{name}{file.name}")


def back(t, name):
    for file in t.dir.glob("people.db*"):
        file.unlink()
    for file in t.dir.glob(f"{name}people.db*"):
        shutil.copy(file, t.dir / file.name[len(name):])


def commands(t):
    return [c for c in t.run("--json", "help").json() if c["name"] not in LEFT_OUT]


def each(t):
    """Every example, each on the same database: (command, line)."""
    base(t)
    keep(t, "full ")
    for command in commands(t):
        for example in command["examples"]:
            back(t, "none " if command["name"] == "add" else "full ")
            line = example["line"]
            if line.startswith(NETWORK):
                continue
            for file in t.dir.glob("tend-*.db"):
                file.unlink()
            shutil.rmtree(t.dir / "thanks", ignore_errors=True)     # what `plugin new thanks` made
            for begin, lines in BEFORE.items():
                if line.startswith(begin):
                    for first in lines:
                        _, done = shell(t, first)
                        assert done.returncode == 0, done.stderr
            yield command, line


@case("each example runs")
def _(t):
    wrong = []
    for command, line in each(t):
        text, done = shell(t, line)
        if done.returncode not in (0, EXIT.get(command["name"])):
            wrong.append(f"$ {text}\n[{done.returncode}]\n{done.stdout}{done.stderr}")
    assert not wrong, "\n".join(wrong)


@case("each example that writes runs with --dry-run, and writes nothing")
def _(t):
    wrong = []
    for command, line in each(t):
        if not command["writes"]:
            continue
        before = t.db.read_bytes() if t.db.exists() else b""
        text, done = shell(t, line, "--dry-run")
        if done.returncode not in (0, EXIT.get(command["name"])):
            wrong.append(f"$ {text}\n[{done.returncode}]\n{done.stdout}{done.stderr}")
        elif (t.db.read_bytes() if t.db.exists() else b"") != before:
            wrong.append(f"{text}: has written")
    assert not wrong, "\n".join(wrong)


@case("what is printed as JSON is what is declared")
def _(t):
    import json
    wrong = []
    for command, line in each(t):
        if not command["json"] and command["name"] not in NO_JSON:
            wrong.append(f"{command['name']}: declares no JSON")
        if not command["json"] or "--format vcf" in line or "--format csv" in line or "--man" in line:
            continue
        text, done = shell(t, line, "--json")
        if done.returncode != 0:
            continue
        try:
            said = json.loads(done.stdout)
        except ValueError:
            wrong.append(f"{line}: not JSON: {done.stdout}")
            continue
        declared = {m["name"]: m["type"] for m in command["json"]}
        is_list = isinstance(said, list)
        if is_list != (command["document"] == "list") and command["document"] != "one or list":
            wrong.append(f"{line}: {'an array' if is_list else 'an object'}, declared {command['document']}")
        for entry in said if is_list else [said]:
            for name, value in entry.items():
                kind = declared.get(name)
                fits = value is None or kind is None or {
                    "integer": int, "text": str, "time": str, "boolean": bool, "number": (int, float),
                    "object": dict, "any": object}.get(kind, list if kind.startswith("[") else dict)
                if kind is None:
                    wrong.append(f"{line}: {name} is not declared")
                elif fits is not True and not isinstance(value, fits):
                    wrong.append(f"{line}: {name} is {value!r}, declared {kind}")
    assert not wrong, "\n".join(sorted(set(wrong)))


main()
