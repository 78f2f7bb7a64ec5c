package answers

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// valueTable lists values of several parties, a row each; dates in a column of
// their own.
func valueTable(values []value) *Table { return tableOf(values, nil) }

// rankTable lists values in their order, with a column of places before them:
// the first value's place is first, and ties share one.
func rankTable(values []value, first int) *Table {
	return tableOf(values, func(i int) string { return strconv.Itoa(first + place(values, i)) })
}

// place is the rank of a value in its list, from 1.
func place(values []value, i int) int {
	for i > 0 && values[i-1].num.Value == values[i].num.Value {
		i--
	}
	return i + 1
}

// tableOf lists values; placed gives what stands before the row of a value,
// nil for nothing.
func tableOf(values []value, placed func(i int) string) *Table {
	columns := make([]string, 0, 5)
	if placed != nil {
		columns = append(columns, "#")
	}
	name := len(columns)
	columns = append(columns, rowWord(values))
	rows, dated := 0, false
	for i := range values {
		v := &values[i]
		if l := v.what.label(); !slices.Contains(columns[name+1:], l) {
			columns = append(columns, l)
		}
		if i == 0 || !values[i-1].sameParty(v) {
			rows++
		}
		dated = dated || v.date() != ""
	}
	if dated {
		columns = append(columns, "As of")
	}
	t := &Table{Columns: columns, Rows: make([][]string, 0, rows)}
	cells := make([]string, rows*len(columns))
	var row []string
	for i := range values {
		v := &values[i]
		if i == 0 || !values[i-1].sameParty(v) {
			row, cells = cells[:len(columns):len(columns)], cells[len(columns):]
			t.Rows = append(t.Rows, row)
			row[name] = v.who.say()
			if placed != nil {
				row[0] = placed(i)
			}
		}
		row[name+1+slices.Index(columns[name+1:], v.what.label())] = v.say()
		if d := v.date(); d != "" {
			row[len(row)-1] = d.Words()
		}
	}
	return t
}

// sameParty says whether two values are of one party.
func (v *value) sameParty(o *value) bool {
	if v.who.subject != nil && o.who.subject != nil {
		return v.who.subject == o.who.subject
	}
	return v.who.name() == o.who.name()
}

// aligned sets a table in plain lines, columns padded to the widest cell and
// parted by two spaces.
func aligned(t *Table) string {
	widths := make([]int, len(t.Columns))
	bytes := widen(widths, t.Columns, 0)
	for _, row := range t.Rows {
		bytes = widen(widths, row, bytes)
	}
	line := 1
	for _, w := range widths {
		line += w + 2
	}
	var b strings.Builder
	b.Grow(max(bytes, line*(len(t.Rows)+1)))
	writeRow(&b, t.Columns, widths)
	for _, row := range t.Rows {
		b.WriteByte('\n')
		writeRow(&b, row, widths)
	}
	return b.String()
}

// widen makes columns as wide as the cells of a row, and adds the cells' bytes up.
func widen(widths []int, row []string, bytes int) int {
	for i, c := range row {
		widths[i] = max(widths[i], utf8.RuneCountInString(c))
		bytes += len(c)
	}
	return bytes
}

const spaces = "                                "

func writeRow(b *strings.Builder, row []string, widths []int) {
	last := len(row) - 1
	for last > 0 && row[last] == "" {
		last--
	}
	for i, c := range row[:last+1] {
		b.WriteString(c)
		if i == last {
			return
		}
		n := widths[i] - utf8.RuneCountInString(c) + 2
		for ; n > len(spaces); n -= len(spaces) {
			b.WriteString(spaces)
		}
		b.WriteString(spaces[:n])
	}
}
