# Prints the rounds of a report (Docs/Report.schema.json): number, L1 change, a bar on a logarithmic scale.
# Reads JSON of any layout; relies on no order of keys.

function number(object, key) {
    if (!match(object, "\"" key "\"[ \t]*:[ \t]*[-+.0-9eE]+")) return ""
    object = substr(object, RSTART, RLENGTH)
    sub(/^"[^"]*"[ \t]*:[ \t]*/, "", object)
    return object + 0
}

function round_line(object,    change, length_of_bar, bar) {
    change = number(object, "change")
    if (change == "") return
    length_of_bar = change > 0 ? int(4 * (log(change) / log(10) + 10)) : 0
    for (bar = ""; length_of_bar > 0; length_of_bar--) bar = bar "#"
    printf "  %5d  %.3e  %s\n", number(object, "number"), change, bar
}

{ text = text $0 " " }

END {
    print "  round  L1 change"
    start = index(text, "\"rounds\"")
    rounds = start ? substr(text, start) : ""
    depth = 0
    for (i = index(rounds, "["); i > 0 && i <= length(rounds); i++) {
        letter = substr(rounds, i, 1)
        if (letter == "{" || letter == "[") {
            depth++
            if (letter == "{" && depth == 2) begin = i
        } else if (letter == "}" || letter == "]") {
            depth--
            if (letter == "}" && depth == 1) round_line(substr(rounds, begin, i - begin + 1))
            if (depth == 0) break
        }
    }
    converged = text ~ /"converged"[ \t]*:[ \t]*true/
    print ""
    printf "  %d vertices, %d edges; %s; loading %.3f s, computing %.3f s\n", number(text, "vertices"), \
        number(text, "edges"), converged ? "converged" : "not converged", number(text, "load"), number(text, "compute")
}
