-- A plugin that goes through one door at a time: which one, a word says. The same as doors.c.
-- luacheck: read globals tend VERSION NEEDS

local effects = {
  task = { task = "Call", key = "k", window = "0d..3d" },
  retime = { retime = "k", window = "5d..9d" },
  done = { done = "k", why = "w" },
  drop = { drop = "k", why = "w" },
  move = { move = "within", track = "doors", reason = "r" },
  hold = { hold = "shut", track = "doors", till = "6w", reason = "r" },
  set = { set = "x.town", value = "Graz" },
  tag = { tag = "vip" },
  untag = { untag = "vip" },
  note = { note = "hello", key = "k" },
  link = { link = 1, type = "spouse" },
  state = { state = "n", value = "v" },
  schedule = { schedule = "k", every = "year" },
  cancel = { cancel = "k" },
  print = { print = "one line" },
  row = { row = { word = "one row" } },
  ask = { ask = "Which one?", key = "which" },
}
local for_the_user = { print = true, row = true, ask = true }

local looks = {
  get = function(ctx, p) return ctx:get(p, "name") end,
  next = function(ctx) return ctx:next("") end,
  touched = function(ctx) return ctx:touched("reached") end,
  due = function(ctx) return ctx:next("due:..today") end,
  noted = function(ctx) return ctx:next("has:note") end,
  kept = function(ctx, p) return ctx:state("n", p) end,
  fields = function(_, _, event) return event.fields end,
  called = function() return tend.c.bee.add(1, 2) end,
}

-- "read /etc/hostname", "list ~/leads", "http http://...", "bearer http://...", "secret token"
local reaches = {
  read = function(ctx, what) return ctx.file.read(what) end,
  list = function(ctx, what)
    local names, why, code = ctx.file.list(what)
    return names and table.concat(names, "\n"), why, code
  end,
  http = function(ctx, what)
    local res, why, code = ctx.http.get(what)
    return res and res.body, why, code
  end,
  bearer = function(ctx, what)
    local res, why, code = ctx.http.get(what, { bearer = "token" })
    return res and res.body, why, code
  end,
  secret = function(ctx, what) return ctx:secret(what) end,
}

local function reach(ctx, word)
  local how, what = word:match("^(%a+) (.*)$")
  if not how then return nil, "there is no door " .. word .. " here", "invalid" end
  return reaches[how](ctx, what)
end

local function go(ctx, word, person, event)
  local effect = effects[word]
  if effect then
    local copy = { person = not for_the_user[word] and person or nil }
    for k, v in pairs(effect) do copy[k] = v end
    return copy
  end
  if looks[word] then
    looks[word](ctx, person, event)
    return
  end
  if word == "none" then return end
  local got, why = reach(ctx, word)
  if not got then error(why, 0) end
  return not event and { print = got } or nil
end

-- What it does stands in a file beside it, which needs no right.
local function word_of_file(ctx)
  return ((ctx.file.read("door.txt") or "none"):gsub("%s+$", ""))
end

return {
  plugin = "ant", version = VERSION, license = "0BSD", summary = "One door at a time",
  needs = NEEDS,
  provides = {
    { command = "door", summary = "one door", writes = true, fields = { "word" },
      args = { { "word", "word", help = "which door" },
               { "for", "person", help = "for whom", optional = true } },
      flags = { { "which", "word", help = "an answer" } },
      run = function(ctx, args) return go(ctx, args.word, args["for"]) end },
    { policy = "doors", on = "person.changed",
      run = function(ctx, event) return go(ctx, word_of_file(ctx), event.person, event) end },
    { stage_set = "doors", on = "touch.logged",
      stages = { { "without", track = "doors", means = "open" }, { "within", track = "doors", means = "open" } },
      touch_kinds = { { "knock", means = "reached" } }, holds = { { "shut" } },
      rule = function(ctx, event) return go(ctx, word_of_file(ctx), event.person, event) end },
    { report = "doors", title = "one door", fields = { "word" },
      run = function(ctx)
        local effect = go(ctx, word_of_file(ctx), 2)
        if effect then ctx:emit(effect) end
      end },
    { lead_source = "doors", title = "one door", options = { word = { "word", help = "which door" } },
      page = function(ctx)
        local got, why, code = reach(ctx, ctx.options.word)
        if not got then return nil, why, code end
        ctx.row { name = got }
      end },
    { channel = "doors", title = "one door", address = "phone",
      send = function(ctx, message)
        local got, why, code = reach(ctx, message.text)
        if not got then return nil, why, code end
        return "accepted"
      end },
    { playbook = "doors", title = "one door", steps = { { "one", title = "First", window = "0d..1d" } } },
  },
}
