-- SPDX-License-Identifier: 0BSD
-- gmail-dots: ann.lee@gmail.com and annlee+news@googlemail.com are one address.
-- It teaches: a normaliser makes a key of a value; two values with one key are the same.
return {
  normaliser = "gmail-dots", version = "1.0.0", license = "0BSD", field = "email",
  summary = "Two spellings of a Gmail address are one",
  needs = "reads:person",
  key = function(_, value)
    if not value or #value > 200 then return nil end
    local user, host = value:lower():match("^%s*([^@+%s]+)[^@%s]*@([^@%s]+)%s*$")
    if host == "gmail.com" or host == "googlemail.com" then
      return user:gsub("%.", "") .. "@gmail.com"
    end                 -- nothing: the next normaliser is asked, the core's own last
  end,
}
