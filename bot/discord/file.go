package discord

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/layout"
	"reportbot/bot/sheet"
)

// file is what goes with a message: a picture, or figures for a spreadsheet.
type file struct {
	Name string
	Alt  string // what it shows, for who does not see it

	spec *chart.Spec // what is drawn when it is sent; nil: the data is there
	data []byte
}

// uploadKind is the media type of a file.
func (f *file) uploadKind() string {
	if f.spec != nil {
		return "image/png"
	}
	return "text/csv; charset=utf-8"
}

// attachment is what a message tells of a file of its, by the file's number in
// the request (docs.discord.com/developers/reference, uploading files).
type attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

func attachments(files []file) []attachment {
	out := []attachment{}
	for i, f := range files {
		out = append(out, attachment{strconv.Itoa(i), f.Name, f.Alt})
	}
	return out
}

// drawnWith says whether the chart of a part is drawn with its reply: one that
// was asked for, and that of a digest's subject.
func drawnWith(r *bot.Reply, part int, digest bool) bool {
	return r.Parts[part].Chart != nil && (r.Form == answers.FormChart || digest && part == 0)
}

// pictureOf is a chart as a file, as yet without a name.
func pictureOf(s *chart.Spec) *file {
	alt := bot.Printable(s.Alt(limitAlt))
	if layout.Units(alt) > limitAlt { // a sign has two units at most
		alt = bot.Printable(s.Alt(limitAlt / 2))
	}
	return &file{Alt: alt, spec: s}
}

// sheetOf is the figures of a reply as a file, nil where none was asked for.
func sheetOf(r *bot.Reply) *file {
	var whole sheet.Sheet
	for i := range r.Parts {
		if s := r.Parts[i].Sheet; s != nil {
			whole.Columns, whole.Rows = s.Columns, append(whole.Rows, s.Rows...)
		}
	}
	if len(whole.Rows) == 0 {
		return nil
	}
	return &file{Name: "figures.csv", Alt: fmt.Sprintf("The figures of the answer as CSV, with their dates, sources and caveats; rows: %d.", len(whole.Rows)), data: whole.CSV()}
}

// numbered is the name of a file of which a message may have several.
func numbered(name, end string, n int) string {
	if n == 0 {
		return name + end
	}
	return name + "-" + strconv.Itoa(n+1) + end
}

// captioned is a reply with what is drawn or filed and little else: the text was
// read before. What has neither says why, and stays.
func captioned(r bot.Reply) bot.Reply {
	out := bot.Reply{Form: r.Form}
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.Sheet != nil || r.Form == answers.FormChart && p.Chart != nil {
			out.Parts = append(out.Parts, bot.Part{Headline: p.Headline, Caveats: p.Caveats, Source: p.Source, Chart: p.Chart, Sheet: p.Sheet})
		}
	}
	if len(out.Parts) == 0 {
		return r
	}
	return out
}

// Why a message is without its file.
const (
	noFilesHere = "The bot may not attach files here, so the picture or file is missing; whoever manages this server can allow it with the permission \"Attach Files\"."
	notDrawn    = "The picture could not be drawn just now; please ask for it again in a minute."
)

// drawWithin is how long a picture may take. Mostly it is 50 ms.
const drawWithin = 5 * time.Second

// draw draws the pictures of messages. A message whose picture cannot be drawn
// goes without, and says so where it was asked for.
func (d *Discord) draw(ctx context.Context, messages []message, asked bool) []message {
	ctx, cancel := context.WithTimeout(ctx, drawWithin)
	defer cancel()
	for i := range messages {
		if err := d.drawn(ctx, messages[i].Files); err != nil {
			d.log.Error("a picture could not be drawn; its message goes without", "error", err)
			messages[i] = messages[i].bare(reason(notDrawn, asked))
		}
	}
	return messages
}

func (d *Discord) drawn(ctx context.Context, files []file) error {
	for i := range files {
		f := &files[i]
		if f.spec != nil {
			var err error
			if f.data, err = d.charts.PNG(ctx, f.spec); err != nil {
				return err
			}
		}
		if len(f.data) > limitFile {
			return fmt.Errorf("a file of %d bytes; at most %d are taken", len(f.data), limitFile)
		}
	}
	return nil
}

// reason is why a file is missing that was asked for; nobody misses another.
func reason(why string, asked bool) string {
	if !asked {
		return ""
	}
	return why
}

// bare is a message without its files, and with the reason for that.
func (m message) bare(why string) message {
	if len(m.Files) == 0 {
		return m
	}
	m.Files, m.Embeds = nil, withoutPictures(m.Embeds)
	if text := m.Content + "\n" + subtext(why); why != "" && layout.Units(text) <= limitContent {
		m.Content = text
	}
	return m
}

func withoutPictures(embeds []*discordgo.MessageEmbed) []*discordgo.MessageEmbed {
	out := slices.Clone(embeds)
	for i, e := range out {
		if e.Image != nil {
			plain := *e
			plain.Image = nil
			out[i] = &plain
		}
	}
	return out
}

// filesRefused says whether Discord may take a message without its files that it
// did not take with them: it does not say which permission is missing.
func filesRefused(err error, files []file) bool {
	code := codeOf(err)
	return len(files) > 0 && (code == codeNoPermission || code == codeTooLarge)
}
