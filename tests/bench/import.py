#!/usr/bin/python3
"""What an import of many leads costs, each part of it, beside sqlite3's own .import in the same run.

usage: import.py TEND CSV_PLUGIN [ROWS]         (ROWS: 100,000, or TEND_BENCH_ROWS; a million by hand)

The leads are invented: name, e-mail, phone, city, source and a note, about 150 bytes a row; every
e-mail is new, hardly a phone is shared. The floor is `.import` of the same file into a table with
an index on e-mail and one on phone, kept live; it matches nobody, normalises nothing, keeps no
journal and cannot take it back. Then a tenth as many rows more come into that base, and the first
import is undone (of a copy without those), whose tables of facts are then compared by content.

By CPU (user and system) as well as by the clock, since a machine may be busy; parts by CPU.
"""
import hashlib
import os
import pathlib
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

GIVEN = ("Ada Bela Carla Dario Edda Falk Gesa Hugo Ines Jan Kira Lars Mona Nils Olga Per Rosa Sven Tilda Uwe "
         "Vera Wim Zita Anouk Bram Chloe Diego Elif Farid Gwen Hiro Imani José Zoë Łucja Søren").split()
FAMILY = ("Abel Brandt Castro Dorn Ekman Falke Gruber Hansen Ivers Jansen Keller Lund Moreau Novak Olsen Peters "
          "Quist Rossi Sommer Thorn Ullman Vogel Weber Young Ziegler O'Neil Núñez Müller Kovač Park-Lee").split()
CITIES = "Vienna Graz Linz Berlin Hamburg Zurich Madrid Lyon Oslo Turin Dublin Porto Austin Boston".split()
SOURCES = ["Web form", "Open house", "Referral", "Fair", "Newsletter"]
WORDS = ("would like to hear more about the products on a weekday evening after the fair knows a friend who has "
         "started last year asked for samples prefers a short call likes hiking and cooking").split()


def phone(chance, i):
    kind = i % 4
    if kind == 0:
        return f"+1 {chance.randrange(201, 990)} {chance.randrange(200, 999)} {chance.randrange(10000):04d}"
    if kind == 1:
        return f"+43 660 {chance.randrange(10**7):07d}"
    if kind == 2:
        return f"0049 170 {chance.randrange(10**7):07d}"
    return f"+44 7{chance.randrange(400, 800)} {chance.randrange(10**6):06d}"


def write(path, first, rows):
    chance = random.Random(first)
    with open(path, "w", encoding="utf-8") as out:
        out.write("name,email,phone,city,source,notes\n")
        for i in range(first, first + rows):
            given, family = chance.choice(GIVEN), chance.choice(FAMILY)
            note = " ".join(chance.choices(WORDS, k=chance.randrange(6, 16)))
            note = f'"{note}, soon"' if i % 5 == 0 else note
            plain = f"{given}.{family}".lower().encode("ascii", "ignore").decode().replace("'", "")
            out.write(f"{given} {family},{plain}{i}@{chance.choice(('example.com', 'mail.example.org'))},"
                      f"{phone(chance, i)},{chance.choice(CITIES)},{chance.choice(SOURCES)},{note}\n")


class Bench:
    def __init__(self, exe, plugins, home):
        self.exe, self.plugins, self.home = exe, plugins, home
        self.base = home / "people.db"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("TEND_")}
        self.env.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), XDG_STATE_HOME=str(home),
                        XDG_CACHE_HOME=str(home), LANG="C.UTF-8", TZ="UTC", TEND_PARTS="1")

    def measure(self, argv, given=None):
        """(CPU, clock in seconds, most memory in MB, what it said)"""
        read, write_end = os.pipe()
        start = time.perf_counter()
        with subprocess.Popen(argv, env=self.env, stdin=subprocess.PIPE, stdout=write_end, stderr=write_end) as child:
            os.close(write_end)
            child.stdin.write((given or "").encode())
            child.stdin.close()
            said = b"".join(iter(lambda: os.read(read, 65536), b"")).decode()
            os.close(read)
            status, used = os.wait4(child.pid, 0)[1:]
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 5):
            sys.exit(f"{argv}: exit {child.returncode}: {said}")
        return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024, said

    def tend(self, *words):
        return self.measure([self.exe, "--db", str(self.base), "--plugin-dir", str(self.plugins), "--yes",
                             *map(str, words)])

    def floor(self, path):
        return self.measure(["sqlite3", str(self.home / "floor.db")],
                            ".mode csv\nCREATE TABLE t(name,email,phone,city,source,notes);\n"
                            "CREATE INDEX e ON t(email); CREATE INDEX p ON t(phone);\n"
                            f".import --skip 1 {path} t\n")

    def facts(self):
        """The content of every table of facts: what undo must bring back."""
        link = sqlite3.connect(self.base)
        names = [n for n, in link.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%rev INTEGER%'")]
        sums = {}
        for name in names:
            sums[name] = hashlib.sha256()
            for row in link.execute(f"SELECT * FROM {name} ORDER BY id"):
                sums[name].update(repr(row).encode())
        link.close()
        return {name: s.hexdigest() for name, s in sums.items()}


def line(what, rows, cost, floor=None):
    cpu, clock, memory, _ = cost
    beside = f"  {cpu / floor[0]:5.2f}x CPU  {clock / floor[1]:5.2f}x clock" if floor else ""
    print(f"{what:34} {cpu:7.2f} s CPU  {clock:7.2f} s  {rows / cpu:9,.0f} rows/s CPU  {memory:5.0f} MB{beside}", flush=True)


def main(exe, plugin, rows):
    home = pathlib.Path(tempfile.mkdtemp(prefix="tend-bench-"))
    plugins = home / "plugins"
    plugins.mkdir()
    shutil.copy(plugin, plugins)
    bench = Bench(os.path.abspath(exe), plugins, home)
    leads, more = home / "leads.csv", home / "more.csv"
    write(leads, 0, rows)
    write(more, rows, rows // 10)
    print(f"{rows:,} leads, {leads.stat().st_size / 1e6:.0f} MB")
    floor = bench.floor(leads)
    line("sqlite3 .import, two indexes", rows, floor)
    bench.tend("add", "Ann Sample")
    before = bench.facts()
    whole = bench.tend("import", leads)
    line("tend import", rows, whole, floor)
    for name, ms in re.findall(r"(\w+) (\d+)", whole[3][whole[3].index("parts:"):]):
        print(f"    {name:12} {int(ms) / 1000:7.2f} s CPU {100 * int(ms) / 1000 / whole[0]:5.0f} %  "
              f"{int(ms) * 1000 / rows:6.2f} us a row")
    size = bench.base.stat().st_size
    print(f"    in the file  {size / rows:7.0f} bytes a row")
    kept = home / "kept.db"
    shutil.copy(bench.base, kept)
    line("a tenth more into it", rows // 10, bench.tend("import", more))
    line("the same tenth again", rows // 10, bench.tend("import", more))
    line("texts into the search index", rows + rows // 10, bench.tend("tick"))
    shutil.copy(kept, bench.base)
    line("undo of the whole", rows, bench.tend("undo"))
    after = bench.facts()
    wrong = [name for name in before if before[name] != after[name]]
    print("undo: every table of facts as before" if not wrong else f"undo: NOT as before: {wrong}")
    shutil.rmtree(home)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2],
                  int(sys.argv[3] if len(sys.argv) > 3 else os.environ.get("TEND_BENCH_ROWS", 100_000))))
