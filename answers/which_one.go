package answers

import (
	"strings"

	"reportbot/data"
)

// seatTells sets aside a capital that only says which of several places of one name a row is:
// "Georgians (Tbilisi, not Atlanta)", "Georgia as in Tbilisi". It stands behind the name of its own
// row, and another place is denied or goes by that name, too; of a town itself no figure tells.
func (d *draft) seatTells() {
	for i := 1; i < len(d.names); i++ {
		u, n := &d.names[i], &d.names[i-1]
		if u.uncovered == nil || !u.uncovered.Seat || n.row == nil || n.row.Name != u.uncovered.Of || u.span.from-n.to > seatNear {
			continue
		}
		denied := i+1 < len(d.names) && d.names[i+1].span.from-u.to <= 2 && d.words[d.names[i+1].span.from-1].text == "not"
		if denied {
			d.names[i+1].place = true
		}
		u.place = u.place || denied || d.setOff(n.to-1) && d.e.namesake(n.row)
	}
}

// seatNear is how many words may stand between a row and the capital that tells which one it is.
const seatNear = 6

// namesake says whether a place without a row goes by the name of a row, too: "Georgia (US state)".
func (e *Engine) namesake(row *data.Subject) bool {
	for _, u := range e.report.Uncovered {
		if strings.HasPrefix(u.Name, row.Name+" (") {
			return true
		}
	}
	return false
}
