# Completion of tend for fish: the program itself says what fits.
function __tend_complete
    set -l before (commandline -opc)
    set -l now (commandline -ct | string replace -r '^["\']' '')
    $before[1] __complete -- $before[2..-1] "$now" 2>/dev/null
end
complete -c tend -f -k -a '(__tend_complete)'
