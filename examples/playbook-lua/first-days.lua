-- SPDX-License-Identifier: 0BSD
-- first-days: the first days of a new member.    tend playbook start first-days ann
-- It teaches: a playbook is a table of steps with windows, and shows before anything runs.
return {
  playbook = "first-days", version = "1.0.0", license = "0BSD",
  summary = "The first days of a new member", title = "The first days", audience = "member",
  needs = "effects:task",
  steps = {
    { "welcome-call", title = "Welcome call", type = "call", window = "0d..1d", closed_by = "reached",
      why = "who is welcomed stays" },
    { "first-order", title = "Look at the first order together", window = "2d..5d" },
    { "list-of-names", title = "Write the list of names", window = "3d..7d" },
  },
}
