package discord

import (
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"

	"reportbot/bot/config"
)

// Config is the section "discord" of the configuration.
type Config struct {
	Token     config.Secret `yaml:"token" doc:"The bot's token, from the application's page \"Bot\"."`
	Listen    string        `yaml:"listen" doc:"Address and port for interactions over HTTP, in place of the gateway; the path is /discord/interactions. Mentions and direct messages come over the gateway alone."`
	PublicKey string        `yaml:"public_key" doc:"The application's public key, from \"General Information\", for interactions over HTTP."`
	Shards    shards        `yaml:"shards" doc:"How many connections to the gateway: auto, or a number."`
	Mentions  bool          `yaml:"mentions" doc:"Answer where the bot is mentioned, in direct messages, and in replies to it; without it only commands and buttons work."`
	APIURL    string        `yaml:"api_url" doc:"The base address of Discord's API."`
	Timeout   time.Duration `yaml:"timeout" doc:"How long one call of Discord's API may take."`
}

// shards is a number of connections; 0 is as many as Discord advises.
type shards int

// MarshalText gives auto or the number.
func (s shards) MarshalText() ([]byte, error) {
	if s == 0 {
		return []byte("auto"), nil
	}
	return strconv.AppendInt(nil, int64(s), 10), nil
}

// UnmarshalText reads it.
func (s *shards) UnmarshalText(text []byte) error {
	if string(text) == "auto" {
		*s = 0
		return nil
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return errShards
	}
	*s = shards(n)
	return nil
}

const errShards = constError("must be auto or a number from 1")

type constError string

func (e constError) Error() string { return string(e) }

// defaultAPIURL is Discord's API (docs.discord.com/developers/reference).
const defaultAPIURL = "https://discord.com/"

// keyLength is how many bytes an Ed25519 public key has.
const keyLength = 32

// Defaults sets the configuration before a file is read.
func (c *Config) Defaults() {
	c.Mentions, c.APIURL, c.Timeout = true, defaultAPIURL, 10*time.Second
}

// Validate reports what cannot be.
func (c *Config) Validate(report func(key, format string, args ...any)) {
	if c.Token.IsZero() {
		report("token", "must be set: the token on the application's page \"Bot\"")
	}
	if strings.HasPrefix(c.Token.Reveal(), "Bot ") {
		report("token", "is the token alone, without \"Bot \"")
	}
	if c.Listen != "" && c.PublicKey == "" {
		report("public_key", "must be set for interactions over HTTP: it stands under \"General Information\"")
	}
	if key, err := hex.DecodeString(c.PublicKey); c.PublicKey != "" && (err != nil || len(key) != keyLength) {
		report("public_key", "must be %d hexadecimal digits, as under \"General Information\"", 2*keyLength)
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Scheme == "" || u.Host == "" || !strings.HasSuffix(c.APIURL, "/") {
		report("api_url", "must be an address that ends with /, such as %s", defaultAPIURL)
	}
	if c.Timeout <= 0 {
		report("timeout", "must be more than 0")
	}
}
