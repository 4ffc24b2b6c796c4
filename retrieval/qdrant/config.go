package qdrant

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Config says which index, and how it is reached.
type Config struct {
	Host string
	Port int    // of gRPC
	Name string // of the index: an alias of the collection that holds it

	Key string      // API key; "" for none. No error holds it
	TLS *tls.Config // nil: without TLS

	// Replicas is how many copies of each shard a new collection has; 0 for
	// one. It is not asked for where the collection exists.
	Replicas int

	// Read and Write cap how long one request may take, within the
	// caller's own deadline. Zero means 10 seconds and a minute.
	Read, Write time.Duration
	// Wait is how long Put and Delete wait for another writer before
	// ErrLocked. Zero means 10 seconds; a negative Wait does not wait.
	Wait time.Duration
	// Lease is for how long a writer that has stopped without a word keeps
	// others from writing. Zero means two minutes. The clocks of writers
	// must agree to within a small part of it.
	Lease time.Duration
	// Cache is how many bytes of sources, as JSON, are kept in memory. Zero
	// means 64 MiB.
	Cache int
	// Beam is how many candidates Qdrant's graph keeps while it looks for
	// near vectors (hnsw_ef): more are slower and miss less. Zero means 256.
	Beam int
	// Exact looks at every vector that the filter lets through, and uses no
	// graph.
	Exact bool

	Now func() time.Time // the clock; nil: time.Now
}

// nameForm is what a collection may be called: Qdrant makes it a folder.
var nameForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$`)

// defaultPort is that of Qdrant's gRPC.
const defaultPort = 6334

// Parse reads the store string "qdrant:HOST:6334/NAME"; the port may be left
// out.
func Parse(store string) (Config, error) {
	bad := func(why string) (Config, error) {
		return Config{}, fmt.Errorf("qdrant: %q %s; want qdrant:HOST:%d/NAME", store, why, defaultPort)
	}
	rest, ok := strings.CutPrefix(store, "qdrant:")
	at, name, named := strings.Cut(rest, "/")
	if !ok || !named {
		return bad("names no index")
	}
	if strings.Contains(at, "@") {
		return bad("holds a user or a key, which belongs in a setting of its own")
	}
	c := Config{Name: name, Port: defaultPort, Host: strings.Trim(at, "[]")}
	if host, port, err := net.SplitHostPort(at); err == nil {
		c.Host = host
		if c.Port, err = strconv.Atoi(port); err != nil || c.Port < 1 || c.Port > 65535 {
			return bad("has no port that could be one")
		}
	} else if strings.Contains(c.Host, ":") && net.ParseIP(c.Host) == nil {
		return bad("has no host that could be one")
	}
	if c.Host == "" {
		return bad("names no host")
	}
	if !nameForm.MatchString(name) {
		return bad("has a name of other characters than letters, digits, dot, dash and underscore")
	}
	return c, nil
}

// Home reports whether the server is on this machine.
func (c Config) Home() bool {
	ip := net.ParseIP(c.Host)
	return c.Host == "localhost" || ip != nil && ip.IsLoopback()
}

// String is the store string.
func (c Config) String() string { return "qdrant:" + c.at() + "/" + c.Name }

func (c Config) at() string { return net.JoinHostPort(c.Host, strconv.Itoa(c.Port)) }

// filled is c with what zero stands for.
func (c Config) filled() Config {
	c.Port = cmp.Or(c.Port, defaultPort)
	c.Replicas = cmp.Or(c.Replicas, 1)
	c.Read, c.Write = cmp.Or(c.Read, 10*time.Second), cmp.Or(c.Write, time.Minute)
	c.Wait, c.Lease = cmp.Or(c.Wait, 10*time.Second), cmp.Or(c.Lease, 2*time.Minute)
	c.Cache, c.Beam = cmp.Or(c.Cache, 64<<20), cmp.Or(c.Beam, 256)
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
