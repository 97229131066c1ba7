"""Completion of people at the prompt."""
from screen import case, main


def people(t):
    t.run("add", "Ann Lee", "phone=0664 5550100")
    t.run("add", "Ann Berg")
    t.run("add", "Bob Ray")


@case("Tab completes a person, with quotes where the name has a space")
def _(t):
    people(t)
    s = t.start()
    s.type("show bo\t")
    s.at(r"^tend> show Bob$", len("tend> show Bob "))
    s.type("\r")
    s.wait(r"^p4 +Bob Ray")
    s.ready()
    s.type("show ann\\ l\t")
    s.at(r'^tend> show "Ann Lee"$', len('tend> show "Ann Lee" '))
    s.type("\r")
    s.wait(r"^p2 +Ann Lee")
    s.ready()


@case("an ambiguous name is completed as far as it goes, and listed")
def _(t):
    people(t)
    s = t.start()
    s.type("show an\t")
    s.wait(r"^  .*Ann Berg")
    s.wait(r"^  .*Ann Lee")
    s.at(r'^tend> show "?Ann')
    s.type("l\t")
    s.at(r'^tend> show "?Ann Lee')


main()
