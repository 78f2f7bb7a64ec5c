package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/discord/fakediscord"
	"reportbot/bot/layout/layouttest"
)

// shows checks that a message shows one picture, in its embed, with words for it.
func (s *server) shows(t *testing.T, m fakediscord.Message, words string) {
	t.Helper()
	if len(m.Attachments) != 1 {
		t.Fatalf("%d files: %s", len(m.Attachments), visible(m))
	}
	a := m.Attachments[0]
	picture, err := png.Decode(bytes.NewReader(a.Data))
	if err != nil || a.Filename != "chart.png" || a.ContentType != "image/png" || picture.Bounds().Dx() != chart.Width {
		t.Errorf("a file %s of type %s: %v", a.Filename, a.ContentType, err)
	}
	if !strings.Contains(a.Description, words) || utf8.RuneCountInString(a.Description) > limitAlt {
		t.Errorf("%q is not in %q", words, a.Description)
	}
	var embeds []struct{ Image struct{ URL string } }
	if err := json.Unmarshal(m.Embeds, &embeds); err != nil || !strings.HasSuffix(embeds[0].Image.URL, a.ID+"/chart.png") {
		t.Errorf("the embed shows %+v, %v", embeds, err)
	}
}

// holds checks that a message has a file of figures with a text in it.
func (s *server) holds(t *testing.T, m fakediscord.Message, texts ...string) {
	t.Helper()
	if len(m.Attachments) != 1 || m.Attachments[0].Filename != "figures.csv" || m.Attachments[0].Description == "" {
		t.Fatalf("files %+v: %s", m.Attachments, visible(m))
	}
	for _, text := range texts {
		if !bytes.Contains(m.Attachments[0].Data, []byte(text)) {
			t.Errorf("%q is not in\n%s", text, m.Attachments[0].Data)
		}
	}
}

// TestAChartAskedForInWords comes with its reply, and the text stands by itself.
func TestAChartAskedForInWords(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	asked := s.Mention(s.ann, s.channel, "chart of the top 5 countries by fighters")
	m := s.AwaitPosts(t, s.channel, 1)[0]
	s.shows(t, m, "Russia 3,417")
	s.says(t, m, "Russia")
	if m.ReplyTo != asked.ID || m.Nonce == "" || slices.Contains(m.Buttons(), "Chart") || !slices.Contains(m.Buttons(), "CSV") {
		t.Errorf("it replies to %q, nonce %q, buttons %v", m.ReplyTo, m.Nonce, m.Buttons())
	}
	s.Mention(s.ann, s.channel, "top 5 countries by fighters as csv")
	s.holds(t, s.AwaitPosts(t, s.channel, 2)[1], "Russia", "3,417", "qualifier")
	s.Mention(s.ann, s.channel, "top 5 countries by fighters")
	if m := s.AwaitPosts(t, s.channel, 3)[2]; len(m.Attachments) > 0 {
		t.Errorf("files that nobody asked for: %+v", m.Attachments)
	}
}

// TestChartAndCSVByButton, by command too, private where the answer was private,
// and after a restart.
func TestChartAndCSVByButton(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		s.shows(t, s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "chart of the top 5 countries by fighters"})), "Russia 3,417")
		open := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report compare", map[string]any{"first": "france", "second": "germany", "measure": "returned"}))
		private := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "compare returnees: France and Germany", "private": true}))
		press := func() {
			t.Helper()
			for _, on := range []fakediscord.Message{open, private} {
				drawn, filed := s.AwaitOriginal(t, s.Press(s.ann, on, "Chart")), s.AwaitOriginal(t, s.Press(s.ann, on, "CSV"))
				s.shows(t, drawn, "France 302")
				s.says(t, drawn, "~ means about")
				s.holds(t, filed, "~300", "~ means about")
				for _, m := range []fakediscord.Message{drawn, filed} {
					if m.EphemeralTo != on.EphemeralTo {
						t.Errorf("seen by %q, the answer by %q", m.EphemeralTo, on.EphemeralTo)
					}
					if len(m.Buttons()) > 0 {
						t.Errorf("buttons %v", m.Buttons())
					}
				}
			}
		}
		press()
		s.restart(t)
		press()
		said := s.Say(s.bob, s.channel, "a chart of the top 5 countries by fighters")
		s.shows(t, s.AwaitOriginal(t, s.MessageCommand(s.ann, said, askAbout)), "Russia 3,417")
		shared := s.AwaitOriginal(t, s.Press(s.ann, private, "Share in channel"))
		if shared.EphemeralTo != "" || !slices.Contains(shared.Buttons(), "Chart") {
			t.Errorf("shared with %q, buttons %v", shared.EphemeralTo, shared.Buttons())
		}
		for _, delivery := range s.Deliveries() {
			if bytes.HasPrefix(delivery.Body, []byte("--")) {
				t.Error("a file stands in the response to a delivery")
			}
		}
	})
}

// TestButtonsOfLongCodes work, after a restart too.
func TestButtonsOfLongCodes(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		m := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report finding", map[string]any{"about": "child returnees"}))
		s.restart(t)
		s.says(t, s.AwaitOriginal(t, s.Press(s.bob, m, "Why?")), "footnotes 204")
		s.says(t, s.AwaitOriginal(t, s.Press(s.bob, m, "Useful")), "Thank you.")
		m = s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "what does it say about child returnees", "private": true}))
		s.says(t, s.AwaitOriginal(t, s.Press(s.ann, m, "Share in channel")), "child")
	})
}

// TestAPictureStaysWithItsPage: other pages are without, and going back shows it.
func TestAPictureStaysWithItsPage(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		a := s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "chart of the top 48 countries by fighters"})
		m := s.AwaitOriginal(t, a)
		s.shows(t, m, "Russia 3,417")
		s.says(t, m, "Page 1 of ")
		now := func(page string) fakediscord.Message {
			var found fakediscord.Message
			s.Await(t, func(st *fakediscord.State) bool {
				found = st.Original(a.Interaction)
				return strings.Contains(visible(found), page)
			})
			return found
		}
		s.Press(s.ann, m, "Next ▶")
		second := now("Page 2 of ")
		if len(second.Attachments) > 0 {
			t.Errorf("the second page has files %+v", second.Attachments)
		}
		s.Press(s.ann, second, "◀ Previous")
		s.shows(t, now("Page 1 of "), "Russia 3,417")
	})
}

// TestWhereFilesAreNotAllowed what is asked for is said in words, with the reason.
func TestWhereFilesAreNotAllowed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		c := s.AddChannel(fakediscord.Channel{Guild: s.guild, Denied: fakediscord.AttachFiles})
		without := func(m fakediscord.Message) fakediscord.Message {
			t.Helper()
			if len(m.Attachments) > 0 {
				t.Errorf("files %+v", m.Attachments)
			}
			s.says(t, m, noFilesHere)
			return m
		}
		m := without(s.AwaitOriginal(t, s.Slash(s.ann, c, "report ask", map[string]any{"question": "chart of the top 5 countries by fighters"})))
		s.says(t, m, "Russia")
		m = s.AwaitOriginal(t, s.Slash(s.ann, c, "report ask", map[string]any{"question": "top 5 countries by fighters"}))
		for _, button := range []string{"Chart", "CSV"} {
			if pressed := without(s.AwaitOriginal(t, s.Press(s.bob, m, button))); pressed.EphemeralTo != s.bob {
				t.Errorf("%s: others see it", button)
			}
		}
	})
}

// TestAReplyWhereFilesAreNotAllowed: without embeds too, once, with the reason.
func TestAReplyWhereFilesAreNotAllowed(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	for _, denied := range []fakediscord.Permission{fakediscord.AttachFiles, fakediscord.AttachFiles | fakediscord.EmbedLinks} {
		c := s.AddChannel(fakediscord.Channel{Guild: s.guild, Denied: denied})
		s.Mention(s.ann, c, "chart of the top 5 countries by fighters")
		s.Await(t, func(st *fakediscord.State) bool {
			posts := st.Posts(c)
			return len(posts) == 1 && strings.Contains(visible(posts[0]), "Russia") && strings.Contains(visible(posts[0]), noFilesHere)
		})
	}
	c := s.AddChannel(fakediscord.Channel{Guild: s.guild, Denied: fakediscord.EmbedLinks})
	s.Mention(s.ann, c, "chart of the top 5 countries by fighters")
	s.Await(t, func(st *fakediscord.State) bool {
		posts := st.Posts(c)
		return len(posts) == 1 && strings.Contains(posts[0].Content, "Russia") && len(posts[0].Attachments) == 1
	})
}

// TestFilesThatDiscordRefuses: the answer comes without.
func TestFilesThatDiscordRefuses(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		const callback = "POST /interactions/{interaction_id}/{interaction_token}/callback"
		for _, refusal := range []fakediscord.Fault{fakediscord.ErrorCode(403, 50013, "Missing Permissions"), fakediscord.ErrorCode(413, 40005, "Request entity too large")} {
			s.Fail(callback, refusal, 1)
			m := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "chart of the top 5 countries by fighters"}))
			s.says(t, m, "Russia")
			s.says(t, m, noFilesHere)
		}
	})
}

// TestAPictureIsPostedOnce where it is not known whether it got through.
func TestAPictureIsPostedOnce(t *testing.T) {
	for name, fault := range map[string]fakediscord.Fault{"after": fakediscord.CutAfter(), "before": fakediscord.CutBefore()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, false, nil)
			s.Fail("POST /channels/{channel_id}/messages", fault, 1)
			s.Mention(s.ann, s.channel, "chart of the top 5 countries by fighters")
			s.shows(t, s.AwaitPosts(t, s.channel, 1)[0], "Russia 3,417")
			s.Mention(s.ann, s.channel, "women from Kosovo")
			if posts := s.AwaitPosts(t, s.channel, 2); len(posts) != 2 || len(posts[1].Attachments) > 0 {
				t.Errorf("%d posts", len(posts))
			}
		})
	}
}

// TestADigestHasItsPicture, its preview too; where no files are allowed it comes
// without, and says nothing of it.
func TestADigestHasItsPicture(t *testing.T) {
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		s.order(t, s.ann, "digest set", daily())
		wait := 5 * time.Hour
		for day, denied := 0, []fakediscord.Permission{0, fakediscord.AttachFiles}; len(denied) > 0; day++ {
			preview := s.order(t, s.ann, "digest preview", nil)
			drawn := len(preview.Attachments) > 0 // not of a subject with two figures
			channel := fakediscord.Channel{ID: s.channel, Guild: s.guild}
			if drawn {
				s.shows(t, preview, "chart")
				channel.Denied, denied = denied[0], denied[1:]
			}
			s.AddChannel(channel)
			s.clock.pass(wait)
			wait = 24 * time.Hour
			post := s.AwaitPosts(t, s.channel, day+1)[day]
			if drawn && channel.Denied == 0 {
				s.shows(t, post, preview.Attachments[0].Description)
			} else if len(post.Attachments) > 0 {
				t.Errorf("files %v", post.Attachments[0].Filename)
			}
			if visible(post) != visible(preview) {
				t.Errorf("posted\n%s\npreviewed\n%s", visible(post), visible(preview))
			}
			s.AddChannel(fakediscord.Channel{ID: s.channel, Guild: s.guild})
		}
	})
}

// TestASlowChartIsDeferred, and comes in the place of the sign that it will.
func TestASlowChartIsDeferred(t *testing.T) {
	key := newSigning(t)
	edited := make(chan *http.Request, 1)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Error(err)
		}
		edited <- r
		_, _ = w.Write([]byte("{}"))
	}))
	defer api.Close()
	d := adapter(t, key, func(c *Config) { c.APIURL = api.URL + "/" })
	in := &drawnIntake{intake: &intake{slow: make(chan struct{})}, reply: layouttest.NewAsker(t, "discord").Ask(t, "chart of the top 5 countries by fighters")}
	body := fmt.Sprintf(`{"id":"2","application_id":"8","type":3,"token":"tok","channel_id":"5","context":1,"user":{"id":"7"},
		"data":{"custom_id":%q,"component_type":2},"message":{"id":"6","flags":64}}`, customID(buttonChart, "c@1"))
	w := deliver(t, d, in, key.delivery(body, time.Now()))
	if got := answerOf(t, w); got.Type != answerDeferred || got.Data.Flags != flagEphemeral {
		t.Errorf("%s", w.Body)
	}
	close(in.slow)
	r := <-edited
	if r.Method != http.MethodPatch || !strings.HasSuffix(r.URL.Path, "/webhooks/8/tok/messages/@original") || len(r.MultipartForm.File["files[0]"]) != 1 ||
		!strings.Contains(r.FormValue("payload_json"), attachedAs+"chart.png") {
		t.Errorf("%s %s %v", r.Method, r.URL.Path, r.MultipartForm)
	}
	if took := in.took(); len(took) != 1 || took[0].Act != bot.AsChart || took[0].Code != "c@1" || !took[0].Private {
		t.Errorf("took %+v", took)
	}
}

// drawnIntake answers each message with a reply.
type drawnIntake struct {
	*intake
	reply bot.Reply
}

func (i *drawnIntake) Answer(ctx context.Context, m bot.Message) (bot.Reply, error) {
	_, err := i.intake.Answer(ctx, m)
	return i.reply, err
}

// TestAChartThatCannotBeDrawn is missed in words.
func TestAChartThatCannotBeDrawn(t *testing.T) {
	d := adapter(t, newSigning(t), nil)
	reply := layouttest.NewAsker(t, "discord").Ask(t, "chart of the top 5 countries by fighters")
	reply.Parts[0].Chart.Groups[0].Rows[0].Value = 1e300
	m := d.draw(t.Context(), render(reply, withButtons()), true)[0]
	if faults := over(m); len(m.Files) > 0 || m.Embeds[0].Image != nil || !strings.Contains(m.Content, notDrawn) || len(faults) > 0 {
		t.Errorf("%+v %q", m, faults)
	}
}

// drawAll has each picture drawn that the data can give, not some.
var drawAll = flag.Bool("drawall", false, "draw each picture that the data can give")

// TestEveryPictureAndFileFits: each chart and each file of figures that an answer
// can have, in each way in which it is posted.
func TestEveryPictureAndFileFits(t *testing.T) {
	t.Parallel()
	a := layouttest.NewAsker(t, "discord")
	d := adapter(t, newSigning(t), nil)
	var seen []string
	charts, sheets, largest := 0, 0, 0
	for _, question := range layouttest.Sample(t, picturable(a)) {
		asked := a.Ask(t, question)
		if slices.Contains(seen, asked.Code) {
			continue
		}
		seen = append(seen, asked.Code)
		replies := []bot.Reply{asked}
		for _, form := range asked.Offers {
			act := bot.AsChart
			if form == answers.FormCSV {
				act = bot.AsCSV
			}
			r := a.Act(t, act, asked.Code)
			replies = append(replies, r, captioned(r))
		}
		for _, r := range replies {
			for _, o := range []renderOptions{withButtons(), {ID: customID, Buttons: true, Digest: true}, {Plain: true, Digest: true}} {
				for _, m := range render(r, o) {
					n := checkFiles(t, question, d, m, *drawAll || len(seen)%10 == 0)
					largest = max(largest, n)
					charts, sheets = charts+len(m.Files), sheets+sheetsIn(m.Files)
				}
			}
			if (r.Form == answers.FormChart || r.Form == answers.FormCSV) && files(render(r, withButtons())) == 0 && !strings.Contains(r.Plain(), "chart") {
				t.Errorf("%s, %s: neither a file nor a reason", question, r.Form)
			}
		}
	}
	t.Logf("%d answers, %d files, of them %d of figures; the largest has %d bytes", len(seen), charts, sheets, largest)
	if charts-sheets < 20 || sheets < 20 {
		t.Errorf("%d charts and %d files of figures", charts-sheets, sheets)
	}
}

// picturable are questions of each kind about each measure, each profile, and
// some of the model test's.
func picturable(a *layouttest.Asker) []string {
	var out []string
	for i, q := range layouttest.Questions(a) {
		if *drawAll || i%10 == 0 || strings.HasPrefix(q, "tell me about ") {
			out = append(out, q)
		}
	}
	for _, m := range a.Form().Measures() {
		out = append(out, "rank all countries by "+m.Label, "compare France, Kosovo and Western Europe "+m.Label, "total "+m.Label+" by region",
			"chart of all countries by "+m.Label, "chart of "+m.Label+" in the Balkans", m.Label+" of the EU as csv")
	}
	return out
}

func files(messages []message) int {
	n := 0
	for _, m := range messages {
		n += len(m.Files)
	}
	return n
}

// sheetsIn is how many files are of figures.
func sheetsIn(list []file) int {
	n := 0
	for _, f := range list {
		if f.spec == nil {
			n++
		}
	}
	return n
}

// checkFiles checks a message with its files, drawn or not, and returns how large
// the largest is.
func checkFiles(t *testing.T, question string, d *Discord, m message, draw bool) int {
	t.Helper()
	if draw {
		if err := d.drawn(t.Context(), m.Files); err != nil {
			t.Errorf("%s: %v", question, err)
		}
	}
	bare := m.bare(noFilesHere)
	if faults := append(over(m), over(bare)...); len(faults) > 0 {
		t.Errorf("%s: %q", question, faults)
	}
	full := len(m.Content) > limitContent-2*len(noFilesHere) // there is no room for the reason
	if len(m.Files) > 0 && (len(bare.Files) > 0 || !full && !strings.Contains(bare.Content, noFilesHere[:20])) {
		t.Errorf("%s: without files it says %q", question, bare.Content)
	}
	largest := 0
	for _, f := range m.Files {
		largest = max(largest, len(f.data))
		if f.Alt == "" || f.spec != nil && !strings.Contains(f.Alt, f.spec.Groups[0].Rows[0].Printed) {
			t.Errorf("%s: %s is described as %q", question, f.Name, f.Alt)
		}
	}
	return largest
}

// TestTheInvitationAsksForLittle: what the bot needs, and nothing else.
func TestTheInvitationAsksForLittle(t *testing.T) {
	t.Parallel()
	needed := fakediscord.ViewChannel | fakediscord.SendMessages | fakediscord.SendInThreads | fakediscord.EmbedLinks |
		fakediscord.AttachFiles | // charts, and files of figures
		fakediscord.ReadHistory // whether a reply is there already
	if fakediscord.Permission(permissions) != needed {
		t.Errorf("%b, not %b", permissions, needed)
	}
	s := newServer(t, false, nil)
	invitation, err := Invite(t.Context(), s.config)
	if err != nil || !strings.HasSuffix(invitation.Server, fmt.Sprintf("&permissions=%d", needed)) || strings.Contains(invitation.Person, "permissions") {
		t.Errorf("%+v, %v", invitation, err)
	}
	c := s.AddChannel(fakediscord.Channel{Guild: s.guild, Denied: ^needed})
	s.Mention(s.ann, c, "chart of the top 5 countries by fighters")
	s.shows(t, s.AwaitPosts(t, c, 1)[0], "Russia 3,417")
}
