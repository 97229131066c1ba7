# Completion of tend for bash: the program itself says what fits.
_tend() {
    local rest=$COMP_LINE line='' word about typed head i gap quoted
    local -a words=() shown=()

    for ((i = 0; i <= COMP_CWORD; i++)); do     # bash parts words at = and : too
        word=${COMP_WORDS[i]}
        gap=${rest%%"$word"*}
        [[ -n $word ]] || gap=${rest:0:1}
        rest=${rest:${#gap}}
        rest=${rest#"$word"}
        if [[ -z $gap && $i -gt 0 ]]; then words[-1]+=$word; else words+=("$word"); fi
    done
    typed=${words[-1]}
    quoted=${typed%%[!\"\']*}
    head=${typed%"${typed##*[=:]}"}
    [[ $COMP_WORDBREAKS == *=* ]] || head=''
    line=$(printf '%s ' "${words[@]:1}")
    COMPREPLY=()
    while IFS=$'\t' read -r word about; do
        if [[ $word == *[=:/] ]]; then compopt -o nospace; fi
        [[ -z $head || $word != "$head"* ]] || word=${word#"$head"}
        [[ -n $quoted ]] || printf -v word %q "$word"
        [[ $word != \\~* ]] || word=${word#\\}
        COMPREPLY+=("$word")
        shown+=("$word${about:+  ($about)}")
    done < <("${COMP_WORDS[0]}" __complete --line "${line% }" 2>/dev/null)
    if ((COMP_TYPE == 63 && ${#shown[@]} > 1)); then COMPREPLY=("${shown[@]}"); fi
}
complete -o nosort -F _tend tend
