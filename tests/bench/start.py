"""What plugins cost a start: `due` with 0, 10 and 50 plugins that nobody asks, and with 10 that were added, whose
files are looked at whether they are what they were.

A third each are policies in Lua, commands in Lua and policies in C. By CPU of the whole process, the least of many
runs taken in turns, so that a busy machine does not count; the clock's median stands beside it."""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 60
POLICY = """return { policy = "p%d", version = "1.0.0", summary = "for the bench", on = { "task.done" },
  run = function(ctx, event) return { tag = "x" } end }
"""
COMMAND = """return { command = "c%d", version = "1.0.0", summary = "for the bench",
  args = { { "who", "person", help = "whom" } }, run = function(ctx) ctx.print("x") end }
"""
NATIVE = """#include <tend/plugin.h>
static tend_status run(struct tend_ctx *ctx, const struct tend_event *event) { (void)ctx; (void)event; return TEND_OK; }
static const struct tend_policy policy = { sizeof policy, "NAME", "task.done", run };
static tend_status init(struct tend_ctx *ctx, const struct tend_host *host) { return host->provide(ctx, "policy", &policy); }
static const struct tend_plugin plugin = { TEND_HEAD, .name = "NAME", .version = "1.0.0", .summary = "s",
    .license = "0BSD", .needs = "", .init = init };
const struct tend_plugin *tend_plugin_entry(void) { return &plugin; }
"""


def fill(folder, n, include):
    folder.mkdir()
    for i in range(n):
        if i % 3 == 0:
            (folder / f"p{i}.lua").write_text(POLICY % i)
        elif i % 3 == 1:
            (folder / f"c{i}.lua").write_text(COMMAND % i)
        else:
            source = folder / f"n{i}.c"
            source.write_text(NATIVE.replace("NAME", f"n{i}"))
            subprocess.run(["cc", "-std=c17", "-O1", "-shared", "-fPIC", f"-I{include}", str(source), "-o",
                            str(folder / f"n{i}.so")], check=True)
            source.unlink()


def cost(argv, env):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000, (time.perf_counter() - start) * 1000


def main(exe, include):
    home = pathlib.Path(tempfile.mkdtemp(prefix="tend-bench-"))
    env = dict(os.environ, HOME=str(home), TEND_DB=str(home / "people.db"), XDG_STATE_HOME=str(home),
               XDG_CACHE_HOME=str(home / "cache"), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home))
    subprocess.run([exe, "-q", "add", "Ann Lee"], env=env, check=True)
    lines = {}
    for n in (0, 10, 50):
        fill(home / f"with{n}", n, include)
        lines[f"{n} plugins, due"] = [exe, "--plugin-dir", str(home / f"with{n}"), "due"]
    lines["50 plugins, declarations not kept"] = lines["50 plugins, due"]
    lines["10 added plugins, due"] = [exe, "due"]
    lines["no plugins at all, due"] = [exe, "--no-plugins", "due"]
    added = dict(env, XDG_CONFIG_HOME=str(home / "added"), XDG_DATA_HOME=str(home / "data"),
                 XDG_CACHE_HOME=str(home / "known"))
    for file in sorted((home / "with10").iterdir()):
        subprocess.run([exe, "--yes", "-q", "plugin", "add", str(file)], env=added, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    taken = {name: [] for name in lines}
    for turn in range(TURNS):
        for name, argv in lines.items():
            where = added if "added" in name else env
            if "not kept" in name:
                if turn >= 10:
                    continue
                shutil.rmtree(home / "cache", ignore_errors=True)
            elif "10 " in name or turn == 0 or turn < 11 and "50" in name:
                subprocess.run(argv, env=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            taken[name].append(cost(argv, where))
    none = min(c for c, _ in taken["0 plugins, due"][1:])
    for name, rows in taken.items():
        cpu, wall = min(c for c, _ in rows[1:]), statistics.median(w for _, w in rows[1:])
        print(f"{name:<36}{cpu:7.2f} ms of CPU ({wall:6.2f} by the clock), {cpu / none:5.2f} of none, {cpu - none:+6.2f} ms")
    shutil.rmtree(home)


main(sys.argv[1], sys.argv[2])
