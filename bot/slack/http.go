package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"reportbot/bot"
)

// The bounds of a delivery.
const (
	maxDelivery = 1 << 20         // bytes; an event is some kB
	answerTime  = 2 * time.Second // Slack waits for 3 (docs.slack.dev/apis/events-api)
)

// serve takes deliveries over HTTP.
func (s *Slack) serve(ctx context.Context, in bot.Intake) error {
	server := &http.Server{
		Handler:           s.Handler(in),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	s.setState("")
	s.log.Info("Slack's deliveries are taken", "address", s.listener.Addr().String())
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		ending, cancel := context.WithTimeout(context.Background(), 2*answerTime)
		defer cancel()
		_ = server.Shutdown(ending) // waits for the deliveries that are being answered
	})
	if err := server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	<-ended
	return nil
}

// Handler serves the paths that Slack delivers to.
func (s *Slack) Handler(in bot.Intake) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /slack/events", s.signed("application/json", func(w http.ResponseWriter, r *http.Request, body []byte) { s.serveEvent(w, r, in, body) }))
	mux.Handle("POST /slack/commands", s.signed("application/x-www-form-urlencoded", func(w http.ResponseWriter, r *http.Request, _ []byte) { s.serveCommand(w, r, in) }))
	interactions := s.signed("application/x-www-form-urlencoded", func(w http.ResponseWriter, r *http.Request, _ []byte) { s.serveInteraction(w, r, in) })
	mux.Handle("POST /slack/interactions", interactions)
	mux.Handle("POST /slack/options", interactions) // what is typed in a menu has an address of its own
	return mux
}

// signed lets through what Slack has signed within five minutes, of the given
// type, once (docs.slack.dev/authentication/verifying-requests-from-slack). The raw
// bytes are what is signed.
func (s *Slack) signed(contentType string, next func(http.ResponseWriter, *http.Request, []byte)) http.Handler {
	next = s.replays.once(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDelivery))
		if err != nil {
			http.Error(w, "the body is too large or was cut off", http.StatusRequestEntityTooLarge)
			return
		}
		verifier, err := slackapi.NewSecretsVerifier(r.Header, s.config.SigningSecret.Reveal())
		if err == nil {
			_, err = verifier.Write(body)
		}
		if err != nil || verifier.Ensure() != nil {
			http.Error(w, "not signed by Slack", http.StatusUnauthorized)
			return
		}
		if !hasType(r.Header.Get("Content-Type"), contentType) {
			http.Error(w, "expected "+contentType, http.StatusUnsupportedMediaType)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next(w, r, body)
	})
}

func hasType(header, want string) bool {
	return len(header) >= len(want) && header[:len(want)] == want
}

func (s *Slack) serveEvent(w http.ResponseWriter, r *http.Request, in bot.Intake, body []byte) {
	event, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		s.unknown(w, body, err)
		return
	}
	if event.Type == slackevents.URLVerification {
		var challenge slackevents.ChallengeResponse
		if json.Unmarshal(body, &challenge) != nil {
			http.Error(w, "no challenge", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, challenge.Challenge)
		return
	}
	done := make(chan ending, 1)
	s.takeEvent(r.Context(), in, event, func(err error) { done <- ending{err: err} })
	s.await(w, r, done)
}

// unknown answers what cannot be read as an event: JSON that is none is an
// error; an event of a kind that this program does not know is none of its
// business, and must not come again.
func (s *Slack) unknown(w http.ResponseWriter, body []byte, err error) {
	if !json.Valid(body) {
		http.Error(w, "not JSON", http.StatusBadRequest)
		return
	}
	s.log.Warn("an event of an unknown form is left alone", "error", err)
	w.WriteHeader(http.StatusOK)
}

// ending is how a delivery ends: with what Slack is to get for an answer, nil
// for nothing, or with an error.
type ending struct {
	answer any
	err    error
}

// await acknowledges what is stored, with an answer where there is one; what is
// not, Slack is to send again.
func (s *Slack) await(w http.ResponseWriter, r *http.Request, done <-chan ending) {
	timer := time.NewTimer(answerTime)
	defer timer.Stop()
	select {
	case e := <-done:
		switch {
		case e.err != nil:
			http.Error(w, "not stored; send it again", http.StatusServiceUnavailable)
		case e.answer != nil:
			writeJSON(w, e.answer)
		default:
			w.WriteHeader(http.StatusOK)
		}
	case <-timer.C:
		http.Error(w, "not stored in time; send it again", http.StatusServiceUnavailable)
	case <-r.Context().Done():
	}
}

func (s *Slack) serveCommand(w http.ResponseWriter, r *http.Request, in bot.Intake) {
	command, err := slackapi.SlashCommandParse(r)
	if err != nil || command.UserID == "" {
		http.Error(w, "not a command", http.StatusBadRequest)
		return
	}
	answer, rest := s.answerCommand(r.Context(), in, command)
	if answer == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	writeJSON(w, answer)
	if rest != nil {
		_ = http.NewResponseController(w).Flush() // the rest comes behind it
		rest()
	}
}

func writeJSON(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // whoever is gone needs no answer
}

func (s *Slack) serveInteraction(w http.ResponseWriter, r *http.Request, in bot.Intake) {
	interaction, err := slackapi.InteractionCallbackParse(r)
	if err != nil {
		http.Error(w, "not an interaction", http.StatusBadRequest)
		return
	}
	done := make(chan ending, 1)
	s.takeInteraction(r.Context(), in, interaction, func(answer any, err error) { done <- ending{answer, err} })
	s.await(w, r, done)
}
