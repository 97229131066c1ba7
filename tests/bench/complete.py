"""How long a Tab takes among 100,000 people: the whole of `tend __complete`, beside sqlite3's own range query."""
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PEOPLE = 100_000
TURNS = 41
GIVEN = "Ann Anna Bob Cara Dana Eva Finn Gus Hanna Ida Jan Karin Lena Mira Nora Olga Paul Rosa Susi Tom".split()


def median(argv, env):
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        subprocess.run(argv, env=env, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def main(exe):
    home = pathlib.Path(tempfile.mkdtemp(prefix="tend-bench-"))
    env = dict(os.environ, HOME=str(home), TEND_DB=str(home / "people.db"), XDG_STATE_HOME=str(home))
    random.seed(7)
    with open(home / "people.csv", "w", encoding="utf-8") as file:
        file.write("Name,Email\n")
        for i in range(PEOPLE):
            family = "".join(random.choice("bcdfglmnrst") + random.choice("aeiou") for _ in range(3)).title()
            file.write(f"{random.choice(GIVEN)} {family},p{i}@example.com\n")
    subprocess.run([exe, "-q", "import", str(home / "people.csv")], env=env, check=True, stdout=subprocess.DEVNULL)
    floor = median(["sqlite3", env["TEND_DB"], "SELECT p.name FROM person_word w JOIN person p ON p.id = w.person"
                    " WHERE w.word >= 'ann' AND w.word < 'anz' LIMIT 20"], env)
    start = median([exe, "__complete", "--", "lo"], env)
    print(f"sqlite3, the bare range query         {floor:7.2f} ms")
    print(f"tend __complete lo (no database)      {start:7.2f} ms")
    for typed in ("ann", "b", "mira bad", "zzz"):
        took = median([exe, "__complete", "--", "log", typed], env)
        print(f"tend __complete log {typed!r:<18}{took:7.2f} ms, {took - start:6.2f} ms of it past the start")
    shutil.rmtree(home)


main(sys.argv[1])
