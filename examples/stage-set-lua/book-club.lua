-- SPDX-License-Identifier: 0BSD
-- book-club: the stages of a book club.
-- It teaches: stages and words with what they mean, a rule that moves people, and a guard that says
-- no, with the command that cures it.
return {
  stage_set = "book-club", version = "1.0.0", license = "0BSD",
  summary = "The stages of a book club",
  needs = "reads:person,touch effects:move",
  stages = {                                    -- a track of its own, beside those of others
    { "guest", track = "books", means = "open" },
    { "regular", track = "books", means = "open" },
    { "host", track = "books", means = "won", title = "hosts an evening" },
  },
  touch_kinds = { { "evening", means = "reached group" } },
  guards = {
    { "knows-us", function(ctx, move)
        if move.to == "host" and ctx:touched("evening") < 2 then
          return "a host has been to two evenings", ("log %s evening"):format(ctx.person)
        end
      end },
  },
  on = { "touch.logged" },
  rule = function(ctx, event)
    if event.kind == "evening" then
      local came = ctx:touched("evening")
      return { move = came > 1 and "regular" or "guest", track = "books", reason = "came to an evening" }
    end
  end,
}
