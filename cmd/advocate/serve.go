package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
)

// How a server treats those who are slow, and how long it lets those finish
// who are being answered when it is told to stop.
const (
	headerTime = 10 * time.Second
	writeTime  = 2 * time.Minute
	idleTime   = 2 * time.Minute
	maxHeaders = 32 << 10
	drainTime  = 20 * time.Second
)

func (a *app) serveCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the page, the HTTP API and the chats",
		Long: "Serves the page and the HTTP API, and answers in Slack where a token for it is\n" +
			"set, until it is stopped; then it lets those finish who are being answered.\n" +
			"Beyond this machine the page wants keys, or --open.",
		Example: "  advocate serve\n  advocate serve --listen :8080 --keys-file keys --hosts advocate.example.org\n" +
			"  advocate serve --slack-token-file token --slack-app-token-file app-token",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.serve(c.Context()) },
	}
	a.settings.servingFlags(c.Flags())
	a.settings.modelFlags(c.Flags())
	return c
}

func (a *app) serve(ctx context.Context) error {
	if err := a.settings.validRole(); err != nil {
		return err
	}
	if a.settings.role.value == roleRetrieval {
		return a.serveRetrieval(ctx)
	}
	config, err := a.serving()
	if err != nil {
		return err
	}
	start := a.now()
	a.onTerminal("indexing the library … ")
	as, done, err := a.assistant(ctx)
	if err != nil {
		return err
	}
	defer done()
	info, err := as.Retriever.Index.Info(ctx)
	if err != nil {
		return failed(err)
	}
	a.onTerminal(fmt.Sprintf("%d sources in %d passages, %.1f s\n", info.Sources, info.Passages, a.now().Sub(start).Seconds()))
	config.Assistant, config.Now, config.Version = as, a.now, version()
	config.Log = slog.New(slog.NewJSONHandler(a.err, nil))
	chats, err := a.chats(ctx, as, config.Log)
	if err != nil {
		return err
	}
	defer chats.close()
	config.Lacking = func() []string { return append(chats.lacking(), retrievalLacking(as.Retriever.Index)...) }
	config.Own = slices.DeleteFunc(config.Own, func(scope string) bool { return !slices.Contains(searchableIn(as.Retriever.Index), scope) })
	server, err := web.New(config)
	if err != nil {
		return failed(err)
	}
	l, err := a.listen()
	if err != nil {
		return err
	}
	a.greet(l.Addr().String(), config.Notes, as.Model, chats)
	return a.run(ctx, server, chats, l)
}

// listen takes the place to serve at.
func (a *app) listen() (net.Listener, error) {
	l, err := net.Listen("tcp", a.settings.listen.value)
	if err != nil {
		return nil, failed(fmt.Errorf("cannot listen at %s: %w\nIs another server there? Choose another place with --listen HOST:PORT", a.settings.listen.value, unwrapped(err)))
	}
	return l, nil
}

// A draining handler can be told that no more is wanted.
type draining interface {
	http.Handler
	Drain()
}

// run serves until ctx is done, then drains: first nothing more is taken in,
// then those finish who are being answered.
func (a *app) run(ctx context.Context, server draining, chats *chats, l net.Listener) error {
	stopChats := chats.start(ctx)
	defer stopChats()
	h := &http.Server{Handler: chats.before(server), ReadHeaderTimeout: headerTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeaders, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	stopped := make(chan error, 1)
	go func() { stopped <- h.Serve(l) }()
	select {
	case err := <-stopped:
		return failed(err)
	case <-ctx.Done():
	}
	server.Drain()
	fmt.Fprintln(a.err, "advocate: stopping; those who are being answered are let finish (a second signal ends at once)")
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := h.Shutdown(limit); err != nil {
		h.Close()
		return failed(fmt.Errorf("some were not answered in %v and were cut off", drainTime))
	}
	return nil
}

// greet says where it serves, and what would add to it.
func (a *app) greet(addr string, notes bool, m bot.Model, c *chats) {
	addr = said(addr)
	rewriting := "denials are answered at /rebut and chart notes rewritten at /rewrite; none is kept"
	if !notes {
		rewriting = "no denials and no chart notes: others can reach this server; --phi-agreements says that the agreements for health information are signed"
	}
	fmt.Fprintf(a.out, "advocate serves http://%s\n"+
		"  the page at /, the API at /v1 (described at /v1/openapi.json)\n"+
		"  "+rewriting+"\n"+
		"  "+a.sayModel(m)+"\n"+
		c.says(), addr)
}

// said is an address as it is shown: loopback's is localhost.
func said(addr string) string {
	if host, port, err := net.SplitHostPort(addr); err == nil && loopbackHost(host) {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

// reach reads the names that requests may give as their host, and whether
// they come from this machine alone; if not, by what others reach it.
func (s *settings) reach() (hosts []string, local bool, reached string, err error) {
	host, _, err := net.SplitHostPort(s.listen.value)
	if err != nil {
		return nil, false, "", usage("%s %q: want HOST:PORT, such as localhost:8080", s.listen.name(), s.listen.value)
	}
	hosts = []string{"localhost", "127.0.0.1", "::1"}
	local, reached = loopbackHost(host), s.listen.name()+" "+s.listen.value
	if !local && host != "" {
		hosts = append(hosts, strings.ToLower(host))
	}
	for name := range strings.SplitSeq(s.hosts.value, ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			hosts = append(hosts, name)
			if local && !loopbackHost(name) { // a proxy passes on what strangers ask
				local, reached = false, s.hosts.name()+" "+name
			}
		}
	}
	return hosts, local, reached, nil
}

// serving reads the settings of serve.
func (a *app) serving() (web.Config, error) {
	s := &a.settings
	c := web.Config{Exports: exports{}}
	hosts, local, reached, err := s.reach()
	if err != nil {
		return c, err
	}
	c.Hosts = hosts
	open, err := strconv.ParseBool(s.open.value)
	if err != nil {
		return c, usage("%s %q: want true or false", s.open.name(), s.open.value)
	}
	if c.PerMinute, err = strconv.Atoi(s.perMinute.value); err != nil || c.PerMinute < 0 {
		return c, usage("%s %q: want a number, 0 or more", s.perMinute.name(), s.perMinute.value)
	}
	if s.keysFile.value != "" {
		if c.Keys, err = readKeys(s.keysFile.value); err != nil {
			return c, err
		}
	}
	if !local && len(c.Keys) == 0 && !open {
		return c, usage("%s is reached from other machines: give keys with --keys-file FILE, or say --open to let anyone ask", reached)
	}
	if c.Person = person(); local && len(c.Keys) == 0 && !open {
		c.Own, c.Notes = []string{machineScope}, true
	}
	agreed, err := s.agreed()
	c.Notes = c.Notes || agreed
	return c, err
}

// readKeys reads a file of NAME:KEY lines. Its errors hold no key.
func readKeys(name string) (map[string]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, failed(err)
	}
	keys := map[string]string{}
	for i, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		who, key, ok := strings.Cut(line, ":")
		switch {
		case !ok || who == "":
			return nil, usage("%s: line %d: want NAME:KEY", name, i+1)
		case len(key) < minKey:
			return nil, usage("%s: line %d: a key has at least %d characters; 'openssl rand -hex 32' makes one", name, i+1, minKey)
		case keys[who] != "":
			return nil, usage("%s: line %d: %s has two keys", name, i+1, who)
		}
		keys[who] = key
	}
	if len(keys) == 0 {
		return nil, usage("%s holds no key: want a line NAME:KEY for each who may ask", name)
	}
	return keys, nil
}

// minKey is the fewest characters of a key that cannot be guessed.
const minKey = 24

// loopbackHost reports whether host is this machine's own.
func loopbackHost(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// onTerminal says something on a terminal, and nothing elsewhere.
func (a *app) onTerminal(text string) {
	if isTerminal(a.err) {
		fmt.Fprint(a.err, text)
	}
}

// unwrapped is the cause of a network error without its address.
func unwrapped(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
