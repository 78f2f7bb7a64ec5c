package chart

import (
	"strings"

	"reportbot/data"
)

// dates says where the dates of a picture's figures stand: below the title
// where all have the same, at the heading of a group, or else beside each name.
type dates struct {
	all    string // of every figure
	groups []string
	rows   bool // some figures need theirs beside them
}

// none stands at the heading of figures for which the report prints no date.
const none = "no date printed"

func (s *Spec) dates() dates {
	d := dates{groups: make([]string, len(s.Groups))}
	if month, same := commonDate(s.Groups); same {
		d.all = words(month)
		return d
	}
	for i := range s.Groups {
		month, same := commonDate(s.Groups[i : i+1])
		switch {
		case !same || s.Groups[i].Heading == "":
			d.rows = true
		case month == "":
			d.groups[i] = none
		default:
			d.groups[i] = words(month)
		}
	}
	return d
}

// beside is the date of a row that stands beside its name.
func (d *dates) beside(group int, r *Row) string {
	if d.all != "" || !d.rows || d.groups[group] != "" || r.AsOf == "" {
		return ""
	}
	month, year, _ := strings.Cut(words(r.AsOf), " ")
	if year == "" {
		return month
	}
	return month[:min(3, len(month))] + " " + year
}

// commonDate is the date of all figures of the groups, "" for none; false where they differ.
func commonDate(groups []Group) (month string, same bool) {
	none := true
	for _, g := range groups {
		for _, r := range g.Rows {
			if !none && r.AsOf != month {
				return "", false
			}
			month, none = r.AsOf, false
		}
	}
	return month, true
}

// words is a date for people: "August 2017", or "2017" where no month is known.
func words(date string) string {
	if w := data.Month(date).Words(); w != "" {
		return w
	}
	return date
}
