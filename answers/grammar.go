package answers

import (
	"fmt"

	"reportbot/data"
)

// grammar is a class of small words (prepositions, conjunctions, pronouns) of
// the vocabulary, by what they do between others.
type grammar uint8

// The classes: their names in vocabulary.yaml stand in grammarNames.
const (
	gPreposition grammar = iota
	gSource
	gGoal
	gInto
	gPlace
	gAgent
	gBelonging
	gArticle
	gBeforeName
	gBeforeMeasure
	gConjunction
	gList
	gPair
	gAgainst
	gRelative
	gNegation
	gAside
	gAuxiliary
	gPassive
	gYesNo
	gCarriesNegation
	gRough
	gSince
	gDate
	gEarlierThan
	gLaterThan
	gFromThen
	gUntilThen
	gEach
	gEvery
	gSelf
	gOthers
	gDoer
	gManyShown
	gPercentSign
	gPercent
	gVague
	gHinder
	gPlaceNumber
	gPeopleUnit
	gTimeUnit
	gNameWord
	gShownBefore
	gArriving
	gAlso
	gCalled
	gPersonWord
	gClassWord
	gFinalCount
	gBeginning
	gAsking
	gKin
	gOurs
	gAsker
	gLoosely
	gWhole
	gSpeaking
	gOwnership
	gByWay
	gBothWord
	gClause
	gUnreal
	gUnrealTo
	gUnrealLink
	numGrammar
)

// The classes that a word is of are bits of one number.
var _ [64 - numGrammar]struct{}

var grammarNames = [numGrammar]string{
	"preposition",
	"source",
	"goal",
	"into",
	"place",
	"agent",
	"belonging",
	"article",
	"before_name",
	"before_measure",
	"conjunction",
	"list",
	"pair",
	"against",
	"relative",
	"negation",
	"aside",
	"auxiliary",
	"passive",
	"yes_no",
	"carries_negation",
	"rough",
	"since",
	"date",
	"earlier_than",
	"later_than",
	"from_then",
	"until_then",
	"each",
	"every",
	"self",
	"others",
	"doer",
	"many_shown",
	"percent_sign",
	"percent",
	"vague",
	"hinder",
	"place_number",
	"people_unit",
	"time_unit",
	"name_word",
	"shown_before",
	"arriving",
	"also",
	"called",
	"person_word",
	"class_word",
	"final_count",
	"beginning",
	"asking",
	"kin",
	"ours",
	"asker",
	"loosely",
	"whole",
	"speaking",
	"ownership",
	"by_way",
	"both_word",
	"clause",
	"unreal",
	"unreal_to",
	"unreal_link",
}

// addGrammar files the small words, as they are written.
func (x *lexicon) addGrammar(v *data.Vocabulary) error {
	known := map[string]bool{}
	for g := range numGrammar {
		known[grammarNames[g]] = true
		for _, w := range v.Grammar[grammarNames[g]] {
			x.grammar[w] |= 1 << g
		}
	}
	for name := range v.Grammar {
		if !known[name] {
			return fmt.Errorf("vocabulary: there is no class of words %s in grammar", name)
		}
	}
	return nil
}

// is says whether a word of the question is of a class.
func (d *draft) is(i int, g grammar) bool {
	w := &d.words[i]
	if w.classed != w.text {
		w.classed, w.classes = w.text, d.e.lexicon.grammar[w.text]
	}
	return w.classes&(1<<g) != 0
}

// of says whether a word is of a class; "" is of none.
func (x *lexicon) of(w string, g grammar) bool { return x.grammar[w]&(1<<g) != 0 }
