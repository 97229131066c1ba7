"""Every block of code in a guide is true: the blocks of a page are run in order, in one folder.

    ```lua thanks.lua     the block is the file thanks.lua; so with any language but the next two. C must
                          compile without a warning
    ```sh                 run with `bash -e`: it must end with 0, and a line with the comment `# exit 4` with 4
    ```console            `$ LINE` is a command of the shell, `tend> LINE` or `lua> LINE` a line typed at tend's
                          prompt (lines without another kind between them are one session). What follows must be
                          what is shown; `...` in a line stands for anything, alone on a line for any lines

A language that is not known, a file without a name, and a file that no later command names, are failures.
"""
import fcntl
import os
import pathlib
import pty
import re
import shlex
import signal
import struct
import subprocess
import termios
import threading

from tend import ROOT, SANITIZED, case, main

FILES = "lua c csv json text meson ini".split()
PROMPT = re.compile(r"(\$|tend>|lua>) ?(.*)")
MARK = "\x1e"


def blocks(page):
    """(line, language, file name or None, text) of each block of a page."""
    out, start = [], None
    for number, line in enumerate((ROOT / page).read_text(encoding="utf-8").splitlines(keepends=True), 1):
        fence = re.match(r"```(.*)$", line)
        if fence and start is None:
            start, words, text = number, fence.group(1).split(), ""
        elif fence:
            assert len(words) < 3 and fence.group(1) == "", f"{page}:{number}: ``` alone ends a block"
            out.append((start, words[0] if words else "", words[1] if len(words) > 1 else None, text))
            start = None
        elif start is not None:
            text += line
    assert start is None, f"{page}:{start}: the block has no end"
    return out


def entries(text):
    """What is typed in a transcript, with what must be shown for it: (command of the shell, expected lines)."""
    out, session = [], None     # what is typed at one prompt is one command
    for line in text.splitlines():
        typed = PROMPT.fullmatch(line)
        if typed and typed.group(1) == "$":
            session = None
            out.append([typed.group(2), []])
        elif typed:
            if session is None:
                session = []
                out.append([session, []])
            session.append(typed.group(2))
        else:
            assert out, f"output without a command: {line}"
            out[-1][1].append(line)
    return [(f"printf '%s\\n' {shlex.join(typed)} | tend" if isinstance(typed, list) else typed, expected)
            for typed, expected in out]


def pattern(expected):
    out = ""
    for line in expected:
        if line.strip() == "...":
            out += r"(?:.*\n)*?"
        else:
            out += ".*".join(re.escape(part) for part in line.rstrip().split("...")) + r" *\n"
    return out


class Page:
    """A folder in which the blocks of a page are run; the folder, and what is exported, last from block to block."""

    def __init__(self, t, page):
        self.t, self.page = t, page
        self.folder, self.state = t.dir / "try", t.dir / "state.sh"
        bin_, pc = t.dir / "bin", t.dir / "lib"
        for path in (self.folder, bin_, pc):
            path.mkdir()
        tend = bin_ / "tend"
        tend.write_text(f'#!/bin/sh\nexec "{t.exe}" --now {t.now} "$@"\n')
        tend.chmod(0o755)
        built = (pathlib.Path(t.exe).parent / "meson-private" / "tend.pc").read_text()
        (pc / "tend.pc").write_text(re.sub(r"^prefix=.*", f"prefix={ROOT}", built, flags=re.M))
        self.state.write_text("")
        self.env = dict(t.env, PATH=f"{bin_}:{os.environ['PATH']}", PKG_CONFIG_PATH=str(pc), COLUMNS="100", NO_COLOR="1",
                        GUIDE_STATE=str(self.state))

    def bash(self, lines, *options):
        """Runs lines with a terminal to write to and nothing to read: what is shown is what a person sees."""
        script = ('. "$GUIDE_STATE"\n'
                  """trap '{ export -p; printf "cd %q\\n" "$PWD"; } >"$GUIDE_STATE"' EXIT\n""" + lines)
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
        child = subprocess.Popen(["bash", *options, "-c", script], cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL,
                                 stdout=follower, stderr=follower, start_new_session=True)
        os.close(follower)
        late = threading.Timer(180 if SANITIZED else 60, os.killpg, (child.pid, signal.SIGKILL))
        late.start()
        out = b""
        while True:
            try:
                block = os.read(leader, 65536)
            except OSError:     # the last one that wrote has ended
                break
            if not block:
                break
            out += block
        child.wait()
        late.cancel()
        try:
            os.killpg(child.pid, signal.SIGKILL)    # what was left to run behind
        except ProcessLookupError:
            pass
        os.close(leader)
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[78=>]|\r", "", out.decode("utf-8", "backslashreplace"))
        assert "Sanitizer" not in shown, shown
        return child.returncode, shown

    def sh(self, text):
        lines = re.sub(r"^(.*?)( +# exit (\d+)\b.*)$", r"{ \1; } || [ $? = \3 ]\2", text, flags=re.M)
        status, shown = self.bash(lines, "-e")
        assert status == 0, f"it ended with {status}\n{text}\n{shown}"

    def console(self, text):
        todo = entries(text)
        _, shown = self.bash("".join(f"printf '{MARK}'\n{line}\n" for line, _ in todo))
        outputs = shown.split(MARK)[1:]
        outputs += ["(not reached)\n"] * (len(todo) - len(outputs))
        for (line, expected), output in zip(todo, outputs):
            output = "".join(l.rstrip() + "\n" for l in output.splitlines())
            if not re.fullmatch(pattern(expected), output):
                raise AssertionError(f"$ {line}\nexpected:\n" + "\n".join(expected) + f"\nshown:\n{output}")

    def run(self, language, name, text):
        if language == "sh" and name is None:
            self.sh(text)
        elif language == "console" and name is None:
            self.console(text)
        elif language in FILES:
            assert name, f"which file is this {language}? (```{language} NAME)"
            path = self.where() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            if language == "c":
                self.sh("cc -std=c17 -Wall -Wextra -Wpedantic -Wconversion -Werror -fPIC -fsyntax-only $(pkg-config --cflags tend) "
                        + shlex.quote(str(path)))
        else:
            raise AssertionError(f"no language that this test knows: {language or 'none is named'}")

    def where(self):
        last = re.findall(r"^cd (.*)$", self.state.read_text(), re.M)
        return pathlib.Path(shlex.split(last[-1])[0]) if last else self.folder


def unused(found, at):
    """Does no later command name the file that stands in this block, or its folder?"""
    path = pathlib.Path(found[at][2])
    names = [path.stem] + ([path.parts[0]] if len(path.parts) > 1 else [])
    return not any(language in ("sh", "console") and name in text
                   for _, language, _, text in found[at + 1:] for name in names)


def check(t, name):
    page, wrong = Page(t, name), []
    found = blocks(name)
    for at, (line, language, file, text) in enumerate(found):
        try:
            page.run(language, file, text)
            assert not file or not unused(found, at), f"no command after it names {file}"
        except AssertionError as why:
            wrong.append(f"{name}:{line}: {why}")
    assert not wrong, "\n\n".join(wrong)


for each in ("plugins/README.md", "include/README.md", "README.md", "scripts/README.md", "examples/README.md"):
    case(each)(lambda t, each=each: check(t, each))

main()
