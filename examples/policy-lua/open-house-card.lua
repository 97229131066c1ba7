-- SPDX-License-Identifier: 0BSD
-- open-house-card: a card to whoever came to a group meeting.
-- It teaches: a policy is asked about events and answers with what should happen; the core does it.
--   tend --plugin-dir . --dry-run log ann open_house "at Dana's"
return {
  policy = "open-house-card", version = "1.0.0", license = "0BSD",
  summary = "A card of thanks after a group meeting",
  needs = "reads:touch effects:task",   -- all that it may; `plugin add` shows it
  on = { "touch.logged" },
  run = function(_, event)
    if not event.means.group then return end    -- what a touch means, not what it is called
    return {
      task = "Send a card",
      key = "thanks",           -- a second look at the same event makes no second task
      type = "card",
      window = "0d..3d",        -- from today to the third day after, where they live
      closed_by = "card",       -- logging a card to them is the end of it
      why = "came to the " .. event.kind,
    }
  end,
}
