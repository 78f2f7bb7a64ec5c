package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"reportbot/bot/outbox"
	"reportbot/bot/outbox/clustertest"
)

// sharedPlatform is one chat platform that two replicas post to. It can tell
// what it has, and is not fooled into taking it twice by a replica that asks.
type sharedPlatform struct {
	*platform
	posted map[string]int
}

func (p *sharedPlatform) Post(ctx context.Context, post Post) error {
	p.mu.Lock()
	there := post.MayBeThere && p.posted[post.ID] > 0
	if !there {
		p.posted[post.ID]++
	}
	p.mu.Unlock()
	if there {
		return outbox.ErrAlreadyThere
	}
	return p.platform.Post(ctx, post)
}

// replica is a bot on a cluster that another shares.
type replica struct {
	*Bot
	box  *outbox.Outbox
	stop func()
}

func startReplica(t *testing.T, name string, config outbox.Config, platform Adapter) *replica {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})).With("replica", name)
	box, err := outbox.Open(t.Context(), config, outbox.Env{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	settings := Defaults()
	settings.Limits.PersonPerMinute, settings.Limits.ChannelPerMinute = 1<<30, 1<<30
	b, err := New(t.Context(), Options{Engine: e, Outbox: box, Settings: settings, Adapters: []Adapter{platform}, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = b.Run(ctx) })
	r := &replica{Bot: b, box: box}
	r.stop = sync.OnceFunc(func() { cancel(); running.Wait(); box.Close() })
	t.Cleanup(r.stop)
	return r
}

// TestTwoReplicasOnAClusterThatLosesServers: messages come to either of two
// replicas, each channel's in its order, some to both; half-way the server that
// leads the replies' stream is stopped, and later one replica is. Nothing is
// lost, nothing doubled, each channel's order kept.
func TestTwoReplicasOnAClusterThatLosesServers(t *testing.T) {
	servers := clustertest.Start(t)
	config := outbox.Defaults()
	config.URL, config.Replicas = servers.URLs(), 3
	config.FirstWait, config.TakeOver, config.Grace = 50*time.Millisecond, 2*time.Second, time.Second
	shared := &sharedPlatform{newPlatform(), map[string]int{}}
	replicas := []*replica{startReplica(t, "a", config, shared), startReplica(t, "b", config, shared)}
	const channels = 20
	each := *soak / channels
	var stopped sync.Map // replicas that take nothing more in
	var once, twice sync.Once
	var feeding sync.WaitGroup
	for c := range channels {
		feeding.Go(func() {
			for n := range each {
				m := message(fmt.Sprintf("%d/%06d", c, n), fmt.Sprintf("channel %d", c), "anna", "returned from France")
				if c == 0 && n == each/2 {
					once.Do(func() { servers.Stop(t, servers.Leader("reportbot-replies")) })
				}
				if c == 0 && n == 3*each/4 {
					twice.Do(func() { stopped.Store(1, true); replicas[1].stop() })
				}
				for !taken(t, replicas, &stopped, m, n) {
				}
			}
		})
	}
	feeding.Wait()
	posts := shared.await(t, channels*each)
	next := map[string]int{}
	for _, p := range posts {
		if want := fmt.Sprintf("%s/%06d", p.Target.Channel[len("channel "):], next[p.Target.Channel]); p.ID != want {
			t.Fatalf("in %s came %s where %s was due", p.Target.Channel, p.ID, want)
		}
		next[p.Target.Channel]++
	}
	for id, n := range shared.posted {
		if n != 1 {
			t.Errorf("%s was posted %d times", id, n)
		}
	}
	t.Logf("%d messages, each replied to once and in the order of its channel", len(posts))
}

// taken has one replica take a message in, or both, as a platform that sends
// it again.
func taken(t *testing.T, replicas []*replica, stopped *sync.Map, m Message, n int) bool {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	ok := false
	for i, r := range replicas {
		_, down := stopped.Load(i)
		if down || n%7 != 0 && n%len(replicas) != i && !anyDown(stopped) {
			continue
		}
		ok = r.Handle(ctx, m) == nil || ok
	}
	return ok
}

func anyDown(stopped *sync.Map) (down bool) {
	stopped.Range(func(any, any) bool { down = true; return false })
	return down
}
