package discord

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// soak is how many interactions a bot answers; a longer run is
//
//	go test -run Flat -soak 100000 ./bot/discord
var soak = flag.Int("soak", 3000, "how many interactions")

// TestGoroutinesAndMemoryStayFlat over interactions that are answered by calls,
// each of which has a token of its own.
func TestGoroutinesAndMemoryStayFlat(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	defer api.Close()
	d, in := adapter(t, newSigning(t), func(c *Config) { c.APIURL = api.URL + "/" }), &intake{}
	round := func(n int) (goroutines int, heap uint64) {
		for i := range n {
			d.takeInteraction(t.Context(), in, fmt.Appendf(nil, `{"id":"%d","application_id":"8","type":2,"token":"token %d","channel_id":"5","user":{"id":"%d"},
				"data":{"name":"report","options":[{"name":"ask","type":1,"options":[{"name":"question","type":3,"value":"returned from France"}]}]}}`, i, i, i%50))
			if i%500 == 499 {
				d.queue.Wait()
			}
		}
		d.queue.Wait()
		in.mu.Lock()
		answered := len(in.messages)
		in.messages = nil
		in.mu.Unlock()
		if answered != n {
			t.Errorf("%d of %d were answered", answered, n)
		}
		debug.FreeOSMemory()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapInuse
	}
	round(1000)
	goroutines, heap := round(1000)
	began := time.Now()
	after, heapAfter := round(*soak)
	t.Logf("%d interactions in %s: %d goroutines, then %d; heap %d kB, then %d kB", *soak, time.Since(began).Round(time.Millisecond), goroutines, after, heap>>10, heapAfter>>10)
	if after > goroutines+20 || heapAfter > heap+heap/4+4<<20 {
		t.Error("they grow")
	}
}
