package outbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/outbox/clustertest"

	"reportbot/bot/flow"
)

// childEnv tells a process of this test that it is the one with the limit.
const childEnv = "REPORTBOT_OUTBOX_TEST_CHILD"

// inChild runs the test in a process of its own, where f may do what would harm
// other tests.
func inChild(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	if os.Getenv(childEnv) != "" {
		f(t)
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), childEnv+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
}

// limitFiles keeps the files of this process from growing beyond a size: the
// next write gets an error, as on a disk that is full.
func limitFiles(t *testing.T, size uint64) {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = min(size, limit.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
}

// TestAStoreThatFailsIsRefusedAndHeals: what was stored before stays, nothing
// is taken in while the disk takes nothing, and all goes on when it does again.
func TestAStoreThatFailsIsRefusedAndHeals(t *testing.T) {
	inChild(t, func(t *testing.T) {
		config := testConfig(t)
		config.KeepFree = 0
		box := open(t, config)
		limitFiles(t, 1<<20)
		body := strings.Repeat("x", 100_000)
		stored, failed := 0, error(nil)
		for failed == nil {
			if _, failed = box.Put(t.Context(), Entry{ID: fmt.Sprint(stored), Lane: "lane", Body: []byte(body)}); failed == nil {
				stored++
			}
		}
		if !errors.Is(failed, ErrFull) || stored < 5 || stored > 20 {
			t.Fatalf("after %d entries: %v", stored, failed)
		}
		if _, err := box.Put(t.Context(), Entry{ID: "next", Lane: "lane", Body: []byte(body)}); !errors.Is(err, ErrFull) {
			t.Errorf("the next met %v", err)
		}
		limitFiles(t, math.MaxUint64)
		platform := newReceiver()
		delivering(t, box, platform.take)
		for deadline := time.Now().Add(30 * time.Second); ; {
			if _, err := box.Put(t.Context(), Entry{ID: "after", Lane: "lane"}); err == nil {
				break
			} else if time.Now().After(deadline) {
				t.Fatal("the outbox stays closed when there is room again:", err)
			}
			flow.Pause(t.Context(), 50*time.Millisecond)
		}
		got := platform.await(t, stored+1)
		for i := range stored {
			if got[i].ID != fmt.Sprint(i) {
				t.Fatalf("%s came where %d was due", got[i].ID, i)
			}
		}
		if got[stored].ID != "after" {
			t.Errorf("at last came %s", got[stored].ID)
		}
	})
}

func TestADiskNearlyFullIsRefused(t *testing.T) {
	config := testConfig(t)
	config.KeepFree = math.MaxInt64 // more than any disk has
	box := open(t, config)
	_, err := box.Put(t.Context(), Entry{ID: "m", Lane: "lane"})
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "outbox.keep_free is") {
		t.Errorf("got %v", err)
	}
	if state := box.State(t.Context()); !strings.Contains(state.Reason, "keep_free") {
		t.Errorf("state %+v", state)
	}
	bucket, err := box.Bucket(t.Context(), "talks", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bucket.Set(t.Context(), "k", nil, 0); !errors.Is(err, ErrFull) {
		t.Errorf("a bucket takes %v", err)
	}
}

func TestTheBoundOfTheOutboxIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		config.MaxBytes = 1 << 20
		box := open(t, config)
		stored, failed := 0, error(nil)
		for failed == nil && stored < 100 {
			if _, failed = box.Put(t.Context(), Entry{ID: fmt.Sprint(stored), Lane: "lane", Body: make([]byte, 100_000)}); failed == nil {
				stored++
			}
		}
		if !errors.Is(failed, ErrFull) || stored != 10 {
			t.Fatalf("after %d entries: %v", stored, failed)
		}
		platform := newReceiver()
		delivering(t, box, platform.take)
		platform.await(t, stored)
		if !put(t, box, "after", "lane", "") {
			t.Error("nothing is taken when there is room again")
		}
	})
}

func TestASecondProcessIsRefused(t *testing.T) {
	config := testConfig(t)
	open(t, config)
	_, err := Open(t.Context(), config, Env{})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), config.Folder) {
		t.Errorf("got %v", err)
	}
}

// TestAttachLooksIntoARunningOutbox: beside the process that has the folder,
// and without one.
func TestAttachLooksIntoARunningOutbox(t *testing.T) {
	config := testConfig(t)
	config.Folder = shortFolder(t)
	box := open(t, config)
	stop := delivering(t, box, func(context.Context, Delivery) error { return &Refused{"the channel is gone"} })
	put(t, box, "m", "lane", "the body")
	for len(deadOf(t, box)) == 0 {
		flow.Pause(t.Context(), 10*time.Millisecond)
	}
	stop()
	look := func() {
		t.Helper()
		other, err := Attach(t.Context(), config, Env{Log: testLog(t)})
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		letters := deadOf(t, other)
		if len(letters) != 1 || letters[0].ID != "m" {
			t.Fatalf("found %+v", letters)
		}
		if err := other.Retry(t.Context(), letters[0]); err != nil {
			t.Fatal(err)
		}
	}
	look()
	refuse := delivering(t, box, func(context.Context, Delivery) error { return &Refused{"still gone"} })
	for len(deadOf(t, box)) == 0 { // what was put back is found without a word
		flow.Pause(t.Context(), 10*time.Millisecond)
	}
	refuse()
	box.Close()
	look()
	box = open(t, config)
	platform := newReceiver()
	delivering(t, box, platform.take)
	if got := platform.await(t, 1); got[0].ID != "m" || string(got[0].Body) != "the body" {
		t.Errorf("came %+v", got[0])
	}
}

func deadOf(t *testing.T, box *Outbox) []Letter {
	t.Helper()
	letters, err := box.Dead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

// shortFolder is a folder whose path is short enough for a socket in it.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "box")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

func TestAFolderThatCannotBeUsedIsLeftAsItIs(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, folder string)
		want  error
		says  string
	}{
		{"Newer", func(t *testing.T, folder string) { write(t, filepath.Join(folder, formatName), `{"format":99}`) },
			ErrNewer, "start that version"},
		{"StampDamaged", func(t *testing.T, folder string) { write(t, filepath.Join(folder, formatName), `{"for`) },
			ErrDamaged, "nothing was deleted"},
		{"StampGone", func(t *testing.T, folder string) { remove(t, filepath.Join(folder, formatName)) },
			ErrDamaged, "there is no outbox.json beside jetstream"},
		{"StreamGone", func(t *testing.T, folder string) { remove(t, streamFolder(folder, "replies")) },
			ErrDamaged, "the stream reportbot-replies in it cannot be read"},
		{"StreamDamaged", func(t *testing.T, folder string) {
			write(t, filepath.Join(streamFolder(folder, "replies"), "meta.inf"), "{")
		},
			ErrDamaged, "the stream reportbot-replies in it cannot be read"},
		{"BlockDamaged", func(t *testing.T, folder string) {
			spoil(t, block(folder), func(text []byte) []byte { text[len(text)/2] ^= 1; return text })
		},
			ErrDamaged, "1.blk is damaged at byte "},
		{"BlockOverwritten", func(t *testing.T, folder string) { write(t, block(folder), "this is no block of messages at all") },
			ErrDamaged, "1.blk is damaged at byte 0 of 35"},
		{"BucketGone", func(t *testing.T, folder string) {
			remove(t, filepath.Join(filepath.Dir(streamFolder(folder, "replies")), "KV_reportbot-talks"))
		}, ErrDamaged, "the stream KV_reportbot-talks in it cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			config := testConfig(t)
			box := open(t, config)
			if _, err := box.Bucket(t.Context(), "talks", time.Hour); err != nil {
				t.Fatal(err)
			}
			for i := range 3 {
				put(t, box, fmt.Sprint(i), "lane", "x")
			}
			box.Close()
			tt.spoil(t, config.Folder)
			before := filesOf(t, config.Folder)
			was := contents(t, before)
			box, err := Open(t.Context(), config, Env{})
			if err == nil {
				_, err = box.Bucket(t.Context(), "talks", time.Hour)
				box.Close()
			}
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), config.Folder) {
				t.Errorf("got %v", err)
			}
			for _, name := range before {
				if _, err := os.Stat(name); err != nil {
					t.Errorf("a file is gone: %v", err)
				}
			}
			if !maps.Equal(was, contents(t, before)) && tt.name != "BucketGone" { // that is found when the rest has been opened
				t.Error("what is in the files has changed")
			}
		})
	}
}

func streamFolder(folder, kind string) string {
	return filepath.Join(folder, streamsName, "jetstream", "$G", "streams", "reportbot-"+kind)
}

// block is the first block of the replies.
func block(folder string) string {
	return filepath.Join(streamFolder(folder, "replies"), "msgs", "1.blk")
}

// spoil changes what is in a file.
func spoil(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(change(text)))
}

// TestAnUnfinishedRecordIsNoDamage: what was being written at a kill, or room
// that was never written before a power cut.
func TestAnUnfinishedRecordIsNoDamage(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"Cut":      func(text []byte) []byte { return append(text, text[:len(text)/4]...) },
		"CutSoon":  func(text []byte) []byte { return append(text, text[:3]...) },
		"NotThere": func(text []byte) []byte { return append(text, make([]byte, 100)...) },
	} {
		t.Run(name, func(t *testing.T) {
			config := testConfig(t)
			box := open(t, config)
			for i := range 3 {
				put(t, box, fmt.Sprint(i), "lane", "x")
			}
			box.Close()
			spoil(t, block(config.Folder), change)
			remove(t, filepath.Join(streamFolder(config.Folder, "replies"), "msgs", "index.db"))
			platform := newReceiver()
			delivering(t, open(t, config), platform.take)
			if got := platform.await(t, 3); got[2].ID != "2" {
				t.Errorf("at last came %+v", got[2])
			}
		})
	}
}

// filesOf are the files that hold what was stored.
func filesOf(t *testing.T, folder string) []string {
	t.Helper()
	blocks, err := filepath.Glob(filepath.Join(folder, streamsName, "jetstream", "$G", "streams", "*", "msgs", "*.blk"))
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

func contents(t *testing.T, paths []string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[path] = string(text)
	}
	return all
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatIsNoneIsSaid(t *testing.T) {
	config := testConfig(t)
	config.Folder = filepath.Join(config.Folder, "file")
	write(t, config.Folder, "")
	if _, err := Open(t.Context(), config, Env{}); err == nil || !strings.Contains(err.Error(), "making the state folder") {
		t.Errorf("got %v", err)
	}
}

func TestAWrongAddressIsSaid(t *testing.T) {
	config := testConfig(t)
	config.URL = fmt.Sprintf("nats://anna:secret@127.0.0.1:%d", clustertest.FreePorts(t, 1)[0])
	_, err := Open(t.Context(), config, Env{})
	if !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "connecting to nats://127.0.0.1:") || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
	config.URL = "no address at all"
	if _, err := Open(t.Context(), config, Env{}); err == nil {
		t.Error("an address that is none opens")
	}
}

// TestAServerThatGoesAwayIsWaitedFor: nothing is taken in meanwhile, and
// nothing is lost or doubled.
func TestAServerThatGoesAwayIsWaitedFor(t *testing.T) {
	servers := clustertest.Start(t)
	config := testConfig(t)
	config.URL, config.Replicas = servers.URLs(), 3
	box, platform := open(t, config), newReceiver()
	delivering(t, box, platform.take)
	put(t, box, "before", "lane", "")
	platform.await(t, 1)
	servers.Stop(t, 0)
	servers.Stop(t, 1) // one of three has no majority
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if _, err := box.Put(ctx, Entry{ID: "meanwhile", Lane: "lane"}); !errors.Is(err, ErrUnavailable) {
		t.Fatalf("without a majority: %v", err)
	}
	if state := box.State(t.Context()); state.Reason == "" {
		t.Errorf("without a majority the outbox is said to be well: %+v", state)
	}
	servers.Restart(t, 0)
	servers.Restart(t, 1)
	for deadline := time.Now().Add(time.Minute); ; {
		if _, err := box.Put(t.Context(), Entry{ID: "meanwhile", Lane: "lane"}); err == nil {
			break
		} else if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	if got := platform.await(t, 2); len(got) != 2 || got[1].ID != "meanwhile" {
		t.Errorf("came %v", got)
	}
}
