package outbox

import (
	"strings"
	"time"

	"reportbot/bot/config"
)

// duplicateWindow is how long the server itself refuses an ID that it has
// stored. Slack sends an event again up to 5 minutes later
// (docs.slack.dev/apis/events-api); the server's own default is 2 minutes.
const duplicateWindow = 10 * time.Minute

// Config is the section "outbox" of the configuration.
type Config struct {
	URL             string        `yaml:"url" doc:"Addresses of a NATS cluster with JetStream that replicas share, as in nats://one:4222,nats://two:4222. Empty: a server of its own in this process, without a port, in the state folder."`
	CredentialsFile string        `yaml:"credentials_file" doc:"The cluster's credentials file (.creds)."`
	User            string        `yaml:"user" doc:"The name to use at the cluster, where it asks for a name and a password."`
	Password        config.Secret `yaml:"password" doc:"The password of user."`
	CAFile          string        `yaml:"ca_file" doc:"Certificates (PEM) by which the cluster's own is checked, for TLS; empty: the system's."`
	CertFile        string        `yaml:"cert_file" doc:"This client's certificate (PEM), where the cluster asks for one."`
	KeyFile         string        `yaml:"key_file" doc:"The key (PEM) of cert_file."`
	Replicas        int           `yaml:"replicas" doc:"On how many servers of the cluster each reply is stored: 1, 3 or 5."`
	Name            string        `yaml:"name" doc:"What the streams' names begin with; bots that share a cluster need different ones."`
	MaxBytes        config.Size   `yaml:"max_bytes" doc:"How much may wait to be delivered; beyond it questions are refused."`
	KeepFree        config.Size   `yaml:"keep_free" doc:"How much of the disk stays free; below it questions are refused."`
	Sync            bool          `yaml:"sync" doc:"Write each reply through to the disk before it counts as stored. Without it nothing is lost when the process is killed, and at most the last second when the power is cut; with it a reply takes longer to store."`
	SentKept        time.Duration `yaml:"sent_kept" doc:"How long it is known what was sent, at least 24h; a platform's late resend of a question is not answered again in that time."`
	Tries           int           `yaml:"tries" doc:"How often a reply is tried before it is put aside as a dead letter. Waiting as long as a platform asks is no try."`
	FirstWait       time.Duration `yaml:"first_wait" doc:"How long to wait after the first failed try; each further one waits twice as long."`
	LongestWait     time.Duration `yaml:"longest_wait" doc:"The longest wait between two tries."`
	GiveUp          time.Duration `yaml:"give_up" doc:"A reply that waited longer than this is a dead letter, whatever the platform asked."`
	DeadKept        time.Duration `yaml:"dead_kept" doc:"How long dead letters are kept."`
	SendTimeout     time.Duration `yaml:"send_timeout" doc:"How long one try may take."`
	TakeOver        time.Duration `yaml:"take_over" doc:"How long a replica that falls silent keeps the replies that it was sending, before another one takes them over."`
	Senders         int           `yaml:"senders" doc:"How many replies are sent at the same time."`

	Folder string        `yaml:"-"` // where the own server keeps its files
	Grace  time.Duration `yaml:"-"` // how long a try may go on once Deliver is to end
}

// Defaults is the configuration before a file is read.
func Defaults() Config {
	return Config{
		Replicas: 1, Name: "reportbot",
		MaxBytes: 256 << 20, KeepFree: 64 << 20,
		SentKept: 48 * time.Hour, Tries: 10, FirstWait: time.Second, LongestWait: 5 * time.Minute, GiveUp: 24 * time.Hour,
		DeadKept: 30 * 24 * time.Hour, SendTimeout: 30 * time.Second, TakeOver: 30 * time.Second, Senders: 64,
	}
}

// Validate reports what cannot be.
func (c *Config) Validate(report func(key, format string, args ...any)) {
	positive := func(key string, ok bool) {
		if !ok {
			report(key, "must be more than 0")
		}
	}
	if c.Replicas != 1 && c.Replicas != 3 && c.Replicas != 5 {
		report("replicas", "must be 1, 3 or 5, not %d", c.Replicas)
	}
	if c.URL == "" && c.Replicas > 1 {
		report("replicas", "more than 1 needs a cluster: set url")
	}
	if strings.Contains(c.URL, "@") {
		report("url", "must not hold a name or a password; use credentials_file, or user and password")
	}
	if c.Password.IsZero() != (c.User == "") {
		report("user", "user and password go together")
	}
	if !plainName(c.Name) {
		report("name", "may hold letters, digits, \"-\" and \"_\" only, and at most 32 of them")
	}
	if (c.CertFile == "") != (c.KeyFile == "") {
		report("cert_file", "cert_file and key_file go together")
	}
	if c.SentKept < 24*time.Hour {
		report("sent_kept", "must be at least 24h, as platforms send a question again for up to a day")
	}
	if c.MaxBytes < 1<<20 {
		report("max_bytes", "must be at least 1MiB")
	}
	if c.KeepFree < 0 {
		report("keep_free", "must not be negative")
	}
	if c.LongestWait < c.FirstWait {
		report("longest_wait", "must not be shorter than first_wait")
	}
	positive("tries", c.Tries > 0)
	positive("first_wait", c.FirstWait > 0)
	positive("give_up", c.GiveUp > 0)
	positive("dead_kept", c.DeadKept > 0)
	positive("send_timeout", c.SendTimeout > 0)
	if c.TakeOver < time.Second {
		report("take_over", "must be at least 1s")
	}
	positive("senders", c.Senders > 0)
}

func plainName(name string) bool {
	if name == "" || len(name) > 32 {
		return false
	}
	for _, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}
