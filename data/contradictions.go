package data

import (
	"fmt"
	"strings"
)

// remark is a check that only tells something.
func remark(name, format string, args ...any) Check {
	return Check{Name: name, Detail: fmt.Sprintf(format, args...), OK: true, Info: true}
}

// disagreements are figures that two tables print differently.
func (r *Report) disagreements() []Check {
	var out []Check
	for _, p := range r.expect.Pairs {
		a, b := r.byMeasure[p.Measure], r.byMeasure[p.With]
		for _, s := range r.Subjects {
			x, ok1 := s.cell(a)
			y, ok2 := s.cell(b)
			if ok1 && ok2 && x.Number.Raw != y.Number.Raw {
				out = append(out, remark("tables disagree", "%s: %s %s in table %s, %s %s in table %s%s", s.Name,
					a.Name, x.Number.Raw, x.Table, b.Name, y.Number.Raw, y.Table, weight(x.Number, y.Number)))
			}
		}
	}
	return out
}

// weight tells figures that cannot both hold from those that only differ in
// how exact they are.
func weight(a, b Number) string {
	if _, sure := a.Compare(b); sure {
		return " (cannot both hold)"
	}
	return ""
}

// contradictions are printed figures that the prose gives differently.
func (r *Report) contradictions() []Check {
	var out []Check
	for _, f := range r.Findings {
		for _, ref := range f.Contradicts {
			c, _ := ref.Subject.cell(ref.Measure)
			out = append(out, remark("text disagrees", "%s: %s %s in table %s, %s in finding %s", ref.Subject.Name,
				ref.Measure.Name, c.Number.Raw, c.Table, stated(f), f.ID))
		}
	}
	return out
}

// stated lists what a finding states.
func stated(f *Finding) string {
	var printed []string
	for _, figure := range f.Figures {
		printed = append(printed, figure.Printed)
	}
	if len(printed) == 0 {
		return "otherwise"
	}
	return strings.Join(printed, ", ")
}

// memberSums set the row of a region beside the sum of its members' rows.
func (r *Report) memberSums() []Check {
	var out []Check
	for _, s := range r.Subjects {
		for _, m := range r.Measures {
			own, ok := s.cell(m)
			parts := r.memberNumbers(s, m)
			if !ok || len(parts) == 0 {
				continue
			}
			out = append(out, remark("region and members", "%s: %s %s; %d of %d members add up to %s", s.Name, m.Name,
				own.Number.Raw, len(parts), len(s.Members), formatNumber(Sum(parts).Value)))
		}
	}
	return out
}

func (r *Report) memberNumbers(s *Subject, m *Measure) []Number {
	var out []Number
	for _, member := range s.Members {
		if c, ok := member.cell(m); ok {
			out = append(out, c.Number)
		}
	}
	return out
}
