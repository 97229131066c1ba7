-- list: one person a line, as people type or paste them.
--     Susi Mayr 0664 555 1234 yoga, teacher       name, number, tags
--     - Peter Koller, peter@example.com, met at gym
--     3) Karin L. (gym) call after 6              name, tag, note
--
-- Numbers and addresses are found wherever they stand. The name is what the line begins with. Of
-- the rest, a single word between commas or in parentheses is a tag, and longer text is the note.
-- A line that ends with a colon ("Gym:") is a tag for those below it; one that is indented more
-- than the first belongs to the person above.

-- What stands before a number or an address and is none of the person.
local labels = { tel = "", telefon = "", phone = "", ph = "", fon = "", nr = "", t = "", p = "", number = "",
                 mobile = "mobile", mobil = "mobile", mob = "mobile", handy = "mobile", cell = "mobile", m = "mobile",
                 home = "home", privat = "home", work = "work", office = "work", ["büro"] = "work", fax = "fax",
                 whatsapp = "whatsapp", wa = "whatsapp", email = "", mail = "", ["e-mail"] = "" }
-- Words within a name that begin with a small letter.
local within = { von = true, van = true, de = true, der = true, den = true, da = true, di = true, del = true,
                 dos = true, du = true, la = true, le = true, el = true, al = true, bin = true, zu = true, ter = true,
                 y = true, e = true, und = true, ["and"] = true, ["&"] = true, ["+"] = true }
-- Words that end a name which is typed in small letters.
local after = { from = true, at = true, met = true, call = true, the = true, with = true, wants = true, is = true,
                has = true, my = true, aus = true, vom = true, bei = true, mit = true, ist = true, hat = true,
                will = true, anrufen = true }

local longest = 1000    -- bytes of one person

local function trim(s) return s:match("^%s*(.-)%s*$") end

-- Is the character a letter that has no small form, or one that is written large?
local function is_capital(code)
  if code < 0x80 then return code >= 65 and code <= 90 end
  if code <= 0xde then return code >= 0xc0 and code ~= 0xd7 end
  if code < 0x100 then return false end
  if code < 0x180 then
    local odd = (code >= 0x139 and code <= 0x148) or code >= 0x179
    return code % 2 == (odd and 1 or 0)
  end
  return (code >= 0x386 and code <= 0x3ab) or (code >= 0x400 and code <= 0x42f) or
         (code >= 0x531 and code < 0x2000) or (code >= 0x2c00 and code < 0xfe00)
end

local function is_sign(code)    -- emoji, arrows, ticks, and what joins them
  return (code >= 0x2190 and code < 0x2c00) or (code >= 0x1f000 and code < 0x20000) or code == 0xfe0f or
         code == 0x200d or code == 0x20e3
end

local function begins_large(word)
  local letter = word:match("^[%p]*(.*)$")
  return letter ~= "" and is_capital(utf8.codepoint(letter))
end

-- The text without emoji, and the emoji; boxes and ticks are bullets.
local function without_signs(text)
  local kept, signs = {}, {}
  if not text:find("[\xe2\xef\xf0]") then return text, "" end
  for _, code in utf8.codes(text) do
    local box = (code >= 0x2610 and code <= 0x2612) or code == 0x2705 or (code >= 0x2713 and code <= 0x2718)
    local to = not is_sign(code) and kept or not box and signs
    if to then to[#to + 1] = utf8.char(code) end
  end
  return table.concat(kept), table.concat(signs)
end

-- Bullets and numbering: "- ", "* ", "3) ", "[x] ", "• ".
local function without_bullet(line)
  local rest = trim(line)
  for _ = 1, 3 do
    rest = rest:gsub("^[%-*+>]+%s+", ""):gsub("^%[[ xX]?%]%s*", ""):gsub("^\xe2\x80[\x93\x94\xa2]%s*", "")
               :gsub("^\xc2\xb7%s*", ""):gsub("^%(?%d%d?%d?[.):]%s+", ""):gsub("^#?%d%d?%d?%.?%s+(%a)", "%1")
  end
  return rest
end

-- Where the date that begins here ends: 12.3.1980, 2026-03-12.
local function date_at(text, at)
  local _, last = text:find("^%d%d?[./]%d%d?[./]%d%d%d?%d?%f[^%d]", at)
  if not last then _, last = text:find("^[12]%d%d%d%-%d%d?%-%d%d?%f[^%d]", at) end
  return last
end

-- Where the next number that could be a phone's stands: 6 to 15 digits, with what people put
-- between them.
local function find_phone(text, from)
  while true do
    local first = text:find("[%d+(]", from)
    if not first then return nil end
    local last, digits, at = nil, 0, first
    while at <= #text do
      local group = text:match("^[+(]*%d+%)?", at)
      local n = group and #group:gsub("%D", "")
      if not group or (at > first and (group:find("^%(?%+") or digits + n > 15 or date_at(text, at))) then break end
      digits, last = digits + n, at + #group - 1
      if at == first and date_at(text, at) then
        last, digits = date_at(text, at), 0
        break
      end
      local gap = text:match("^[ .%-/()]*", last + 1)
      if #gap > 2 or gap == " /" or gap:find("%-%s") then break end
      at = last + 1 + #gap
    end
    local before, behind = text:sub(first - 1, first - 1), last and text:sub(last + 1, last + 1) or ""
    local found = last and text:sub(first, last)
    if found and digits >= 6 and digits <= 15 and not (first > 1 and before:find("[%w#/@]")) and
       not behind:find("[%a:@]") then
      return first, last, found
    end
    from = (last or first) + 1
  end
end

-- Cuts `what` out of the text and puts a bar there, with a label that stood before it.
local function cut_out(text, first, last)
  local before, behind = text:sub(1, first - 1), text:sub(last + 1)
  local near = before:sub(-20)
  local head, word = near:match("^(.-)([%a\x80-\xff%-]+)[.:]*%s*$")
  local label = word and (head == "" or head:find("[%s|,;/(]$")) and labels[word:lower()]
  return (label and before:sub(1, #before - #near) .. head or before) .. "|" .. behind, label
end

local function take(text, row, field, first, last, value)
  local rest, label = cut_out(text, first, last)
  row[field] = row[field] or {}
  table.insert(row[field], { value = value, label = label ~= "" and label or nil })
  return rest
end

-- Everything that a person can be reached by, out of the line.
local function take_points(text, row)
  text = text:gsub("mailto:", ""):gsub("<([^<>]*@[^<>]*)>", " %1 ")
  local first, last = text:find("[^%s,;:|()<>\"]+@[%w\x80-\xff%-.]+%.%a%a+")
  while first do
    text = take(text, row, "email", first, last, text:sub(first, last))
    first, last = text:find("[^%s,;:|()<>\"]+@[%w\x80-\xff%-.]+%.%a%a+")
  end
  for _, start in ipairs { "https?://", "www%." } do
    first, last = text:find("%f[%w]" .. start .. "[^%s,;|()<>\"]+")
    while first do
      text = take(text, row, "url", first, last, text:sub(first, last))
      first, last = text:find("%f[%w]" .. start .. "[^%s,;|()<>\"]+")
    end
  end
  local number
  first, last, number = find_phone(text, 1)
  while first do
    text = take(text, row, "phone", first, last, trim(number))
    first, last, number = find_phone(text, first)
  end
  return text
end

-- How much of the words is the name: those that begin with a capital, and what joins them.
local function name_words(words)
  if not begins_large(words[1]) then      -- all in small letters, as in a hurry
    local n = 0
    while n < #words and n < 4 and not after[words[n + 1]:lower()] do n = n + 1 end
    return #words > 3 and n == 4 and 1 or n
  end
  local n = 1
  for i = 2, math.min(#words, 7) do
    if begins_large(words[i]) and not words[i]:find("^%d") then
      n = i
    elseif not within[words[i]] then
      break
    end
  end
  return n
end

-- The first piece of the text is the name and what follows it; returns what is left.
local function take_name(text, row)
  local piece, rest = text:match("^([^,;|()\t]*)(.*)$")
  piece = piece:gsub("%s[-\xe2][\x80-\xff]*%s", "|"):gsub(":%s", "|"):gsub("[%-:]+%s*$", "")
  local head, tail = piece:match("^([^|]*)(.*)$")
  local words = {}
  for word in head:gmatch("%S+") do words[#words + 1] = word end
  local n = #words > 0 and name_words(words) or 0
  if n > 0 then row.name = table.concat(words, " ", 1, n):gsub("^[\"']+", ""):gsub("[\"'.]+$", function(s)
    return s == "." and #words[n] <= 4 and s or "" end) end
  return table.concat(words, " ", n + 1) .. tail .. rest
end

-- What is left: single words are tags, the rest is the note.
local function take_rest(text, signs, row)
  local tags, note = row.tag, { signs }
  text = text:gsub("%s[-\xe2][\x80-\xff]*%s", ","):gsub("^%s*[-\xe2][\x80-\xff]*%s", "")
  for piece in text:gmatch("[^,;|()\t]+") do
    piece = trim(piece):gsub("^[-:/.]+%s*", ""):gsub("%s*[-:/]+$", "")
    local word = piece:match("^#?([%a\x80-\xff][%w\x80-\xff%-]*)$")
    if word and #word > 1 then
      tags[#tags + 1] = word
    elseif piece:find("[%w\x80-\xff]") then
      note[#note + 1] = piece
    end
  end
  row.note = #note > 0 and table.concat(note, ", ") or nil
end

-- One line, and those that belong to it, as a row; nil if no person is in it.
local function row_of(text, heading)
  local row = { raw = text, tag = { heading } }
  local line, signs = without_signs(without_bullet(text))
  line = without_bullet(line)
  local words = select(2, line:gsub("%S+", ""))
  local rest = take_points(line, row)
  local points = row.phone or row.email
  rest = take_name(rest:gsub("^[%s|]+", ""), row)
  if not row.name and not points then return nil end
  if not points and words > 4 and not begins_large(line) then return nil end
  take_rest(rest, signs ~= "" and signs or nil, row)
  return row
end

local function has_letters(line) return #line > longest or line:find("[%w\x80-\xff]") end

-- How a line looks: 2 a person who can be reached, 1 perhaps a name, 0 neither.
local function looks(line)
  local row = #line < 200 and utf8.len(line) and row_of(line)
  if not row or (not row.name and not row.phone) then return 0 end
  if row.phone or row.email then return 2 end
  local words = select(2, line:gsub("%S+", ""))
  return begins_large(row.name) and #row.name > 2 and words <= 6 and not line:find("[,;.!?]%s*$") and 1 or 0
end

return {
  lead_source = "list", version = "1.0.0", api = 2, license = "GPL-3.0-or-later",
  title   = "a person a line",
  summary = "Reads lists as people type them: a name, a number, a word or two",
  needs   = "none",

  -- Never as sure as a reader that knows the file: whatever is text looks a little like a list.
  sniff = function(_, head, filename)
    local n, sum, reached = 0, 0, 0
    if head:find("^%s*[{<%[\"]") and not head:find("^%s*%[[ xX]?%]") then return 0 end
    if head:find("^%s*BEGIN:") or head:find("^%s*dn:") or head:find("%z") then return 0 end
    for line in head:gmatch("[^\r\n]+") do
      if has_letters(line) and (#line > longest or not line:find(":%s*$")) then
        local how = looks(line)
        n, sum, reached = n + 1, sum + (how > 0 and 1 or 0), reached + (how > 1 and 1 or 0)
      end
      if n == 50 then break end
    end
    if n == 0 or sum * 10 < n * (reached > 0 and 6 or 8) then return 0 end
    return reached > 0 and 25 or (filename == "-" or filename:find("%.txt$")) and 15 or 5
  end,

  read = function(ctx, input)
    local heading, margin, row, row_text
    local line_number = 0
    local function finish()
      if row then ctx.row(row) end
      row = nil
    end
    local function begin(text, line)
      row = #text <= longest and row_of(text, heading) or nil
      if row then
        row_text, row.line = text, line
      elseif #text > longest then
        ctx.reject("list.long", "a person in one line has at most 1,000 letters")
      else
        ctx.reject("list.person", "a line begins with the name: Ann Lee 555 0100 yoga")
      end
    end
    for line in input:lines() do
      line_number = line_number + 1
      local indent, text = "", line
      if #line <= longest then indent, text = line:match("^(%s*)(.-)%s*$") end
      margin = margin or has_letters(text) and #indent
      if row and margin and #indent > margin and has_letters(text) and without_bullet(text) == text then
        if #row_text + #text < longest then begin(row_text .. " | " .. text, row.line) end
      else
        finish()
        if #text < 80 and text:find(":$") and not find_phone(text, 1) and not text:find("@") then
          heading = trim(without_bullet(text):gsub(":$", ""))
        elseif has_letters(text) then
          begin(text, line_number)
        end
      end
    end
    finish()
  end,
}
