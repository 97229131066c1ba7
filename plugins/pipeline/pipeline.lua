-- pipeline: the two tracks that everybody walks here, what each stage means, and when
-- somebody moves. The concept is sold first and the product second, so each has a track.
--
-- Other plugins ask for what a stage or a touch means, never for its name: keep the
-- meanings when you write stages of your own.

local HOLDS = { soft_no = "6w", not_now = "90d" }   -- asked again after this long

local function conversation(ctx, move)
  if move.to == "prospect" and ctx:touched("significant") == 0 then
    return "a prospect is somebody with whom you had a significant conversation: none is logged",
      ('log %s call "what was said" significant=yes'):format(ctx.person)
  end
end

local function interest(ctx, move)
  local known = ctx.person.interest
  if move.to == "prospect" and (not known or known == "no" or known == "none") then
    return "a prospect is interested in the business, or would use the product: neither is noted",
      ("set %s interest=business"):format(ctx.person)
  end
end

-- Whoever asked to be left alone is moved by people, not by rules.
local function left_alone(ctx, move)
  if move.by ~= "user" and #ctx.person.dnc > 0 then
    return "marked do-not-contact, so that no rule moves them",
      ("move %s %s:%s"):format(ctx.person, move.track, move.to)
  end
end

-- A touch in, moves and holds out.
local function rule(ctx, event)
  local stage, said = ctx.person["stage.opportunity"], event.disposition
  local effects = {}
  local function move(track, to, reason)
    effects[#effects + 1] = { move = to, track = track, reason = reason }
  end

  if said == "bought" and ctx.person["stage.product"] ~= "customer" then
    move("product", "customer", "bought")
  end
  if ctx:means("stage", stage, "won") then return effects end    -- a member stays one

  if said == "joined" then
    move("opportunity", "member", "joined")
  elseif said == "hard_no" then
    if stage ~= "hard_no" then move("opportunity", "hard_no", "a no for good") end
  elseif event.means.shows_offer and (not stage or stage == "listed" or stage == "prospect") then
    move("opportunity", "presented", "was shown the offer")
  elseif stage == "presented" and (said == "thinking" or said == "interested") then
    move("opportunity", "considering", said .. ", after having seen the offer")
  end
  local till = HOLDS[said or ""]
  if till then
    effects[#effects + 1] = { hold = said, till = till, track = "opportunity", reason = "said " .. said }
  end
  return effects
end

return {
  stage_set = "pipeline", version = "1.0.0", license = "GPL-3.0-or-later",
  summary = "The stages from the list of names to member and customer",
  needs = "reads:person,touch effects:move,hold",

  primary = "opportunity",
  initial = "listed",
  stages = {
    { "listed",      track = "opportunity", means = "open", title = "on the list" },
    { "prospect",    track = "opportunity", means = "open", title = "prospect" },
    { "presented",   track = "opportunity", means = "open", title = "has seen the offer" },
    { "considering", track = "opportunity", means = "open", title = "considering" },
    { "member",      track = "opportunity", means = "won",  title = "member" },
    { "hard_no",     track = "opportunity", means = "lost", title = "no for good" },
    { "trying",      track = "product",     means = "open", title = "trying the product" },
    { "customer",    track = "product",     means = "won",  title = "customer" },
    { "no_product",  track = "product",     means = "lost", title = "does not want the product" },
  },

  touch_kinds = {
    { "call",           means = "reached" },
    { "three_way_call", means = "reached group" },
    { "inbound_call",   means = "reached inbound" },
    { "voicemail" },
    { "text" },
    { "message" },
    { "email" },
    { "reply",          means = "reached inbound" },
    { "web_form",       means = "inbound" },
    { "meeting",        means = "reached" },
    { "visit",          means = "reached" },
    { "presentation",   means = "reached shows_offer" },
    { "one_on_one",     means = "reached shows_offer" },
    { "open_house",     means = "reached shows_offer group" },
    { "family_meeting", means = "reached shows_offer group" },
    { "webinar",        means = "shows_offer group" },
    { "video",          means = "shows_offer" },
    { "audio" },
    { "brochure" },
    { "website" },
    { "card" },
    { "letter" },
    { "sample" },
    { "training" },
  },

  dispositions = {                          -- a minus: what it was not, whatever its kind says
    { "reached",      means = "reached" },
    { "no_answer",    means = "-reached -shows_offer" },
    { "voicemail",    means = "-reached -shows_offer" },
    { "left_message", means = "-reached -shows_offer" },
    { "busy",         means = "-reached -shows_offer" },
    { "wrong_number", means = "-reached -shows_offer" },
    { "no_show",      means = "-reached -shows_offer" },
    { "callback",     means = "-reached -shows_offer", title = "asked to be called back" },
    { "thinking",     means = "reached" },
    { "interested",   means = "reached" },
    { "not_now",      means = "reached" },
    { "soft_no",      means = "reached" },
    { "hard_no",      means = "reached" },
    { "joined",       means = "reached" },
    { "bought",       means = "reached" },
  },

  holds = {
    { "soft_no", title = "said no, and may not mean it" },
    { "not_now", title = "not now" },
  },

  guards = {
    { "conversation", conversation },
    { "interest", interest },
    { "left-alone", left_alone },
  },

  on = { "touch.logged", "touch.corrected" },
  rule = rule,
}
