-- SPDX-License-Identifier: 0BSD
-- dormant: who was not reached for so many days.    tend dormant 60
-- It teaches: a command declares what it takes, and answers with rows, effects and questions.
local DAY = 24 * 60 * 60 * 1000000 -- microseconds
local MANY = 5

return {
  command = "dormant", version = "1.0.0", license = "0BSD", group = "people", writes = true,
  summary = "who was not reached for some time",
  needs = "reads:person,touch effects:row,tag,ask",
  more = "With --tag they get that tag; more than five are asked about first.",
  args = {
    { "days", "number", help = "so many days; else 30", optional = true },
    { "among", "filter", help = "stage:prospect tag:teacher ...", optional = true },
  },
  flags = {
    { "tag", "word", help = "give them this tag" },
    { "sure", "choice", choices = { "yes", "no" }, help = "answers whether to tag many" },
  },
  examples = {
    { "dormant 60", "who was not reached for sixty days" },
    { "dormant 30 stage:prospect --tag=wake", "prospects, who get a tag to find them by" },
  },
  fields = { "person:person", "name", "stage", "touches:number" },

  run = function(ctx, args)
    local since = ctx.now - (args.days or 30) * DAY
    local effects, found = {}, {}
    for p in ctx:people(args.among or "") do
      if p:touched("reached", since) == 0 then
        found[#found + 1] = p
        effects[#effects + 1] = { row = { person = p, name = p.name, stage = p.stage or false,
                                          touches = p:touched("reached") } }
      end
    end
    if args.tag and #found > MANY and not args.sure then
      return { ask = ("Tag %d people?"):format(#found), key = "sure", choices = { "yes", "no" } }
    end
    if args.tag and args.sure ~= "no" then
      for _, p in ipairs(found) do effects[#effects + 1] = { tag = args.tag, person = p } end
    end
    return effects
  end,
}
