#!/usr/bin/python3
"""How well scrub finds who is here twice, and how long that takes.

usage: scrub.py TEND [PEOPLE ...]

Sets with a known truth: those of the public collection beside the project, where it is there, and lists that are
invented here, of PEOPLE (2,000 and 100,000) each: common and rare names, addresses made of names, households, and one
in ten who is here again with slips, another address or another number. Each is imported
with --match none. Pairs of every cluster are counted: those of the list (from 0.5), and of those whom --apply merges.
The floor is who shares an e-mail address or a number, by a dictionary in memory.
"""
import collections
import csv
import itertools
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

tend = os.path.abspath(sys.argv[1])
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../shared/data/dedupe")
NAMES = ["given=given_name", "family=surname"]
BORN = ["birthday=date_of_birth"]
SETS = {        # file, column of the truth, what of it names the person, --map, columns left out
    "FEBRL 1": ("dataset1.csv", "rec_id", lambda v: v.split("-")[1], NAMES + BORN, []),
    "FEBRL 1, no soc_sec_id": ("dataset1.csv", "rec_id", lambda v: v.split("-")[1], NAMES + BORN, ["soc_sec_id"]),
    "FEBRL 2": ("dataset2.csv", "rec_id", lambda v: v.split("-")[1], NAMES + BORN, []),
    "FEBRL 2, no soc_sec_id": ("dataset2.csv", "rec_id", lambda v: v.split("-")[1], NAMES + BORN, ["soc_sec_id"]),
    "A_10000, no soc_sec_id": ("dataset_A_10000.csv", "rec_id", lambda v: str(int(v) // 10), NAMES + BORN + ["phone=phone_number"], ["soc_sec_id"]),
    "fake_1000": ("fake_1000.csv", "cluster", str, ["given=first_name", "family=surname", "birthday=dob", "email=email"], []),
    "RLdata500": ("RLdata500.csv", "ent_id", str, ["given=fname_c1", "family=lname_c1"], []),
    "restaurant": ("restaurant.csv", "class", str, ["name=name", "address=addr", "phone=phone"], []),
}
SYLLABLES = "an bel cor den el fi gar hu il jo kar lin mo na or pe ro sa ti ul ven wa".split()


def run(home, *args):
    env = {k: v for k, v in os.environ.items() if not k.startswith("TEND_")}
    env.update(HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, XDG_STATE_HOME=home, LANG="C.UTF-8", TZ="UTC")
    before = time.monotonic()
    child = subprocess.Popen([tend, "--db", os.path.join(home, "people.db"), *args], env=env, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    out, err = child.communicate()
    if child.returncode not in (0, 5):
        sys.exit(f"{args}: {err}")
    return out, time.monotonic() - before


def public(name):
    file, column, who, maps, without = SETS[name]
    with open(os.path.join(DATA, file), encoding="utf-8", newline="") as source:
        rows = [row for row in csv.reader(source, skipinitialspace=True) if row]
    head = [cell.strip() for cell in rows[0]]
    keep = [i for i, cell in enumerate(head) if cell != column and cell not in without]
    truth = [who(row[head.index(column)].strip()) for row in rows[1:]]
    return [head[i] for i in keep], [[row[i].strip() for i in keep] for row in rows[1:]], truth, maps


def slip(r, text):
    if len(text) < 3:
        return text
    i = r.randrange(1, len(text) - 1)
    return r.choice([text[:i] + text[i + 1:], text[:i] + text[i + 1] + text[i] + text[i + 2:],
                     text[:i] + r.choice("aeiourst") + text[i + 1:]])


def common(r, words, evenly):
    """The first words come often, the last seldom: as one over their place, the first of them flatter."""
    return words[min(int(evenly * (((len(words) + evenly) / evenly) ** r.random() - 1)), len(words) - 1)]


def invented(n):
    r = random.Random(n)
    words = ["".join(r.choices(SYLLABLES, k=r.choice([2, 2, 3]))).capitalize() for _ in range(4000)]
    towns = ["".join(r.choices(SYLLABLES, k=3)).capitalize() for _ in range(300)]
    rows, truth = [], []
    for person in range(n):
        if person and r.random() < 0.1:
            of = r.randrange(len(rows))
            row, who = list(rows[of]), truth[of]
            row[0] = slip(r, row[0]) if r.random() < 0.3 else row[0]
            row[1] = slip(r, row[1]) if r.random() < 0.2 else row[1]
            if r.random() < 0.4:
                row[2] = r.choice(["", f"{row[0]}{r.randrange(99)}@mail.example".lower()])
            elif r.random() < 0.4:
                row[3] = r.choice(["", f"+1 212 555 {r.randrange(10000):04}"])
        else:
            who = person
            row = [common(r, words[:400], 5), common(r, words[400:], 30), "", "", common(r, towns, 2)]
            row[2] = f"{row[0]}.{row[1]}{r.randrange(1000)}@example.com".lower() if r.random() < 0.8 else ""
            row[3] = f"+1 {r.choice([201, 212, 305, 312, 415])} {r.randrange(200, 999)} {r.randrange(10000):04}" if r.random() < 0.7 else ""
            if person % 20 == 1:                        # one of the same house
                row[1], row[3], row[4] = rows[-1][1], rows[-1][3], rows[-1][4]
        rows.append(row)
        truth.append(who)
    return ["given", "family", "email", "phone", "city"], rows, truth, ["given=given", "family=family"]


def pairs_of(groups):
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def floor(head, rows):
    """Pairs that share an e-mail address or a number, and the time for that."""
    before, found = time.monotonic(), set()
    for i, name in enumerate(head):
        if "phone" in name or "email" in name:
            by = collections.defaultdict(list)
            for n, row in enumerate(rows):
                if row[i]:
                    by[row[i].lower()].append(n)
            found |= pairs_of(group for group in by.values() if 1 < len(group) < 60)
    return found, time.monotonic() - before


def merged(home, number):
    """Pairs of rows that are one person now."""
    into = dict(sqlite3.connect(os.path.join(home, "people.db")).execute("SELECT id, merged FROM person"))
    groups = collections.defaultdict(list)
    for person in number:
        root = person
        while into[root]:
            root = into[root]
        groups[root].append(number[person])
    return pairs_of(groups.values())


def line(name, n, what, found, true, seconds, peak=""):
    right = len(found & true)
    precision, recall = right / len(found) if found else 0, right / len(true)
    score = 2 * precision * recall / (precision + recall) if right else 0
    print(f"{name:24} {n:9,} {what:8} {score:7.4f} {precision:7.4f} {recall:7.4f} {seconds:8.2f} s {peak}", flush=True)


def bench(name, head, rows, truth, maps):
    with tempfile.TemporaryDirectory(prefix="tend-bench-") as home:
        file = os.path.join(home, "in.csv")
        with open(file, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([["row"] + head] + [[n] + row for n, row in enumerate(rows)])
        run(home, "import", "--match", "none", *[a for m in maps for a in ("--map", m)], file)
        number = {person["id"]: int(person["attributes"]["csv.row"][0])
                  for person in json.loads(run(home, "list", "--json")[0]) if "csv.row" in person["attributes"]}
        by = collections.defaultdict(list)
        for row in number.values():
            by[truth[row]].append(row)
        true = pairs_of(by.values())
        out, seconds = run(home, "scrub", "--json")
        found = {tuple(sorted((number[p["a"]], number[p["b"]]))) for p in json.loads(out)}
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        line(name, len(rows), "list", found, true, seconds, f"{peak} MB at most so far")
        out, seconds = run(home, "scrub", "--apply", "--json")
        line(name, len(rows), "apply", merged(home, number), true, seconds)
        found, seconds = floor(head, rows)
        line(name, len(rows), "floor", found, true, seconds)


print(f"{'set':24} {'people':>9} {'at':8} {'F1':>7} {'P':>7} {'R':>7}")
for size in [int(arg) for arg in sys.argv[2:]] or [2_000, 100_000]:
    bench("invented", *invented(size))
for name in SETS:
    if os.path.exists(os.path.join(DATA, SETS[name][0])):
        bench(name, *public(name))
