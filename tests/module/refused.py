"""What the compilers refuse: exports whose prototype is another, and types that have no letter."""
import pathlib
import shutil
import subprocess
import sys

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"
FRAME = """#include <tend/plugin.h>
struct pair {{ int32_t a, b; }};
enum colour {{ RED }};
union either {{ int32_t i; double d; }};
{function}
static const struct tend_export exports[] = {{ {export}, TEND_EXPORTS_END }};
const void *use(void);
const void *use(void) {{ return exports; }}
"""
ARG = "static int32_t f(struct tend_ctx *ctx, {0} a) {{ (void)ctx; (void)a; return 0; }}"
RESULT = "static {0} f(struct tend_ctx *ctx) {{ (void)ctx; {1} }}"
CASES = {       # what: (the function, the export, is it taken?)
    "as it should be": (ARG.format("double"), 'TEND_EXPORT1(f, int32_t, double, "x")', True),
    "all words": ("static tend_bool f(struct tend_ctx *c, tend_person p, const char *s, tend_bool b)"
                  " { (void)c; (void)p; (void)s; return b; }",
                  'TEND_EXPORT3(f, tend_bool, tend_person, const char *, tend_bool, "x")', True),
    "another argument": (ARG.format("double"), 'TEND_EXPORT1(f, int32_t, int64_t, "x")', False),
    "a narrower argument": (ARG.format("int64_t"), 'TEND_EXPORT1(f, int32_t, int32_t, "x")', False),
    "a person where a truth is": (ARG.format("tend_bool"), 'TEND_EXPORT1(f, int32_t, tend_person, "x")', False),
    "another result": (ARG.format("double"), 'TEND_EXPORT1(f, int64_t, double, "x")', False),
    "a result where none is": ("static void f(struct tend_ctx *c) { (void)c; }", 'TEND_EXPORT0(f, int32_t, "x")', False),
    "none where a result is": (RESULT.format("int32_t", "return 1;"), 'TEND_EXPORT0(f, void, "x")', False),
    "too few": (ARG.format("double"), 'TEND_EXPORT0(f, int32_t, "x")', False),
    "too many": (ARG.format("double"), 'TEND_EXPORT2(f, int32_t, double, double, "x")', False),
    "no context": ("static int32_t f(double a) { (void)a; return 0; }", 'TEND_EXPORT1(f, int32_t, double, "x")', False),
    "a void argument": (ARG.format("double"), 'TEND_EXPORT1(f, int32_t, void, "x")', False),
    "no function": ("static const int32_t f = 1;", 'TEND_EXPORT0(f, int32_t, "x")', False),
}
for kind in ("short", "char", "unsigned", "uint32_t", "uint64_t", "long long", "float", "long double",
             "_Bool", "struct pair", "union either", "enum colour", "void *", "char *", "int32_t *",
             "const int32_t *", "const unsigned char *"):
    CASES[f"an argument {kind}"] = (ARG.format(kind), f'TEND_EXPORT1(f, int32_t, {kind}, "x")', False)
for kind, body in {"short": "return 0;", "float": "return 0;", "uint64_t": "return 0;",
                   "struct pair": "return (struct pair){ 0, 0 };", "char *": "return NULL;"}.items():
    CASES[f"a result {kind}"] = (RESULT.format(kind, body), f'TEND_EXPORT0(f, {kind}, "x")', False)


def compile_(compiler, function, export, *strict):
    code = FRAME.format(function=function, export=export)
    return subprocess.run([compiler, "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", *strict,
                           "-fsyntax-only", f"-I{INCLUDE}", "-x", "c", "-"],
                          input=code, capture_output=True, text=True, check=False)


compilers = [c for c in ("gcc", "clang") if shutil.which(c)]
print(f"1..{len(compilers) * len(CASES)}")
bad = number = 0
for compiler in compilers:
    for what, (function, export, taken) in CASES.items():
        number += 1
        done = compile_(compiler, function, export, "-Werror")
        # what stands around it is right: without the export it compiles
        around = compile_(compiler, function, "{ 0 }").returncode == 0
        ok = (done.returncode == 0) == taken and around
        bad += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - {compiler}: {what} is {'taken' if taken else 'refused'}")
        if not ok:
            print("\n".join(f"# {line}" for line in done.stderr.splitlines()))
sys.exit(1 if bad else 0)
