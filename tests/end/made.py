"""What the tests of rights and of messages share: C plugins compiled as their authors would, a
service on the loopback, and cases that are run for both languages."""
import http.server
import os
import shlex
import subprocess
import threading

from tend import ROOT, case


class Service:
    """Says hello on the loopback; `seen` has the paths that were asked for."""

    def __init__(self, before=None):
        self.seen, outer = [], self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.seen.append((self.path, self.headers.get("Authorization")))
                if before:
                    before(self.path)
                body = b"hello"
                self.send_response(200)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


MADE = {}       # bytes of what was compiled, by its words


def compiled(source, out, **words):
    """A C plugin, as its author would compile it: against include/, and nothing else."""
    out.parent.mkdir(parents=True, exist_ok=True)
    key = (source.read_text(), *words.items())
    if key not in MADE:
        compile_it(source, out, words)
        MADE[key] = out.read_bytes()
    out.write_bytes(MADE[key])
    return out


def compile_it(source, out, words):
    argv = [*shlex.split(os.environ.get("CC", "cc")), "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-shared",
            "-fPIC", f"-I{ROOT / 'include'}", *[f'-D{k}="{v}"' for k, v in words.items()], str(source), "-o", f"{out}.new"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    os.rename(f"{out}.new", out)


def both(function):
    """Declares the case once for each language."""
    def add(name):
        for language in ("c", "lua"):
            case(f"{name}, in {language}")(lambda t, language=language: function(t, language))
    return add


def each(name):
    return lambda function: both(function)(name)
