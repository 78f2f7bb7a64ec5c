package outbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// connectTimeout is how long opening waits for a server.
const connectTimeout = 15 * time.Second

// lockTime is how long opening waits for a process that looks into the folder,
// or is ending, to leave it.
const lockTime = 2 * time.Second

// connect reaches the cluster, or starts the server of the folder.
func (o *Outbox) connect(ctx context.Context, patience time.Duration) error {
	if o.config.URL != "" {
		return o.join(o.config.URL)
	}
	home, err := openHome(ctx, o.config, o.log, patience)
	if err != nil {
		return err
	}
	o.home = home
	return o.join("nats://embedded", nats.InProcessServer(home))
}

// Attach opens the outbox of a configuration to look into it or to put dead
// letters back: beside a running process if one has the folder, through a
// socket in it. It leaves bounds and retention times as they are. Deliver is not
// to be called.
func Attach(ctx context.Context, config Config, env Env) (*Outbox, error) {
	o := newOutbox(config, env)
	o.guest = true
	if err := o.attach(ctx); err != nil {
		o.Close()
		return nil, err
	}
	return o, nil
}

func (o *Outbox) attach(ctx context.Context) error {
	err := o.connect(ctx, 0)
	if errors.Is(err, ErrInUse) {
		path := socketPath(o.config.Folder)
		if _, missing := os.Stat(path); missing != nil {
			return fmt.Errorf("%w, and that one has no socket %s to ask it through", err, path)
		}
		err = o.join("nats://"+path, nats.SetCustomDialer(socketDialer(path)))
	}
	if err != nil {
		return err
	}
	return o.makeStreams(ctx)
}

// socketDialer reaches a server through the socket that its process keeps in
// the state folder.
type socketDialer string

// Dial ignores the address.
func (d socketDialer) Dial(string, string) (net.Conn, error) {
	return net.DialTimeout("unix", string(d), connectTimeout)
}

// join connects to a server.
func (o *Outbox) join(url string, more ...nats.Option) error {
	options := append([]nats.Option{
		nats.Name("reportbot"),
		nats.Timeout(connectTimeout),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.ReconnectJitter(100*time.Millisecond, 500*time.Millisecond),
		nats.ReconnectBufSize(-1), // what cannot be sent is an error, at once
		nats.DisconnectErrHandler(func(c *nats.Conn, err error) {
			if !c.IsClosed() {
				o.log.Error("the connection to the outbox's server was lost", "error", err)
			}
		}),
		nats.ReconnectHandler(func(c *nats.Conn) {
			o.log.Info("the outbox's server is reached again", "server", c.ConnectedUrlRedacted())
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			o.log.Warn("the outbox's server reports", "error", err)
		}),
	}, more...)
	options = append(options, o.credentials()...)
	conn, err := nats.Connect(url, options...)
	if err != nil {
		return fmt.Errorf("connecting to %s: %w: %w", redacted(url), ErrUnavailable, err)
	}
	o.conn = conn
	o.js, err = jetstream.New(conn, jetstream.WithDefaultTimeout(5*time.Second))
	if err != nil {
		return fmt.Errorf("using JetStream at %s: %w", redacted(url), err)
	}
	return nil
}

func (o *Outbox) credentials() []nats.Option {
	if o.config.URL == "" {
		return nil
	}
	var options []nats.Option
	if o.config.CredentialsFile != "" {
		options = append(options, nats.UserCredentials(o.config.CredentialsFile))
	}
	if o.config.User != "" {
		options = append(options, nats.UserInfo(o.config.User, o.config.Password.Reveal()))
	}
	if o.config.CAFile != "" {
		options = append(options, nats.RootCAs(o.config.CAFile))
	}
	if o.config.CertFile != "" {
		options = append(options, nats.ClientCert(o.config.CertFile, o.config.KeyFile))
	}
	return options
}

// redacted is a list of addresses without user names and passwords.
func redacted(urls string) string {
	list := strings.Split(urls, ",")
	for i, url := range list {
		scheme, rest, found := strings.Cut(strings.TrimSpace(url), "://")
		if !found {
			scheme, rest = "nats", scheme
		}
		list[i] = scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
	}
	return strings.Join(list, ",")
}
