-- SPDX-License-Identifier: 0BSD
-- stage-count: how many people stand at each stage.    tend report stage-count
-- It teaches: a report reads, and returns rows; table, JSON and CSV come by themselves.
return {
  report = "stage-count", version = "1.0.0", license = "0BSD",
  summary = "How many people stand at each stage", title = "people at each stage",
  needs = "reads:person effects:row",
  options = { among = { "word", help = "only who match this filter: tag:vip" } },
  fields = { "stage", "people:number" },
  run = function(ctx, options)
    local count, names, rows = {}, {}, {}
    for p in ctx:people(options.among or "") do
      local stage = p.stage or "none"
      if not count[stage] then names[#names + 1] = stage end
      count[stage] = (count[stage] or 0) + 1
    end
    table.sort(names)           -- the order of a table is another one in the next run
    for i, stage in ipairs(names) do rows[i] = { stage = stage, people = count[stage] } end
    return rows
  end,
}
