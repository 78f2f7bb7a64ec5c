package fakediscord_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"reportbot/bot/discord/fakediscord"
)

const token = "secret"

// TestMain fails if something of the fake still runs after all tests.
func TestMain(m *testing.M) {
	code := m.Run()
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	for _, stack := range strings.Split(string(all), "\n\n") {
		if strings.Contains(stack, "fakediscord.(*") {
			fmt.Println("still running:", stack)
			code = 1
		}
	}
	os.Exit(code)
}

// world is a small one: a guild with a channel, and two people.
type world struct{ guild, channel, ann, bob string }

// start is a fake Discord with a small world in it.
func start(t testing.TB, o fakediscord.Options) (*fakediscord.Discord, world) {
	t.Helper()
	o.Token = token
	d := fakediscord.New(t, o)
	guild := d.AddGuild(fakediscord.Guild{Name: "Freedonia"})
	return d, world{guild: guild, channel: d.AddChannel(fakediscord.Channel{Guild: guild, Name: "general"}),
		ann: d.AddUser(fakediscord.User{Name: "ann"}), bob: d.AddUser(fakediscord.User{Name: "bob"})}
}

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type object = map[string]any

// reply is an answer of the API.
type reply struct {
	status int
	header http.Header
	body   object
	list   []object
	text   string
}

// code is that of an error.
func (r reply) code() int {
	n, _ := r.body["code"].(float64)
	return int(n)
}

func (r reply) id() string {
	id, _ := r.body["id"].(string)
	return id
}

// call calls the API as the bot does.
func call(t testing.TB, d *fakediscord.Discord, method, path string, body any) reply {
	t.Helper()
	text, err := json.Marshal(body)
	check(t, err)
	if body == nil {
		text = nil
	}
	return send(t, d, method, path, "application/json", text)
}

var client = &http.Client{Transport: &http.Transport{}}

func send(t testing.TB, d *fakediscord.Discord, method, path, kind string, text []byte) reply {
	t.Helper()
	q, err := http.NewRequest(method, d.APIURL()+"api/v9"+path, bytes.NewReader(text))
	check(t, err)
	q.Header.Set("Authorization", "Bot "+token)
	q.Header.Set("Content-Type", kind)
	q.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	answer, err := client.Do(q)
	if err != nil {
		return reply{text: err.Error()}
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	check(t, err)
	r := reply{status: answer.StatusCode, header: answer.Header, text: string(got)}
	_ = json.Unmarshal(got, &r.body)
	_ = json.Unmarshal(got, &r.list)
	return r
}

// upload calls the API with files: names and what is in them.
func upload(t testing.TB, d *fakediscord.Discord, method, path string, body any, files ...string) reply {
	t.Helper()
	var text bytes.Buffer
	w := multipart.NewWriter(&text)
	payload, err := json.Marshal(body)
	check(t, err)
	check(t, w.WriteField("payload_json", string(payload)))
	for i := 0; i < len(files); i += 2 {
		part, err := w.CreateFormFile(fmt.Sprintf("files[%d]", i/2), files[i])
		check(t, err)
		_, err = io.WriteString(part, files[i+1])
		check(t, err)
	}
	check(t, w.Close())
	return send(t, d, method, path, w.FormDataContentType(), text.Bytes())
}

// event is a payload of the gateway.
type event struct {
	Op   int             `json:"op"`
	Seq  int             `json:"s"`
	Name string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

func (e event) object() object {
	var o object
	_ = json.Unmarshal(e.Data, &o)
	return o
}

// socket is a connection to the gateway.
type socket struct {
	t  testing.TB
	ws *websocket.Conn
}

// dial connects to the gateway.
func dial(t testing.TB, d *fakediscord.Discord, path string) *socket {
	t.Helper()
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(d.APIURL(), "http")+"ws/"+path+"?v=9&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	return &socket{t, ws}
}

func (s *socket) send(op int, data any) {
	s.t.Helper()
	check(s.t, s.ws.WriteJSON(object{"op": op, "d": data}))
}

// next is the next payload.
func (s *socket) next() event {
	s.t.Helper()
	var e event
	_ = s.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	if err := s.ws.ReadJSON(&e); err != nil {
		s.t.Fatal(err)
	}
	return e
}

// until skips to a payload: an event by name, or an op as "op 7".
func (s *socket) until(name string) event {
	s.t.Helper()
	for {
		e := s.next()
		if e.Name == name || fmt.Sprintf("op %d", e.Op) == name {
			return e
		}
	}
}

// closed reads on until the connection ends, and returns the close code.
func (s *socket) closed() int {
	for {
		_ = s.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, _, err := s.ws.ReadMessage(); err != nil {
			if said, is := err.(*websocket.CloseError); is {
				return said.Code
			}
			return 0
		}
	}
}

const usual = fakediscord.Guilds | fakediscord.GuildMessages | fakediscord.DirectMessages

// identify starts a session and returns READY.
func identify(t testing.TB, d *fakediscord.Discord, intents fakediscord.Intents, shard ...int) (*socket, object) {
	t.Helper()
	s := dial(t, d, "")
	s.until("op 10")
	data := object{"token": token, "intents": intents, "properties": object{}}
	if shard != nil {
		data["shard"] = shard
	}
	s.send(2, data)
	return s, s.until("READY").object()
}

// faults takes the faults of the app that the test wants.
func faults(t testing.TB, d *fakediscord.Discord, want ...string) {
	t.Helper()
	got := d.TakeFaults()
	if len(got) != len(want) {
		t.Errorf("faults %q, want %q", got, want)
		return
	}
	for i, part := range want {
		if !strings.Contains(got[i], part) {
			t.Errorf("fault %q, want %q", got[i], part)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
