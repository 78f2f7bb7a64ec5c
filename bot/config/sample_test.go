package config

import (
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"time"
)

// sample is a configuration with a field of every kind.
type sample struct {
	sampleCommon `yaml:",inline"`
	Limits       sampleLimits   `yaml:"limits" doc:"What one person may ask for."`
	HTTP         sampleHTTP     `yaml:"http" doc:"The page on which the program says how it is."`
	Log          sampleLog      `yaml:"log"`
	Slack        *sampleSlack   `yaml:"slack" doc:"Answers in Slack."`
	Console      *sampleConsole `yaml:"console" doc:"Answers in the terminal."`
	Nothing      *struct{}      `yaml:"nothing" doc:"A section without keys."`
	Left         string         `yaml:"-"`
	private      string
}

type sampleCommon struct {
	StateFolder string `yaml:"state_folder" doc:"Where the program keeps what must survive a restart, such as replies that have not been sent yet; the folder is made if it is not there, and must not be shared with another copy of the program."`
}

type sampleLimits struct {
	PerMinute int           `yaml:"person_per_minute" doc:"Questions a minute."`
	Bytes     Size          `yaml:"bytes" doc:"Room for replies."`
	Wait      time.Duration `yaml:"wait" doc:"How long to wait for an answer."`
	Share     float64       `yaml:"share" doc:"Share of the memory."`
}

func (l sampleLimits) Validate(report func(key, format string, args ...any)) {
	if l.PerMinute < 1 {
		report("person_per_minute", "expected at least 1, found %d", l.PerMinute)
	}
	if l.Wait < 0 {
		report("wait", "expected a positive duration, found %s", l.Wait)
	}
}

type sampleHTTP struct {
	Listen netip.AddrPort `yaml:"listen" doc:"Address and port, such as 127.0.0.1:8080."`
	Origin []string       `yaml:"origins" doc:"Sites that may ask."`
	TLS    *sampleTLS     `yaml:"tls" doc:"Certificates."`
}

type sampleTLS struct {
	Cert string `yaml:"cert" doc:"Path of the certificate."`
	Key  Secret `yaml:"key" doc:"The private key."`
}

type sampleLog struct {
	Level slog.Level `yaml:"level" doc:"One of debug, info, warn and error."`
	Days  int64      `yaml:"days" doc:"How long logs are kept."`
}

type sampleSlack struct {
	Token    Secret   `yaml:"token" doc:"The bot's token."`
	Channels []string `yaml:"channels" doc:"Where it answers."`
	Greets   bool     `yaml:"greets" doc:"Whether it greets."`
}

func (s *sampleSlack) Defaults() { s.Channels, s.Greets = []string{"general", "yes"}, true }

func (s *sampleSlack) Validate(report func(key, format string, args ...any)) {
	if s.Token.IsZero() {
		report("token", "must be given")
	} else if !strings.HasPrefix(s.Token.Reveal(), "xoxb-") {
		report("token", "expected a token that starts with xoxb-, not %s", s.Token.Reveal())
	}
}

type sampleConsole struct {
	Name string `yaml:"name" doc:"Your name"`
}

func (c *sampleConsole) Defaults() { c.Name = "you" }

func sampleDefaults() sample {
	return sample{
		sampleCommon: sampleCommon{StateFolder: "state"},
		Limits:       sampleLimits{PerMinute: 10, Bytes: 64 << 10, Wait: 30 * time.Minute, Share: 0.5},
		HTTP:         sampleHTTP{Listen: netip.MustParseAddrPort("127.0.0.1:8080")},
		Log:          sampleLog{Level: slog.LevelInfo, Days: 7},
		private:      "unchanged",
	}
}

const (
	environmentSecret = "xoxb-from-the-environment"
	fileSecret        = "xoxb-from-a-file"
)

// sampleSource is a source with a few variables and files.
func sampleSource(text string) Source {
	env := map[string]string{
		"SLACK_TOKEN": environmentSecret, "WAIT": "5m", "SOON": "sometime-soon", "EMPTY": "", "MINUS": "-7", "FOLDER": "vault-of-secrets",
		"MANY": "a\nlimits: {person_per_minute: 99} # ${WAIT}", "BYTES": "\xff", "WRONG": "wrong-token-value",
	}
	files := map[string]string{
		"/etc/bot/token": fileSecret + "\n", "/etc/bot/empty": "\n", "/etc/bot/vault-of-secrets/token": fileSecret + "\r\n",
		"/run/two": "xoxb-two\n\n", "/etc/bot/wrong": "wrong-token-value",
	}
	return Source{
		Name: "/etc/bot/config.yaml",
		Text: []byte(text),
		Getenv: func(name string) (string, bool) {
			v, ok := env[name]
			return v, ok
		},
		ReadFile: func(path string) ([]byte, error) {
			switch path {
			case "/etc/bot/locked":
				return nil, &os.PathError{Op: "open", Path: path, Err: os.ErrPermission}
			case "/etc/bot/folder":
				return nil, &os.PathError{Op: "read", Path: path, Err: syscall.EISDIR}
			case "/etc/bot/broken":
				return nil, errors.New("read /etc/bot/broken: " + fileSecret)
			case "/etc/bot/large":
				return make([]byte, maxBytes+1), nil
			}
			if v, ok := files[path]; ok {
				return []byte(v), nil
			}
			return nil, &os.PathError{Op: "open", Path: path, Err: os.ErrNotExist}
		},
	}
}
