package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/outbox"
)

// event is a message of the platform, in the form in which it is sent.
type event struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	Author  string `json:"author"`
	Text    string `json:"text"`
}

// posted is a reply, in the form in which the platform gets it.
type posted struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	Text    string `json:"text"`
}

// chatPlatform is a chat platform in another process than the bot: it sends
// events until they are acknowledged, and at times after that; it takes
// replies, and at times asks to wait first. It takes a reply as often as it is
// posted: what keeps a reply from being there twice is the bot.
type chatPlatform struct {
	*httptest.Server
	channels   int
	limitEvery int         // one in so many posts is asked to wait; 0: none
	gone       atomic.Bool // the channels are gone: no reply is taken

	// arrives is told of each reply that comes, before and after it is taken; nil:
	// nobody is.
	arrives func(taken bool)

	mu       sync.Mutex
	events   []event
	acked    map[string]bool
	replies  map[string]int      // by message: how often it was replied to
	order    map[string][]string // by channel: the messages in the order of their replies
	asked    int                 // how often it was asked whether a reply is there, and it was
	limited  int
	resent   int
	changed  chan struct{}
	connects int
}

func newChatPlatform(t *testing.T, channels, limitEvery int) *chatPlatform {
	t.Helper()
	p := &chatPlatform{
		channels: channels, limitEvery: limitEvery,
		acked: map[string]bool{}, replies: map[string]int{}, order: map[string][]string{}, changed: make(chan struct{}),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /events", p.serveEvents)
	mux.HandleFunc("POST /ack/{id}", p.serveAck)
	mux.HandleFunc("GET /replies/{id}", p.serveHas)
	mux.HandleFunc("POST /replies", p.serveReply)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// say has somebody write n messages, spread over the channels.
func (p *chatPlatform) say(n int) {
	questions := []string{"returned from France", "and Germany?", "women from Kosovo", "top 5 countries by returnees", "help", "women from Denmark"}
	p.mu.Lock()
	defer p.mu.Unlock()
	for range n {
		i := len(p.events)
		p.events = append(p.events, event{
			ID: fmt.Sprintf("event-%06d", i), Channel: fmt.Sprintf("channel-%d", i%p.channels),
			Author: fmt.Sprintf("person-%d", i%(3*p.channels)), Text: questions[i%len(questions)],
		})
	}
	p.notify()
}

// notify is called with the lock held.
func (p *chatPlatform) notify() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// serveEvents sends what is not acknowledged, then what comes, and now and then
// something that was acknowledged long ago.
func (p *chatPlatform) serveEvents(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.connects++
	p.mu.Unlock()
	encoder := json.NewEncoder(w)
	for next := 0; ; next++ {
		e, again, ok := p.nextEvent(r.Context(), next)
		if !ok {
			return
		}
		if again != nil && encoder.Encode(again) != nil {
			return
		}
		if e != nil && encoder.Encode(e) != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
	}
}

// nextEvent waits for the event of a number: nil if it was acknowledged.
func (p *chatPlatform) nextEvent(ctx context.Context, number int) (e, again *event, ok bool) {
	for {
		p.mu.Lock()
		if number < len(p.events) {
			defer p.mu.Unlock()
			if number%10 == 9 {
				if old := p.events[rand.IntN(number)]; p.acked[old.ID] {
					again = &old
					p.resent++
				}
			}
			if next := p.events[number]; !p.acked[next.ID] {
				e = &next
			}
			return e, again, true
		}
		changed := p.changed
		p.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, nil, false
		}
	}
}

func (p *chatPlatform) serveAck(_ http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.acked[r.PathValue("id")] = true
	p.notify()
}

func (p *chatPlatform) serveHas(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.replies[r.PathValue("id")] == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	p.asked++
}

func (p *chatPlatform) serveReply(w http.ResponseWriter, r *http.Request) {
	if p.gone.Load() {
		w.WriteHeader(http.StatusGone)
		return
	}
	var reply posted
	if err := json.NewDecoder(r.Body).Decode(&reply); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if p.arrives != nil {
		p.arrives(false)
		defer p.arrives(true)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.limitEvery > 0 && rand.IntN(p.limitEvery) == 0 {
		p.limited++
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	p.replies[reply.ID]++
	p.order[reply.Channel] = append(p.order[reply.Channel], reply.ID)
	p.notify()
}

// awaitAll waits until every event is acknowledged and replied to.
func (p *chatPlatform) awaitAll(t *testing.T) {
	t.Helper()
	p.await(t, func() bool { return len(p.acked) == len(p.events) && len(p.replies) == len(p.events) })
}

// awaitSome waits until so many more replies have come, or all.
func (p *chatPlatform) awaitSome(t *testing.T, n int) {
	t.Helper()
	p.mu.Lock()
	enough := min(len(p.replies)+n, len(p.events))
	p.mu.Unlock()
	p.await(t, func() bool { return len(p.replies) >= enough })
}

func (p *chatPlatform) await(t *testing.T, until func() bool) {
	t.Helper()
	limit := time.After(2 * time.Minute)
	for {
		p.mu.Lock()
		done, changed := until(), p.changed
		state := fmt.Sprintf("of %d events %d are acknowledged, %d have a reply", len(p.events), len(p.acked), len(p.replies))
		p.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatal("two minutes have passed:", state)
		}
	}
}

// acknowledged is how many events are.
func (p *chatPlatform) acknowledged() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.acked)
}

// waiting is how many events have no reply yet.
func (p *chatPlatform) waiting() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.events) - len(p.replies)
}

// check reports replies that are missing, doubled or out of order.
func (p *chatPlatform) check(t *testing.T) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	lost, doubled := 0, 0
	for _, e := range p.events {
		switch n := p.replies[e.ID]; {
		case p.acked[e.ID] && n == 0:
			lost++
		case n > 1:
			doubled++
		}
	}
	disordered := 0
	for _, ids := range p.order {
		for i := 1; i < len(ids); i++ {
			if ids[i] < ids[i-1] {
				disordered++
			}
		}
	}
	if lost > 0 || doubled > 0 || disordered > 0 {
		t.Errorf("%d replies lost, %d doubled, %d out of order", lost, doubled, disordered)
	}
	t.Logf("%d events, %d connections, %d events sent again after their acknowledgement, %d posts asked to wait, %d times a reply was found to be there",
		len(p.events), p.connects, p.resent, p.limited, p.asked)
}

// remotePlatform is the bot's adapter for a chatPlatform in another process.
type remotePlatform struct {
	url  string
	http *http.Client
}

// onRemotePlatform puts the program on the platform at PLATFORM, at the time of
// day of CLOCK if that is set.
func onRemotePlatform(a *App) {
	a.Adapters = append(a.Adapters, newRemotePlatform(os.Getenv("PLATFORM")))
	if start, err := time.Parse(time.RFC3339Nano, os.Getenv("CLOCK")); err == nil {
		began := time.Now()
		a.Now = func() time.Time { return start.Add(time.Since(began)) }
	}
}

func newRemotePlatform(url string) *remotePlatform {
	return &remotePlatform{url, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}}
}

func (*remotePlatform) Name() string { return "remote" }

// Run takes in the events of each channel in their order.
func (p *remotePlatform) Run(ctx context.Context, in bot.Intake) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/events", nil)
	if err != nil {
		return err
	}
	response, err := p.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var channels sync.WaitGroup
	defer channels.Wait()
	queues := map[string]chan event{}
	defer func() {
		for _, queue := range queues {
			close(queue)
		}
	}()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return err
		}
		queue := queues[e.Channel]
		if queue == nil {
			queue = make(chan event, 1<<16)
			queues[e.Channel] = queue
			channels.Go(func() { p.takeAll(ctx, queue, in) })
		}
		queue <- e
	}
	return ctx.Err()
}

func (p *remotePlatform) takeAll(ctx context.Context, queue <-chan event, in bot.Intake) {
	for e := range queue {
		m := bot.Message{ID: e.ID, Target: bot.Target{Platform: p.Name(), Channel: e.Channel}, Author: e.Author, Text: e.Text}
		for ctx.Err() == nil {
			if in.Handle(ctx, m) == nil {
				p.acknowledge(ctx, e.ID)
				break
			}
		}
	}
}

func (p *remotePlatform) acknowledge(ctx context.Context, id string) {
	_, _ = p.call(context.WithoutCancel(ctx), http.MethodPost, "/ack/"+id, nil)
}

func (p *remotePlatform) Post(ctx context.Context, post bot.Post) error {
	if post.MayBeThere {
		if status, err := p.call(ctx, http.MethodGet, "/replies/"+url.PathEscape(post.ID), nil); err != nil {
			return err
		} else if status == http.StatusOK {
			return outbox.ErrAlreadyThere
		}
	}
	body, err := json.Marshal(posted{post.ID, post.Target.Channel, post.Reply.Plain()})
	if err != nil {
		return err
	}
	switch status, err := p.call(ctx, http.MethodPost, "/replies", body); {
	case err != nil:
		return err
	case status == http.StatusTooManyRequests:
		return &outbox.Wait{For: 20 * time.Millisecond}
	case status == http.StatusGone:
		return &outbox.Refused{Reason: "the channel is gone"}
	case status != http.StatusOK:
		return fmt.Errorf("the platform says %d", status)
	}
	return nil
}

func (p *remotePlatform) call(ctx context.Context, method, path string, body []byte) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, method, p.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	response, err := p.http.Do(request)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, errors.Join(err, response.Body.Close())
}
