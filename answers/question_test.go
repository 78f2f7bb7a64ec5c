package answers

import "testing"

func TestQuestion(t *testing.T) {
	e := bare(t)
	for code, want := range map[string]string{
		"lookup:returned:france":                                  "how many returned to France",
		"date:asof=lt,2016":                                       "which figures are dated before 2016",
		"date:returned:asof=eq,2016-3":                            "which figures for returnees are dated in March 2016",
		"date:asof=ge,2017-1:within=western-europe":               "which figures for Western Europe are dated since January 2017",
		"lookup:returned:france,uk":                               "how many returned to France and the UK",
		"lookup:sent_back:morocco":                                "how many people from Morocco did Turkey send back",
		"lookup:women,children:kosovo,austria":                    "number of women and children for Kosovo and Austria",
		"lookup:women_and_children:kosovo":                        "how many women and children together went from Kosovo",
		"lookup:women:france:claim=1:cond=eq,460":                 "is it true that France has 460 women",
		"lookup:returned:france:claim=1:cond=gt,300":              "is it true that France has more than 300 returnees",
		"profile::malaysia":                                       "tell me about Malaysia",
		"profile:within=western-europe":                           "tell me about Western Europe",
		"compare:returned:uk,germany":                             "compare returnees: the UK and Germany",
		"compare:returned/fighters:uk,germany":                    "compare the ratio of returnees to fighters: the UK and Germany",
		"compare::uk,germany":                                     "compare the UK and Germany",
		"rank:returned:limit=5":                                   "top 5 countries by returnees",
		"rank:women:asc=1:limit=3:within=balkans":                 "bottom 3 countries in Balkans by women",
		"rank:returned:limit=1":                                   "which country has the most returnees",
		"rank:women:position=2":                                   "which country has the second most women",
		"rank:women:asc=1:position=12":                            "which country has the 12th fewest women",
		"rank:remaining:france,uk,germany":                        "order France, the UK and Germany by people remaining",
		"rank:returned/fighters:limit=4:exclude=turkey":           "top 4 countries by the ratio of returnees to fighters excluding Turkey",
		"filter:fighters:cond=gt,1500":                            "which countries have more than 1,500 fighters",
		"filter:fighters:cond=between,100,500:within=the-maghreb": "which countries in the Maghreb have between 100 and 500 fighters",
		"filter:returned/fighters:cond=ge,0.07":                   "which countries have a ratio of returnees to fighters of at least 7%",
		"filter:returned:blank=1":                                 "which countries have no figure for returnees",
		"count:returned:has=1":                                    "how many countries have a figure for returnees",
		"total:returned:within=western-europe":                    "total number of returnees in Western Europe",
		"total:returned:within=eu":                                "total number of returnees in EU countries",
		"total:fighters":                                          "total number of fighters in all countries",
		"total:fighters:exclude=turkey":                           "total number of fighters in all countries excluding Turkey",
		"average:fighters":                                        "average number of fighters per country",
		"share:returned/fighters:france":                          "what share of fighters returned to France",
		"share:women/total:belgium":                               "what share of people in the table 2 total from Belgium are women",
		"share:returned:france:whole=*":                           "what share of all returnees does France have",
		"share:returned:france:whole=western-europe":              "what share of the returnees of Western Europe does France have",
		"difference:fighters:france,germany":                      "difference between France and Germany in fighters",
		"difference:fighters,returned:france":                     "difference between fighters and returnees for France",
		"date:fighters:france":                                    "when is the figure for fighters from France from",
		"date:aspect=oldest":                                      "what is the oldest figure",
		"source:fighters:france":                                  "where does the figure for fighters from France come from",
		"source:fighters:sweden:aspect=disagree":                  "why are there two figures for fighters from Sweden",
		"define:terms=~+%28about%29":                              "what does ~ mean",
		"coverage:aspect=regions":                                 "which regions are covered",
		"help":                                                    "help",
	} {
		r, err := e.ParseCode(code + "@" + e.report.Edition)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := e.Question(r.Query); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

func TestInterpret(t *testing.T) {
	e := bare(t)
	for code, want := range map[string]string{
		"lookup:returned:france":                          "Returned · France",
		"lookup:returned,women:france,uk":                 "Returned, Women · France, UK",
		"lookup:returned:france:claim=1:cond=gt,300":      "Returned · France · more than 300?",
		"lookup:returned:france:notes=inherited//France":  "Returned · France · from before: France",
		"profile::malaysia":                               "All figures · Malaysia",
		"compare:returned:uk,germany":                     "Comparison · Returned · UK, Germany",
		"rank:returned:limit=5":                           "Top 5 · Returned · all countries",
		"rank:women:asc=1:position=2:within=balkans":      "Second fewest · Women · countries in Balkans",
		"filter:fighters:cond=gt,1500:exclude=turkey":     "Fighters · more than 1,500 · all countries without Turkey",
		"count:returned:blank=1":                          "How many · Returned · no figure · all countries",
		"total:returned:within=western-europe":            "Total · Returned · countries in Western Europe",
		"share:returned/fighters:france":                  "Returned ÷ Fighters · France",
		"share:returned:france:whole=*":                   "Returned · share that France has in all countries",
		"difference:fighters:france,germany":              "Difference · Fighters · France, Germany",
		"date:fighters:france":                            "Date · Fighters · France",
		"date:returned:asof=lt,2016":                      "Date · Returned · before 2016",
		"define:terms=~+%28about%29":                      "Meaning of ~ (about)",
		"coverage:aspect=measures":                        "What is counted",
		"lookup:returned:problem=unknown_name:word=Niger": "Returned · “Niger”",
		"help": "",
	} {
		r, err := e.ParseCode(code + "@" + e.report.Edition)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := e.interpret(r); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}
