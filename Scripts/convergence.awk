# Prints the rounds of a report (Docs/Report.schema.json): number, the aggregator named by `figure`, and a bar on a
# logarithmic scale that is `height` long at 1 and loses 4 marks a power of ten. `title` heads the column.
# Reads JSON of any layout; relies on no order of keys.

function number(object, key) {
    if (!match(object, "\"" key "\"[ \t]*:[ \t]*[-+.0-9eE]+")) return ""
    object = substr(object, RSTART, RLENGTH)
    sub(/^"[^"]*"[ \t]*:[ \t]*/, "", object)
    return object + 0
}

function round_line(object,    value, length_of_bar, bar) {
    value = number(object, figure)
    if (value == "") return
    length_of_bar = value > 0 ? int(4 * log(value) / log(10) + height) : 0
    for (bar = ""; length_of_bar > 0; length_of_bar--) bar = bar "#"
    printf "  %5d  %.3e  %s\n", number(object, "number"), value, bar
}

{ text = text $0 " " }

END {
    print "  round  " title
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
    counts = number(text, "vertices") == "" ? sprintf("%d rows", number(text, "rows")) : \
        sprintf("%d vertices, %d edges", number(text, "vertices"), number(text, "edges"))
    print ""
    printf "  %s; %s; loading %.3f s, computing %.3f s\n", counts, converged ? "converged" : "not converged", \
        number(text, "load"), number(text, "compute")
}
