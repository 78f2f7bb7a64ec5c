package slack

import (
	"slices"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/layout"
)

// ownChart is a chart in Slack's own data_visualization block, nil where that
// would bend it. It knows a number for each point and nothing else: no sign for
// ~, no bound, no date of a figure, no column that was deduced, no parts of a
// bar. So it shows whole numbers of people alone, all exact and of one date,
// which stands at the axis; the caveats stand in the message below it.
func ownChart(s *chart.Spec) *slackapi.DataVisualizationBlock {
	asOf, ok := s.Plain()
	if !ok {
		return nil
	}
	title, axis := bot.Printable(s.Title), s.Unit
	if asOf != "" {
		axis += ", " + asOf
	}
	if title == "" || layout.Units(title) > limitChartTitle || layout.Units(axis) > limitAxis {
		return nil // they are not shortened, so that they say all that they said
	}
	series, ok := ownSeries(s)
	if !ok {
		return nil
	}
	categories := make([]string, len(s.Groups[0].Rows))
	for i := range categories {
		categories[i] = bot.Printable(s.Groups[0].Rows[i].Label)
	}
	config := slackapi.NewDataVisualizationAxisConfig(categories...).WithYLabel(axis)
	return slackapi.NewDataVisualizationBlock(title, slackapi.NewDataVisualizationBarChart(config, series...))
}

// ownSeries are the groups as series over the same categories; a group by itself
// has the name of the unit.
func ownSeries(s *chart.Spec) (out []slackapi.DataVisualizationDataSeries, ok bool) {
	first := s.Groups[0].Rows
	if len(s.Groups) > limitSeries || len(first) > limitPoints {
		return nil, false
	}
	for _, g := range s.Groups {
		name := bot.Printable(g.Heading)
		if name == "" {
			name = s.Unit
		}
		if len(g.Rows) != len(first) || !ownLabel(name) || slices.ContainsFunc(out, func(o slackapi.DataVisualizationDataSeries) bool { return o.Name == name }) {
			return nil, false
		}
		points := make([]slackapi.DataVisualizationDataPoint, len(g.Rows))
		for i := range g.Rows {
			label := bot.Printable(g.Rows[i].Label)
			if g.Rows[i].Label != first[i].Label || !ownLabel(label) || slices.ContainsFunc(points[:i], func(p slackapi.DataVisualizationDataPoint) bool { return p.Label == label }) {
				return nil, false
			}
			points[i] = slackapi.NewDataVisualizationDataPoint(label, g.Rows[i].Value)
		}
		out = append(out, slackapi.NewDataVisualizationDataSeries(name, points...))
	}
	return out, true
}

func ownLabel(label string) bool { return label != "" && layout.Units(label) <= limitPointLabel }
