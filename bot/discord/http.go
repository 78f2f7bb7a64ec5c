package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"reportbot/bot"
)

// The bounds of a delivery.
const (
	maxDelivery = 1 << 20 // bytes; an interaction is some kB
	signedFor   = 5 * time.Minute
)

// serve takes interactions over HTTP.
func (d *Discord) serve(ctx context.Context, in bot.Intake) error {
	handler, err := d.Handler(in)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(d.log.Handler(), slog.LevelWarn),
	}
	d.setState("")
	d.log.Info("Discord's interactions are taken", "address", d.listener.Addr().String())
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		ending, cancel := context.WithTimeout(context.Background(), answerWithin)
		defer cancel()
		_ = server.Shutdown(ending) // waits for those that are being answered
	})
	if err := server.Serve(d.listener); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	<-ended
	return nil
}

// Handler serves the path that Discord delivers interactions to.
func (d *Discord) Handler(in bot.Intake) (http.Handler, error) {
	key, err := hex.DecodeString(d.config.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("discord.public_key is no Ed25519 key")
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /discord/interactions", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDelivery))
		if err != nil {
			http.Error(w, "the body is too large or was cut off", http.StatusRequestEntityTooLarge)
			return
		}
		if !signedBy(key, r.Header, body, time.Now()) {
			http.Error(w, "not signed by Discord", http.StatusUnauthorized)
			return
		}
		d.serveInteraction(w, r, in, body)
	})
	return mux, nil
}

// signedBy says whether Discord has signed a delivery, within five minutes
// (docs.discord.com/developers/interactions/overview, security).
func signedBy(key ed25519.PublicKey, h http.Header, body []byte, now time.Time) bool {
	stamp := h.Get("X-Signature-Timestamp")
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return false
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > signedFor {
		return false
	}
	return ed25519.Verify(key, append([]byte(stamp), body...), signature)
}

// accepted is said in the response where the answer comes by a call.
type accepted struct{}

// serveInteraction answers in the response. What takes longer is added by calls,
// and what has files is answered by one: Discord does not take files of 150 kB and
// more in the response, and none at all for a message command
// (github.com/discord/discord-api-docs, issues 5250, 5925 and 5933).
func (d *Discord) serveInteraction(w http.ResponseWriter, r *http.Request, in bot.Intake, body []byte) {
	i, err := readInteraction(body)
	if err != nil {
		http.Error(w, "not an interaction", http.StatusBadRequest)
		return
	}
	if i.Type == typePing {
		writeJSON(w, callback{Type: answerPong})
		return
	}
	answers := make(chan any, 1)
	ended := make(chan struct{})
	d.queue.Add("interactions/"+i.author(), func() {
		defer close(ended)
		called := false
		d.process(context.WithoutCancel(r.Context()), in, i, func(ctx context.Context, answer any) error {
			if called || len(filesOf(answer)) > 0 {
				if !called {
					called = true
					answers <- accepted{}
				}
				return d.callBack(ctx, i, answer)
			}
			select {
			case answers <- answer:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	select {
	case answer := <-answers:
		writeAnswer(w, answer)
	case <-ended:
		d.serveNothing(w, answers)
	case <-time.After(time.Until(i.arrived.Add(answerWithin))):
		http.Error(w, "not answered in time", http.StatusServiceUnavailable)
	}
}

// serveNothing answers where the work has ended: with its answer, or where there
// is none, by saying so.
func (d *Discord) serveNothing(w http.ResponseWriter, answers <-chan any) {
	select {
	case answer := <-answers:
		writeAnswer(w, answer)
	default:
		writeJSON(w, note("This cannot be answered here.").first)
	}
}

// writeAnswer writes an answer, or that it comes by a call
// (docs.discord.com/developers/interactions/receiving-and-responding, responding).
func writeAnswer(w http.ResponseWriter, answer any) {
	if _, later := answer.(accepted); later {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	writeJSON(w, answer)
}

func writeJSON(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // whoever is gone needs no answer
}
