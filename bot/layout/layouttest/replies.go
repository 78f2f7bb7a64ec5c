package layouttest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
)

// Fixtures are the replies of the golden files of every platform, by the
// files' names: each status, each kind, the longest ones, and refusals that
// repeat what somebody wrote.
func Fixtures(t testing.TB, a *Asker) map[string]bot.Reply {
	t.Helper()
	out := map[string]bot.Reply{}
	for name, texts := range asked() {
		out[name] = a.Ask(t, texts...)
	}
	out["why"] = a.Act(t, bot.Why, out["lookup"].Code)
	out["in_messages"] = longReply(a.Ask(t, "top 48 countries by fighters"))
	return out
}

func asked() map[string][]string {
	return map[string][]string{
		"lookup":            {"returned from France"},
		"lookup_about":      {"women from France"},
		"profile":           {"tell me about France"},
		"compare":           {"compare the UK and Germany"},
		"rank":              {"top 10 by fighters"},
		"rank_all":          {"top 48 countries by fighters"},
		"filter":            {"which countries have more than 500 fighters"},
		"filter_all":        {"which countries have fewer than 5000 fighters"},
		"count":             {"how many countries report returnees"},
		"total":             {"how many returned to Western Europe in total"},
		"average":           {"average number of fighters per country"},
		"share":             {"what share of Belgian fighters returned"},
		"difference":        {"difference between Tunisia and Russia in fighters"},
		"date":              {"when is the figure for Turkmenistan from"},
		"source":            {"where does the figure for France come from"},
		"define":            {"what does ~ mean"},
		"finding":           {"what does it say about child returnees"},
		"coverage":          {"which countries are covered"},
		"help":              {"help"},
		"greeting":          {"hello"},
		"about":             {"about"},
		"feedback":          {"feedback *nice* <!here>"},
		"clarify":           {"who went back"},
		"not_covered":       {"how many from Guinea"},
		"blank_cell":        {"women from Denmark"},
		"no_such_measure":   {"how many died in Raqqa"},
		"out_of_scope":      {"who won the world cup"},
		"two_questions":     {"how many came back to france and how many women from indonesia"},
		"mended":            {"returned from Frnace"},
		"follow_up":         {"returned from France", "and Germany?"},
		"hostile_channel":   {"how many fighters from <!channel>"},
		"hostile_marks":     {"how many fighters from *Narnia* and ~Hogwarts~"},
		"hostile_underline": {"women from _Narnia_land_ :smile:"},
		"hostile_mention":   {"fighters from &lt;Mordor&gt;"},
		"too_long":          {strings.Repeat("how many returned? ", 60)},
	}
}

// longReply is a reply with three times the rows.
func longReply(r bot.Reply) bot.Reply {
	for i, b := range r.Parts[0].Body {
		if b.Table == nil {
			continue
		}
		long := &answers.Table{Columns: b.Table.Columns}
		for range 3 {
			long.Rows = append(long.Rows, b.Table.Rows...)
		}
		r.Parts[0].Body[i] = answers.Block{Table: long}
	}
	return r
}

// sampled: one in so many of the questions of a finding. 1 takes all, about
// eight thousand in a quarter of a minute, and ten times that with -race.
const sampled = 5

// Questions are what the model test of every platform asks: the vocabulary's
// examples, every row of the tables, what the findings are asked for by, and
// texts that would be markup.
func Questions(a *Asker) []string {
	report := a.Engine.Report()
	questions := slices.Clone(report.Vocabulary.Examples)
	for _, s := range report.Subjects {
		questions = append(questions, "tell me about "+s.Name, "women from "+s.Name)
	}
	for i, f := range report.Findings {
		for j, q := range f.Asks {
			if (i+j)%sampled == 0 {
				questions = append(questions, q)
			}
		}
	}
	for _, h := range Hostile() {
		questions = append(questions, h, "how many fighters from "+h, "returned from "+h+" and France", "what does it say about "+h)
	}
	return questions
}

// Hostile are texts that would be markup on some platform.
func Hostile() []string {
	return []string{
		"<!channel>", "<!here|x>", "<@U1>", "<#C1>", "@here", "@channel", "<https://example.com|France>", "example.com", "https://example.com/~x/_y_",
		"*bold*", "_italic_", "~strike~", "`code`", "```code```", "＊wide＊", "＿wide＿", "｀wide｀", "*a _b ~c `d` c~ b_ a*",
		":smile:", ":100:", "10:30:45", ":+1::skin-tone-2:", "> quote", ">quote", "＞quote", ">>> all", "&lt;!channel&gt;", "&amp;lt;", "&#60;b&#62;",
		"~320 to ~1,910~", "(~320) ~x", "Narnia_land_", "5*3*2", "a\\*b\\*", "{date} <!date^0^{date}|x>", "[France](https://example.com)", "# head", "- list\n- more",
		"a\n> b\n*c*", "\"quoted\"", "\\\\", "\u202eevil", "\u2028line", "\u0007bell", "tab\tbed", "\xff\xfe", "👍🏽🇫🇷", "e\u0301\u0301\u0301", "\u00ad\u2060", " ",
		"<@123>", "<@!123>", "<@&123456789012345678>", "<#123456789012345678>", "@everyone", "@everyone@here", "<:emoji:123456789012345678>", "<a:wave:123456789012345678>",
		"<t:1>", "<t:1618953630:R>", "</cmd:123456789012345678>", "<id:customize>", "||spoiler||", "~~gone~~", "__under__", "***all***", "1. one\n2. two", "* star", "+ plus",
		"-# small", "### third", "[a](https://b.example \"c\")", "[a\\](https://b.example)", "[x [b](https://b.example)", "<https://example.com>", "discord.gg/abc", "mailto:a@b.example",
		"¯\\_(ツ)_/¯", "``` ` `` ```", "a`b", "\\", "**", "* *", "_", "x_", "\n\n\n", "```\n@everyone\n```", "<", "<<@1>>", "1.", "12) twelve", "-", "\u200b",
	}
}

// Invented are replies such as the bot never gives, by name.
func Invented() map[string]bot.Reply {
	wide := &answers.Table{Columns: []string{"Country", "Figure"}}
	for i := range 400 {
		wide.Rows = append(wide.Rows, []string{fmt.Sprint("Country", i), fmt.Sprint("~", i, ",000")})
	}
	broad := &answers.Table{Columns: make([]string, 25), Rows: [][]string{make([]string, 25), make([]string, 30)}}
	for i := range broad.Columns {
		broad.Columns[i], broad.Rows[0][i] = fmt.Sprint("c", i), fmt.Sprint("~", i)
	}
	long := strings.Repeat("A country has ~320 or more than 500 people, of whom few returned. ", 200)
	body := []answers.Block{{Text: "Certain:"}, {Text: "", Table: wide}, {Text: "Possible:"}, {Text: "", Table: wide}, {Text: "Done."}}
	out := map[string]bot.Reply{
		"two long tables": {Status: answers.Answered, Code: "c", Parts: []bot.Part{{Headline: "Figures.", Body: body, Caveats: []string{"~ means about.", "Old."}, Source: "table 1.", Interpretation: "All"}}},
		"broad table":     {Parts: []bot.Part{{Headline: "Broad.", Body: []answers.Block{{Table: broad}, {Table: &answers.Table{Columns: []string{"none"}}}, {Table: &answers.Table{}}}}}},
		"long all over":   {Status: answers.NotInReport, Parts: []bot.Part{{Headline: long, Body: []answers.Block{{Text: long}}, Caveats: []string{long, long}, Source: long, Interpretation: long}}},
		"no spaces":       {Parts: []bot.Part{{Headline: strings.Repeat("&", 9000)}}},
		"many parts":      {Status: answers.Answered, Parts: slices.Repeat([]bot.Part{{Headline: "One.", Body: body, Source: "table 2."}}, 5)},
		"many short":      {Status: answers.Answered, Parts: slices.Repeat([]bot.Part{{Headline: "One.", Source: "table 2."}}, 30)},
		"many actions":    {Status: answers.Clarify, Parts: []bot.Part{{Headline: "Which?"}}, Suggestions: slices.Repeat([]bot.Action{{Question: strings.Repeat("how many \"quoted\" went from France ", 40)}}, 60), Alternatives: slices.Repeat([]bot.Action{{Label: "Fighters · France", Question: "fighters from France"}}, 60)},
		"many readings":   {Status: answers.Clarify, Parts: []bot.Part{{Headline: "Which?"}}, Suggestions: numbered("reading", 70), Alternatives: numbered("other", 30)},
		"longest actions": {Parts: []bot.Part{{Headline: "Hm."}}, Suggestions: slices.Repeat([]bot.Action{{Question: strings.Repeat("\"", 1990)}}, 9)},
		"too long action": {Parts: []bot.Part{{Headline: "Hm."}}, Suggestions: []bot.Action{{Question: strings.Repeat("why ", 3000)}}},
		"only actions":    {Status: answers.Answered, Code: "c", Suggestions: []bot.Action{{Question: "returned from France"}}},
		"only thumbs":     {Status: answers.Answered},
		"nothing":         {Parts: []bot.Part{{}, {Body: []answers.Block{{Text: " "}}}}},
		"no headline":     {Parts: []bot.Part{{Body: []answers.Block{{Text: "Only a line."}, {Text: ""}, {Text: "And one."}}}}},
		"nothing at all":  {},
	}
	for i, h := range Hostile() {
		out[fmt.Sprint("hostile ", i)] = HostileReply(h)
	}
	return out
}

func numbered(question string, n int) []bot.Action {
	out := make([]bot.Action, n)
	for i := range out {
		out[i] = bot.Action{Label: fmt.Sprint("Reading · ", question, " ", i), Question: fmt.Sprint(question, " ", i)}
	}
	return out
}

// HostileReply is a reply that repeats a text wherever one can stand.
func HostileReply(h string) bot.Reply {
	table := &answers.Table{Columns: []string{"Country", h}, Rows: [][]string{{h, "~320"}, {"France", h}}}
	return bot.Reply{
		Status: answers.NotInReport, Code: "refused:" + h,
		Parts: []bot.Part{{
			Interpretation: "Total · “" + h + "”", Headline: "I do not know \"" + h + "\" as a place, but ~320 and " + h + " ~1,910.",
			Body: []answers.Block{{Text: h}, {Text: h + ":"}, {Table: table}, {Text: "- " + h}, {Text: ">915 " + h}, {Table: table}}, Caveats: []string{h, "~ means about (~10)."}, Source: h,
		}},
		Suggestions:  []bot.Action{{Question: h}, {Question: "returned from France"}},
		Alternatives: []bot.Action{{Label: h, Question: "how many from " + h}},
	}
}
