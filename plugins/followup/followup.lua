-- followup: when to come back to somebody. After the offer was shown they get a fair time to
-- think, a week at most; after a no that may not be meant, some weeks; after joining, a
-- welcome within the week.

local AGAIN = { soft_no = "42d..49d", not_now = "90d..97d" }    -- as long as pipeline's holds

local function after_touch(ctx, event)
  local stage = ctx.person.stage
  if ctx:means("stage", stage, "won") or ctx:means("stage", stage, "lost") then return end
  local later = AGAIN[event.disposition or ""]
  if later then
    return {
      { drop = "mull-over", why = "they said " .. event.disposition },
      { task = "Ask again", key = "ask-again", type = "call", window = later, closed_by = "reached",
        why = event.disposition .. ": is now right?" },
    }
  end
  if event.means.shows_offer then
    return { task = "Follow up", key = "mull-over", type = "call", window = "2d..7d", closed_by = "reached",
             why = event.kind .. ", thinking it over" }
  end
end

local function after_move(ctx, event)
  if event.to ~= ctx.person.stage then return end       -- a track beside the main one
  local joined = ctx:means("stage", event.to, "won")
  if not joined and not ctx:means("stage", event.to, "lost") then return end
  local why = joined and "has joined" or "it is a no"
  local effects = { { drop = "mull-over", why = why }, { drop = "ask-again", why = why } }
  if joined then
    effects[#effects + 1] = { task = "Welcome call", key = "welcome", type = "call",
      window = "1d..7d", closed_by = "reached",
      why = "happy? using it? customer or builder?" }
  end
  return effects
end

return {
  policy = "followup", version = "1.0.0", license = "GPL-3.0-or-later",
  summary = "A follow-up after the offer was shown, after a soft no, and after joining",
  needs = "reads:person,touch effects:task,drop",
  on = { "touch.logged", "touch.corrected", "stage.changed" },
  run = function(ctx, event)
    if event.name ~= "stage.changed" then return after_touch(ctx, event) end
    return after_move(ctx, event)
  end,
}
