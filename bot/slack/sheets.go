package slack

import (
	"context"
	"slices"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/sheet"
)

// partFile is the part of a reply that is a file.
const partFile = -1

func sheetName(post bot.Post) string { return "figures-" + fileReference(post) + ".csv" }

// sheetOf are the figures of a reply that was asked for as a file, nil where it
// was not or has none.
func sheetOf(r *bot.Reply) *sheet.Sheet {
	if r.Form != answers.FormCSV {
		return nil
	}
	var whole *sheet.Sheet
	for i := range r.Parts {
		switch s := r.Parts[i].Sheet; {
		case s == nil:
		case whole == nil:
			whole = &sheet.Sheet{Columns: s.Columns, Rows: s.Rows}
		default:
			whole.Rows = append(whole.Rows[:len(whole.Rows):len(whole.Rows)], s.Rows...)
		}
	}
	return whole
}

// putFile posts the file of a reply behind its messages, of which there are so
// many, and returns how many parts the reply has with what stands in its place
// where Slack does not take it.
func (s *Slack) putFile(ctx context.Context, post bot.Post, messages int, there map[int]string) (parts int, changed bool, err error) {
	file := sheetOf(&post.Reply)
	if file == nil {
		return messages, false, nil
	}
	ts, is := there[partFile]
	if is && post.Replaces == "" {
		return messages, false, nil
	}
	if is { // the file of what was asked before
		if err := s.remove(ctx, post.Target.Channel, ts); err != nil {
			return messages, false, err
		}
		delete(there, partFile)
	}
	reason := "Slack did not take it."
	if _, begun := there[messages]; !begun || post.Replaces != "" {
		u, err := s.shareFile(ctx, post, file)
		if err != nil || u == nil { // it is there, or comes with another try
			return messages, err == nil, err
		}
		s.log.Warn("a file could not be posted; its figures are posted in its place", "message", post.ID, "error", u.err)
		reason = u.reason
	}
	for _, m := range render(insteadOfFile(&post.Reply, reason), renderOptions{}) {
		ts, is := there[messages]
		if !is || post.Replaces != "" {
			if err := s.put(ctx, post, messages, m, ts); err != nil {
				return messages, changed, err
			}
			changed = true
		}
		messages++
	}
	return messages, changed, nil
}

// shareFile posts a file; refused says why Slack does not take it.
func (s *Slack) shareFile(ctx context.Context, post bot.Post, file *sheet.Sheet) (refused *unsent, err error) {
	if _, err := s.waitTurn(ctx, post.Target); err != nil {
		return nil, err
	}
	bounded, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	id, err := s.upload(bounded, post, sheetName(post), "", func() ([]byte, error) { return file.CSV(), nil })
	if err == nil {
		p := &post.Reply.Parts[0]
		title := p.Interpretation
		if title == "" {
			title = p.Headline
		}
		err = s.complete(bounded, id, fileTitle(title), post.Target)
	}
	if err == nil {
		return nil, nil
	}
	if u := unsendable(ctx, post, err); u != nil {
		return u, nil
	}
	return nil, err
}

// shownColumns are the columns of a sheet that stand in a message, and what they
// are called there: what a figure must not be parted from. Its caveats and its
// source stand below the table.
func shownColumns() [][2]string {
	return [][2]string{
		{"subject", "Subject"}, {"measure", "Measure"}, {"figure", "Figure"}, {"as_of", "As of"}, {"table", "Table"},
		{"footnotes", "Footnotes"}, {"certainty", "Certainty"}, {"column", "Column"}, {"finding", "Finding"},
	}
}

// insteadOfFile are the figures of a reply's file as tables, with the reason why
// there is no file.
func insteadOfFile(r *bot.Reply, reason string) bot.Reply {
	out := bot.Reply{Status: r.Status}
	said := "The CSV file could not be posted: " + reason
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.Sheet == nil {
			continue
		}
		out.Parts = append(out.Parts, bot.Part{
			Headline: said, Body: []answers.Block{{Table: shownTable(p.Sheet)}},
			Caveats: caveatsOf(p), Source: p.Source, Interpretation: p.Interpretation,
		})
		said = "The figures of the other question:"
	}
	return out
}

// caveatsOf are the caveats of a part as its sheet has them, the remarks of its
// text among them.
func caveatsOf(p *bot.Part) []string {
	at := slices.Index(p.Sheet.Columns, "caveats")
	if at < 0 || len(p.Sheet.Rows) == 0 || p.Sheet.Rows[0][at] == "" {
		return p.Caveats
	}
	return []string{p.Sheet.Rows[0][at]}
}

// shownTable is a sheet as a table, without the columns that have nothing.
func shownTable(s *sheet.Sheet) *answers.Table {
	t := &answers.Table{Rows: make([][]string, len(s.Rows))}
	for _, column := range shownColumns() {
		at := slices.Index(s.Columns, column[0])
		if at < 0 || !slices.ContainsFunc(s.Rows, func(row []string) bool { return row[at] != "" }) {
			continue
		}
		t.Columns = append(t.Columns, column[1])
		for i, row := range s.Rows {
			t.Rows[i] = append(t.Rows[i], row[at])
		}
	}
	return t
}
