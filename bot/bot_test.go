package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"reportbot/answers"
	"reportbot/bot/outbox"
)

func TestAQuestionIsAnsweredOnce(t *testing.T) {
	r := start(t, nil)
	m := message("fake/1", "general", "anna", "returned from France")
	for range 3 { // the platform sends it again
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Handle(t.Context(), message("fake/2", "general", "anna", "hello")); err != nil {
		t.Fatal(err)
	}
	posts := r.platform.await(t, 2)
	if len(posts) != 2 || posts[0].ID != "fake/1" || posts[1].ID != "fake/2" {
		t.Fatalf("%d replies: %v", len(posts), posts)
	}
	got := posts[0].Reply
	want := "Read as: Returned · France\nFrance: 302 returned, as of August 2017.\nSource: table 1, footnote 47; edition 2017-10.\n"
	if !strings.HasPrefix(got.Plain(), want) || len(got.Suggestions) == 0 || got.Code == "" {
		t.Errorf("got\n%s", got.Plain())
	}
	if target := posts[0].Target; target != (Target{Platform: "fake", Channel: "general"}) {
		t.Errorf("posted to %+v", target)
	}
}

// TestAReplyHasAForm: a chart of two figures, or a file, stands in a reply where it was asked for.
func TestAReplyHasAForm(t *testing.T) {
	r := start(t, nil)
	plain := r.ask(t, "anna", "returnees of France and Germany")[0]
	if plain.Form != "" || plain.Parts[0].Chart != nil || plain.Parts[0].Sheet != nil {
		t.Errorf("form %q, chart %+v, sheet %+v without being asked for", plain.Form, plain.Parts[0].Chart, plain.Parts[0].Sheet)
	}
	drawn := r.ask(t, "anna", "as a chart")[0]
	if drawn.Form != answers.FormChart || drawn.Parts[0].Chart == nil || len(drawn.Parts[0].Chart.Groups[0].Rows) != 2 {
		t.Errorf("form %q, chart %+v", drawn.Form, drawn.Parts[0].Chart)
	}
	if text := drawn.Plain(); !strings.Contains(text, "France, Aug 2017   █") {
		t.Errorf("as text:\n%s", text)
	}
	file := r.ask(t, "anna", "can I get that as csv?")[0]
	if file.Form != answers.FormCSV || file.Parts[0].Sheet == nil || len(file.Parts[0].Sheet.Rows) != 2 || !strings.Contains(file.Plain(), "\nGermany,returned,~300,about,300,300,300,people,2017-03,1,") {
		t.Errorf("form %q, sheet %+v", file.Form, file.Parts[0].Sheet)
	}
}

// TestAReplyHasPieces: what a platform sets apart comes apart.
func TestAReplyHasPieces(t *testing.T) {
	r := start(t, nil)
	part := r.ask(t, "anna", "top 5 countries by returnees")[0].Parts[0]
	if part.Interpretation == "" || !strings.HasPrefix(part.Headline, "Most returnees") || !strings.HasPrefix(part.Source, "table 1, footnotes") || len(part.Caveats) == 0 {
		t.Errorf("part %+v", part)
	}
	table := part.Body[0].Table
	if table == nil || len(table.Rows) != 5 || table.Rows[3][1] != "UK" {
		t.Errorf("table %+v", table)
	}
	if part.Chart == nil || part.Chart.Unit != "people" || len(part.Chart.Groups) != 1 || len(part.Chart.Groups[0].Rows) != 5 {
		t.Fatalf("chart %+v", part.Chart)
	}
	if row := part.Chart.Groups[0].Rows[0]; row.Label != "Turkey" || row.Printed != "~900" || row.Value != 900 || row.Qualifier != "about" || row.AsOf != "2016-06" {
		t.Errorf("first row of the chart %+v", row)
	}
	if chart := r.ask(t, "anna", "returned from France")[0].Parts[0].Chart; chart != nil {
		t.Errorf("a chart of one figure: %+v", chart)
	}
	two := r.ask(t, "anna", "How many returned to France? And what is a foreign fighter?")[0]
	if len(two.Parts) != 2 || two.Parts[1].Headline == "" {
		t.Errorf("two questions got %d parts", len(two.Parts))
	}
}

func TestAFollowUpSharesItsConversationAlone(t *testing.T) {
	r := start(t, nil)
	r.ask(t, "anna", "returned from France")
	if got := r.ask(t, "anna", "and Germany?")[0].Parts[0].Headline; got != "Germany: ~300 returned, as of March 2017." {
		t.Errorf("the follow-up got %q", got)
	}
	if got := r.ask(t, "bert", "as a share?")[0]; got.Status == "answered" {
		t.Errorf("another person's follow-up got %q", got.Parts[0].Headline)
	}
	shared := message("shared/1", "general", "anna", "women from Kosovo")
	shared.Conversation = "thread 1"
	follow := message("shared/2", "general", "bert", "and children?")
	follow.Conversation = "thread 1"
	for _, m := range []Message{shared, follow} {
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	posts := r.platform.await(t, 5)
	if got := posts[4].Reply.Plain(); !strings.Contains(got, "Kosovo") || !strings.Contains(got, "27") {
		t.Errorf("in a conversation that the platform says is shared, the follow-up got\n%s", got)
	}
}

// TestAResentFollowUpChangesNothing: a message that comes again to a replica
// that has not seen it leaves the conversation where it is.
func TestAResentFollowUpChangesNothing(t *testing.T) {
	r := start(t, nil)
	first := message("fake/1", "general", "anna", "returned from France")
	second := message("fake/2", "general", "anna", "what about women from Kosovo?")
	for _, m := range []Message{first, second} {
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	// What the outbox knows by heart keeps a resend away from here; a replica
	// that has just started knows nothing by heart.
	_, err := r.talks.take(t.Context(), first, false, func(answers.Context) (answers.Context, error) {
		t.Error("the message is answered again")
		return answers.Context{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Handle(t.Context(), message("fake/3", "general", "anna", "and Belgium?")); err != nil {
		t.Fatal(err)
	}
	if got := r.platform.await(t, 3)[2].Reply.Parts[0].Interpretation; !strings.HasPrefix(got, "Women · Belgium") {
		t.Errorf("the follow-up was read as %q", got)
	}
}

func TestAConversationExpires(t *testing.T) {
	r := start(t, func(o *Options) { o.Settings.Conversations.Kept = time.Second })
	r.ask(t, "anna", "returned from France")
	limit := time.Now().Add(30 * time.Second)
	for {
		text, _, err := r.talks.bucket.Get(t.Context(), message("", "general", "anna", "").conversation())
		if err != nil {
			t.Fatal(err)
		}
		if text == nil {
			break
		}
		if time.Now().After(limit) {
			t.Fatal("a conversation of a second is remembered for 30")
		}
	}
	r.clock.pass(time.Second)
	if got := r.ask(t, "anna", "and Germany?")[0].Parts[0]; strings.Contains(got.Interpretation, "Returned") {
		t.Errorf("after its end a conversation gave %q", got.Interpretation)
	}
}

func TestCommands(t *testing.T) {
	r := start(t, nil)
	replies := r.ask(t, "anna", "returned from France", "Reset.", "and Germany?", "/about", "help", "about France", "feedback", "feedback  the date helped")
	for i, want := range map[int]string{
		1: "This conversation is forgotten.",
		3: "I answer questions about one published report: Beyond the Caliphate, by The Soufan Group, October 2017.",
		4: "Besides questions I take these words:",
		5: "France",
		6: "Please write what you would like to say behind the word",
		7: "Thank you.",
	} {
		if got := replies[i].Plain(); !strings.Contains(got, want) {
			t.Errorf("reply %d: want %q in\n%s", i, want, got)
		}
	}
	if got := replies[2].Parts[0]; strings.Contains(got.Interpretation, "Returned") {
		t.Errorf("after reset the follow-up was read as %q", got.Interpretation)
	}
	for _, c := range r.commands {
		if !strings.Contains(replies[4].Plain(), c.does) {
			t.Errorf("help does not tell of %s", c.name)
		}
		for _, example := range c.examples {
			if found, _, ok := r.commandIn(example); !ok || found.name != c.name {
				t.Errorf("the example %q of %s is not that command", example, c.name)
			}
		}
	}
}

func TestWhatIsNotAnsweredIsKeptWithoutNames(t *testing.T) {
	r := start(t, nil)
	r.ask(t, "anna", "returned from France", "women from Denmark", "Women from  denmark?", "returned from Wakanda", "feedback more dates, please")
	questions, feedback, err := ListUnanswered(t.Context(), r.asked.journal)
	if err != nil {
		t.Fatal(err)
	}
	if len(questions) != 2 || questions[0].Times != 2 || questions[0].Reason != "blank_cell" && questions[0].Reason == "" || questions[1].Question != "returned from Wakanda" || questions[1].Reason != "unknown_name" {
		t.Errorf("unanswered: %+v", questions)
	}
	if len(feedback) != 1 || feedback[0].Feedback != "more dates, please" {
		t.Errorf("feedback: %+v", feedback)
	}
	err = r.asked.journal.Each(t.Context(), func(record []byte) error {
		if strings.Contains(string(record), "anna") {
			t.Errorf("a name is kept: %s", record)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if log := r.logged.String(); strings.Contains(log, "Wakanda") || strings.Contains(log, "anna") || !strings.Contains(log, "message=m4") {
		t.Errorf("the log tells too much, or too little:\n%s", log)
	}
}

func TestNothingIsKeptWhenTurnedOff(t *testing.T) {
	r := start(t, func(o *Options) { o.Settings.Asked.Kept = 0 })
	if got := r.ask(t, "anna", "returned from Wakanda", "feedback thanks")[1].Plain(); !strings.Contains(got, "not kept here") {
		t.Errorf("got %q", got)
	}
}

func TestLimitsAreSaidOnceAWindow(t *testing.T) {
	r := start(t, func(o *Options) { o.Settings.Limits.PersonPerMinute, o.Settings.Limits.ChannelPerMinute = 2, 4 })
	ask := func(n int, author string) {
		if err := r.Handle(t.Context(), message(fmt.Sprintf("m%d", n), "general", author, "returned from France")); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 5 {
		ask(n, "anna")
	}
	r.clock.pass(20 * time.Second)
	for n := range 4 {
		ask(10+n, "bert") // two are his, and with anna's two the channel's four
	}
	posts := r.platform.await(t, 6)
	var got []string
	for _, p := range posts {
		text := "answer"
		if p.Reply.Status == "" {
			text = p.Reply.Parts[0].Headline
		}
		got = append(got, p.ID+": "+text)
	}
	want := []string{
		"m0: answer", "m1: answer",
		"m2: That is more than the 2 questions that I take in a minute here, so this one is not answered. Please ask again in 60 seconds.",
		"m10: answer", "m11: answer",
		"m12: That is more than the 2 questions that I take in a minute here, so this one is not answered. Please ask again in 40 seconds.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	r.clock.pass(time.Minute)
	ask(20, "anna")
	if posts := r.platform.await(t, 7); posts[6].Reply.Status != "answered" {
		t.Errorf("in the next minute: %s", posts[6].Reply.Plain())
	}
}

func TestALongMessageIsRefusedPolitely(t *testing.T) {
	r := start(t, func(o *Options) { o.Settings.Limits.QuestionLength = 100 })
	if got := r.ask(t, "anna", strings.Repeat("ä", 101))[0].Parts[0].Headline; !strings.HasPrefix(got, "That message has 101 characters, and I read questions of up to 100.") {
		t.Errorf("got %q", got)
	}
}

// TestAFullOutboxRefusesAtTheEdge: what cannot be stored is not acknowledged,
// and is answered when it comes again.
func TestAFullOutboxRefusesAtTheEdge(t *testing.T) {
	metrics := prometheus.NewRegistry()
	r := start(t, func(o *Options) { o.Metrics = metrics })
	r.box.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	err := r.Handle(ctx, message("m", "general", "anna", "returned from France"))
	if err == nil {
		t.Fatal("a message is acknowledged that could not be stored")
	}
	if !strings.Contains(r.logged.String(), "a message was not taken in") {
		t.Error("the log does not tell of it")
	}
	if err := testutil.GatherAndCompare(metrics, strings.NewReader(`
# HELP reportbot_refused_total Messages that could not be stored, and were not acknowledged.
# TYPE reportbot_refused_total counter
reportbot_refused_total{platform="fake"} 1
`), "reportbot_refused_total"); err != nil {
		t.Error(err)
	}
}

func TestMetricsCountByKindStatusAndPlatform(t *testing.T) {
	metrics := prometheus.NewRegistry()
	r := start(t, func(o *Options) { o.Metrics = metrics })
	r.ask(t, "anna", "returned from France", "returned from Germany", "women from Denmark", "help")
	want := `
# HELP reportbot_commands_total Commands, such as help.
# TYPE reportbot_commands_total counter
reportbot_commands_total{command="help",platform="fake"} 1
# HELP reportbot_questions_total Questions that got a reply, by the kind they were read as, the reply's status, and platform.
# TYPE reportbot_questions_total counter
reportbot_questions_total{kind="lookup",platform="fake",status="answered"} 2
reportbot_questions_total{kind="lookup",platform="fake",status="not_in_report"} 1
# HELP reportbot_replies_stored_total Replies stored.
# TYPE reportbot_replies_stored_total counter
reportbot_replies_stored_total 4
# HELP reportbot_outbox_ready 1 when replies can be stored.
# TYPE reportbot_outbox_ready gauge
reportbot_outbox_ready 1
# HELP reportbot_proof_failures_total Answers withheld because a number in them could not be traced to the data.
# TYPE reportbot_proof_failures_total counter
reportbot_proof_failures_total 0
`
	if err := testutil.GatherAndCompare(metrics, strings.NewReader(want), "reportbot_questions_total", "reportbot_commands_total",
		"reportbot_replies_stored_total", "reportbot_outbox_ready", "reportbot_proof_failures_total"); err != nil {
		t.Error(err)
	}
}

// TestAFaultGetsAnApology: a fault of the program ends neither the process nor
// the conversation in silence.
func TestAFaultGetsAnApology(t *testing.T) {
	r := start(t, nil)
	r.commands = append(r.commands, command{name: "break", run: func(*Bot, context.Context, Message, string, answers.Context) (Reply, answers.Context, error) {
		panic("out of bounds")
	}})
	got := r.ask(t, "anna", "break")[0].Plain()
	if !strings.HasPrefix(got, "Sorry: that question could not be answered, by a fault of the program.") {
		t.Errorf("got %q", got)
	}
	reference := message("m1", "", "", "").reference()
	if !strings.Contains(got, reference) || !strings.Contains(r.logged.String(), "reference="+reference) {
		t.Errorf("the reply and the log do not share the reference %s", reference)
	}
}

func TestAMessageNeedsANameAndAPlatform(t *testing.T) {
	r := start(t, nil)
	if err := r.Handle(t.Context(), message("", "general", "anna", "hello")); err == nil {
		t.Error("a message without an ID is acknowledged")
	}
	m := message("m", "general", "anna", "hello")
	m.Target.Platform = "elsewhere"
	var none *ErrNoAdapter
	if err := r.Handle(t.Context(), m); !errors.As(err, &none) || none.Platform != "elsewhere" {
		t.Errorf("a message of a platform that is not configured: %v", err)
	}
}

// TestConcurrentAskersInOneConversation: nothing is lost when a person's
// messages are taken in at the same time.
func TestConcurrentAskersInOneConversation(t *testing.T) {
	r := start(t, nil)
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			if err := r.Handle(t.Context(), message(fmt.Sprint(n), "general", "anna", "returned from France")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, post := range r.platform.await(t, 50) {
		if seen[post.ID] {
			t.Errorf("%s was answered twice", post.ID)
		}
		seen[post.ID] = true
	}
}

func TestAStoredReplyReadsBack(t *testing.T) {
	r := start(t, nil)
	r.box.Close()
	a, _, err := r.engine.Ask("which countries had more than 1,000 fighters", answers.Context{})
	if err != nil {
		t.Fatal(err)
	}
	sent := envelope{Target: Target{"fake", "general", "thread"}, Reply: replyTo(&a), Replaces: "fake/1"}
	text, err := json.Marshal(sent)
	if err != nil {
		t.Fatal(err)
	}
	var back envelope
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if back.Reply.Plain() != sent.Reply.Plain() || back.Target != sent.Target {
		t.Errorf("stored and read back:\n%s", back.Reply.Plain())
	}
}

func TestPlainHoldsNothingThatSteersATerminal(t *testing.T) {
	got := say("a\x1b[2Jb\u202ec\xff").Plain()
	if got != "a[2Jbc\ufffd\n" {
		t.Errorf("got %q", got)
	}
}

// TestActs: what is chosen beside an answer.
func TestActs(t *testing.T) {
	r := start(t, nil)
	one := r.ask(t, "anna", "returned from France")[0]
	if one.Offers != nil {
		t.Errorf("one figure offers %v", one.Offers)
	}
	code := one.Code
	act := func(n int, act Act, code string) Reply {
		t.Helper()
		m := message(fmt.Sprintf("act/%d", n), "general", "anna", "")
		m.Act, m.Code = act, code
		reply, err := r.Answer(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	if got := act(1, Again, code).Plain(); !strings.Contains(got, "France: 302 returned, as of August 2017.") {
		t.Errorf("again: %s", got)
	}
	if got := act(2, Why, code).Plain(); !strings.Contains(got, `row France, column "RETURNED", footnote 47`) {
		t.Errorf("why: %s", got)
	}
	if got := act(3, Why, "lookup:returned:france@1999-01").Plain(); !strings.HasPrefix(got, "That button is of an answer that I can no longer give") {
		t.Errorf("an old button: %s", got)
	}
	two := r.ask(t, "anna", "returnees of France and Germany")[0]
	if fmt.Sprint(two.Offers) != "[chart csv]" {
		t.Errorf("two figures offer %v", two.Offers)
	}
	if chart := act(5, AsChart, two.Code); chart.Form != answers.FormChart || chart.Parts[0].Chart == nil || fmt.Sprint(chart.Offers) != "[csv]" {
		t.Errorf("as a chart: form %q, offers %v", chart.Form, chart.Offers)
	}
	if file := act(6, AsCSV, act(7, AsChart, two.Code).Code); file.Form != answers.FormCSV || file.Parts[0].Sheet == nil || fmt.Sprint(file.Offers) != "[chart]" {
		t.Errorf("as a file: form %q, offers %v", file.Form, file.Offers)
	}
	act(4, Wrong, code)
	if _, feedback, err := ListUnanswered(t.Context(), r.asked.journal); err != nil || len(feedback) != 1 || feedback[0].Feedback != "wrong" || feedback[0].Code != code {
		t.Errorf("feedback %+v, %v", feedback, err)
	}
	r.ask(t, "anna", "returned from France")
	if got := r.ask(t, "anna", "and Germany?")[0].Parts[0].Headline; got != "Germany: ~300 returned, as of March 2017." {
		t.Errorf("after the acts the follow-up got %q", got)
	}
}

// TestLongCodesHaveNames, which are known after a restart and after they have
// been kept before; where a platform takes long codes there are none.
func TestLongCodesHaveNames(t *testing.T) {
	terse := &tersePlatform{platform: newPlatform()}
	var box *outbox.Outbox
	r := start(t, func(o *Options) { o.Adapters, box = []Adapter{terse}, o.Outbox })
	r.platform = terse.platform
	const question = "what does it say about child returnees"
	asked := r.ask(t, "anna", question, question)
	code, name := asked[0].Code, asked[0].Short
	if len(code) <= terse.LongestCode() || len(name) > 20 || name == "" || name != asked[1].Short {
		t.Fatalf("the code %q is named %q, then %q", code, name, asked[1].Short)
	}
	if short := r.ask(t, "anna", "returned from France")[0]; short.Short != "" {
		t.Errorf("the code %q is named %q", short.Code, short.Short)
	}
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	again, err := New(t.Context(), Options{Engine: e, Outbox: box, Settings: Defaults(), Adapters: []Adapter{terse}})
	if err != nil {
		t.Fatal(err)
	}
	m := message("press", "general", "anna", "")
	m.Act, m.Code = Again, name
	if got, err := again.Answer(t.Context(), m); err != nil || got.Code != code || got.Short != name {
		t.Errorf("after a restart the name gives %q %q, %v", got.Code, got.Short, err)
	}
	m.ID, m.Act = "press again", Wrong
	if _, err := again.Answer(t.Context(), m); err != nil {
		t.Error(err)
	}
	if _, feedback, err := ListUnanswered(t.Context(), again.asked.journal); err != nil || len(feedback) != 1 || feedback[0].Code != code {
		t.Errorf("feedback is kept of %+v, %v", feedback, err)
	}
	m.ID, m.Act, m.Code = "press another", Why, nameOf("another")
	if got, err := again.Answer(t.Context(), m); err != nil || !strings.HasPrefix(got.Plain(), "That button is of an answer that I can no longer give") {
		t.Errorf("a name that is not known gives %s, %v", got.Plain(), err)
	}
	if other := start(t, nil).ask(t, "anna", question)[0]; other.Short != "" {
		t.Errorf("where codes may be long, one is named %q", other.Short)
	}
}

// tersePlatform is a platform whose buttons hold little.
type tersePlatform struct{ *platform }

func (*tersePlatform) LongestCode() int { return 80 }

// TestAnAnswerAtOnceIsNotStored: a platform that takes the reply as its
// response gets it once.
func TestAnAnswerAtOnceIsNotStored(t *testing.T) {
	r := start(t, nil)
	m := message("slash/1", "general", "anna", "returned from France")
	if r.Knows(t.Context(), m) {
		t.Error("a conversation is known before its first message")
	}
	reply, err := r.Answer(t.Context(), m)
	if err != nil || reply.Status != "answered" {
		t.Fatalf("%v, %v", reply, err)
	}
	if !r.Knows(t.Context(), m) {
		t.Error("a conversation is not known after its first message")
	}
	follow := message("slash/2", "general", "anna", "and Germany?")
	for range 2 { // the first response was lost
		if reply, err := r.Answer(t.Context(), follow); err != nil || !strings.Contains(reply.Plain(), "Germany: ~300 returned") {
			t.Errorf("the follow-up got %v, %v", reply, err)
		}
	}
	if state := r.box.State(t.Context()); state.Depth != 0 || r.box.Counts().Stored != 0 {
		t.Errorf("stored: %+v", state)
	}
}
