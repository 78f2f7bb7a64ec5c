// Package clustertest starts NATS clusters for tests.
package clustertest

import (
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Cluster is three NATS servers with JetStream in this process, on loopback.
type Cluster struct {
	servers []*server.Server
	options []*server.Options
}

// Stop stops a server.
func (c *Cluster) Stop(t testing.TB, i int) {
	t.Helper()
	c.servers[i].Shutdown()
	c.servers[i].WaitForShutdown()
}

// Restart starts a stopped server again, on its folder and its ports.
func (c *Cluster) Restart(t testing.TB, i int) {
	t.Helper()
	s, err := server.NewServer(c.options[i])
	if err != nil {
		t.Fatal(err)
	}
	c.servers[i] = s
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
}

// Start starts a cluster, which ends with the test.
func Start(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{}
	ports := FreePorts(t, 6)
	clients := ports[3:]
	var routes string
	for _, port := range ports[:3] {
		routes += fmt.Sprintf("nats://127.0.0.1:%d,", port)
	}
	for i, port := range ports[:3] {
		options := &server.Options{
			ServerName: fmt.Sprintf("server-%d", i), Host: "127.0.0.1", Port: clients[i],
			NoSigs: true, NoLog: true, JetStream: true, StoreDir: t.TempDir(),
			Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: port},
			Routes:  server.RoutesFromStr(routes[:len(routes)-1]),
		}
		c.servers, c.options = append(c.servers, nil), append(c.options, options)
		c.Restart(t, i)
	}
	for _, s := range c.servers {
		if !s.ReadyForConnections(30 * time.Second) {
			t.Fatal("a server of the cluster does not start")
		}
	}
	return c
}

// URLs are the addresses for clients.
func (c *Cluster) URLs() string {
	var urls string
	for i, s := range c.servers {
		if i > 0 {
			urls += ","
		}
		urls += s.ClientURL()
	}
	return urls
}

// FreePorts are ports of loopback on which nothing listens.
func FreePorts(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// Leader is the server that leads a stream, or -1.
func (c *Cluster) Leader(stream string) int {
	for i, s := range c.servers {
		if s.Running() && s.JetStreamIsStreamLeader("$G", stream) {
			return i
		}
	}
	return -1
}
