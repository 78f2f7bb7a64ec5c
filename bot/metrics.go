package bot

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"reportbot/bot/outbox"
)

// metrics are what is counted of the bot's work.
type metrics struct {
	questions *prometheus.CounterVec // kind, status, platform
	commands  *prometheus.CounterVec // command, platform
	limited   *prometheus.CounterVec // platform
	refused   *prometheus.CounterVec // platform: not stored, and so not acknowledged
	faults    prometheus.Counter
	answer    prometheus.Histogram
	store     prometheus.Histogram
	digests   *prometheus.CounterVec // platform, outcome
	late      prometheus.Histogram   // digests that were posted
}

// proofs is where the count of answers that failed their proof comes from.
type proofs interface{ Unproved() int64 }

func newMetrics(into prometheus.Registerer, box *outbox.Outbox, engine proofs) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "reportbot", Name: name, Help: help}, labels)
	}
	// From 10 µs to 5 s: an answer takes some 30 µs, a store to disk up to some ms.
	buckets := []float64{1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.5, 1, 5}
	seconds := func(name, help string) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "reportbot", Name: name, Help: help, Buckets: buckets})
	}
	m := &metrics{
		questions: counter("questions_total", "Questions that got a reply, by the kind they were read as, the reply's status, and platform.", "kind", "status", "platform"),
		commands:  counter("commands_total", "Commands, such as help.", "command", "platform"),
		limited:   counter("limited_total", "Questions over a limit.", "platform"),
		refused:   counter("refused_total", "Messages that could not be stored, and were not acknowledged.", "platform"),
		faults:    prometheus.NewCounter(prometheus.CounterOpts{Namespace: "reportbot", Name: "faults_total", Help: "Questions that got an apology for a fault of the program."}),
		answer:    seconds("answer_seconds", "How long it took to work out an answer."),
		store:     seconds("store_seconds", "How long it took from taking a message in to having its reply stored."),
		digests:   counter("digests_total", "Digests that were due, by what became of them.", "platform", "outcome"),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "reportbot", Name: "digest_late_seconds", Help: "How long after its time a digest was stored for delivery.",
			Buckets: []float64{0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 10800}}),
	}
	into.MustRegister(m.questions, m.commands, m.limited, m.refused, m.faults, m.answer, m.store, m.digests, m.late)
	m.register(into, box, engine)
	return m
}

// register adds what the outbox and the engine count themselves.
func (m *metrics) register(into prometheus.Registerer, box *outbox.Outbox, engine proofs) {
	count := func(name, help string, of func() int64) {
		into.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Namespace: "reportbot", Name: name, Help: help}, func() float64 { return float64(of()) }))
	}
	count("replies_stored_total", "Replies stored.", func() int64 { return box.Counts().Stored })
	count("replies_repeated_total", "Replies not taken, since one to the same message was stored or sent.", func() int64 { return box.Counts().Repeated })
	count("replies_sent_total", "Replies delivered.", func() int64 { return box.Counts().Sent })
	count("replies_retried_total", "Tries that failed and were made again.", func() int64 { return box.Counts().Retried })
	count("replies_dead_total", "Replies given up.", func() int64 { return box.Counts().Dead })
	count("proof_failures_total", "Answers withheld because a number in them could not be traced to the data.", engine.Unproved)
	into.MustRegister(&outboxGauges{box,
		prometheus.NewDesc("reportbot_outbox_depth", "Replies waiting to be delivered.", nil, nil),
		prometheus.NewDesc("reportbot_outbox_age_seconds", "How long the oldest of them has been waiting.", nil, nil),
		prometheus.NewDesc("reportbot_outbox_dead", "Dead letters kept.", nil, nil),
		prometheus.NewDesc("reportbot_outbox_ready", "1 when replies can be stored.", nil, nil),
	})
}

// outboxGauges asks the outbox for its state when it is read.
type outboxGauges struct {
	box                     *outbox.Outbox
	depth, age, dead, ready *prometheus.Desc
}

// stateTimeout is how long the outbox may take to say how it is.
const stateTimeout = 2 * time.Second

// Describe names the gauges.
func (g *outboxGauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.depth, g.age, g.dead, g.ready} {
		to <- d
	}
}

// Collect reads them. Those that an outbox without a server cannot give are
// left out.
func (g *outboxGauges) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), stateTimeout)
	defer cancel()
	s := g.box.State(ctx)
	gauge := func(d *prometheus.Desc, v float64) { to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	if s.Reason != "" {
		gauge(g.ready, 0)
		return
	}
	gauge(g.ready, 1)
	gauge(g.depth, float64(s.Depth))
	gauge(g.age, s.Age.Seconds())
	gauge(g.dead, float64(s.Dead))
}
