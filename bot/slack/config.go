package slack

import (
	"net/url"
	"strings"
	"time"

	"reportbot/bot/config"
)

// Config is the section "slack" of the configuration.
type Config struct {
	BotToken       config.Secret `yaml:"bot_token" doc:"The bot user's token (xoxb-…), from \"Install App\"."`
	AppToken       config.Secret `yaml:"app_token" doc:"The app-level token (xapp-…) with connections:write, for Socket Mode, which needs no public address."`
	SigningSecret  config.Secret `yaml:"signing_secret" doc:"The app's signing secret, for deliveries over HTTP."`
	Listen         string        `yaml:"listen" doc:"Address and port for deliveries over HTTP, in place of Socket Mode; the paths are /slack/events, /slack/commands, /slack/interactions and /slack/options."`
	Threads        bool          `yaml:"threads" doc:"In a thread where the bot was asked, take follow-ups without a mention, as long as the conversation is remembered."`
	AgentView      bool          `yaml:"agent_view" doc:"The app is an agent, as in the manifest: a direct message is answered in a thread, which is a conversation of its own. Set it to false for an app without the agent view."`
	Edits          bool          `yaml:"edits" doc:"When a question is edited, change the reply to it."`
	Deletions      bool          `yaml:"deletions" doc:"When a question is deleted, delete the reply to it."`
	DigestManagers []string      `yaml:"digest_managers" doc:"The IDs of those who alone may set digests up (U0123456789, from \"Copy member ID\" of a profile); empty: all members of a channel who are not guests, each in theirs."`
	APIURL         string        `yaml:"api_url" doc:"The base address of Slack's Web API; another one for GovSlack."`
	Timeout        time.Duration `yaml:"timeout" doc:"How long one call of Slack's Web API may take."`
}

// defaultAPIURL is Slack's Web API (docs.slack.dev/apis/web-api).
const defaultAPIURL = "https://slack.com/api/"

// Defaults sets the configuration before a file is read.
func (c *Config) Defaults() {
	c.Threads, c.AgentView, c.Edits, c.Deletions = true, true, true, true
	c.APIURL, c.Timeout = defaultAPIURL, 10*time.Second
}

// Validate reports what cannot be.
func (c *Config) Validate(report func(key, format string, args ...any)) {
	token := func(key string, value config.Secret, prefix, where string) {
		if !value.IsZero() && !strings.HasPrefix(value.Reveal(), prefix) {
			report(key, "does not begin with %s; %s", prefix, where)
		}
	}
	if c.BotToken.IsZero() {
		report("bot_token", "must be set: the token under \"Install App\" that begins with xoxb-")
	}
	token("bot_token", c.BotToken, "xoxb-", "it is the token under \"Install App\"")
	token("app_token", c.AppToken, "xapp-", "it is the token under \"Basic Information\", \"App-Level Tokens\"")
	switch {
	case c.Listen == "" && c.AppToken.IsZero():
		report("app_token", "must be set for Socket Mode; for deliveries over HTTP set listen and signing_secret")
	case c.Listen != "" && c.SigningSecret.IsZero():
		report("signing_secret", "must be set for deliveries over HTTP")
	}
	for _, id := range c.DigestManagers {
		if !isUser(id) {
			report("digest_managers", "%q is no ID of a person: it begins with U or W, as in U0123456789", id)
		}
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Scheme == "" || u.Host == "" || !strings.HasSuffix(c.APIURL, "/") {
		report("api_url", "must be an address that ends with /, such as %s", defaultAPIURL)
	}
	if c.Timeout <= 0 {
		report("timeout", "must be more than 0")
	}
}

// isUser says whether an ID is a person's (docs.slack.dev/reference/objects/user-object).
func isUser(id string) bool {
	if id == "" || id[0] != 'U' && id[0] != 'W' {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
}
