package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/remote"
)

// The roles of serve.
const (
	roleAll       = "all"
	roleRetrieval = "retrieval" // the index, for servers whose store is remote:
	roleBots      = "bots"      // all but the index
)

// retrieval returns the settings of a store on a retrieval service.
func (s *settings) retrieval() []*setting { return []*setting{&s.retrievalKey, &s.retrievalKeyFile} }

// elsewhere reports whether the store is a retrieval service.
func (s *settings) elsewhere() bool { return strings.HasPrefix(s.store.value, "remote:") }

// errElsewhere is what changes a store that is a retrieval service are told.
var errElsewhere = usage("documents are added and removed where the index is: run this command on the machine that serves it, with the store that its 'advocate serve --role retrieval' has")

// validRole checks the role, and that the store goes with it.
func (s *settings) validRole() error {
	switch role := s.role.value; {
	case !slices.Contains([]string{roleAll, roleRetrieval, roleBots}, role):
		return usage("%s %q: want all, retrieval or bots", s.role.name(), role)
	case role == roleRetrieval && s.elsewhere():
		return usage("%s %s: a retrieval service serves an index of its own, not another service's: name a store local:DIR or qdrant:HOST:6334/NAME", s.store.name(), s.store.value)
	case role == roleBots && !s.elsewhere() && !s.remote():
		return usage("the role bots wants an index that is elsewhere: --store remote:URL of 'advocate serve --role retrieval', or qdrant:HOST:6334/NAME")
	}
	return nil
}

// retrievalConfig reads the settings of a store on a retrieval service. No
// error holds the key.
func (s *settings) retrievalConfig() (c remote.Config, err error) {
	if c.Key, err = secret(&s.retrievalKey, &s.retrievalKeyFile); err != nil {
		return c, err
	}
	c.URLs = strings.Split(strings.TrimPrefix(s.store.value, "remote:"), ",")
	if err := c.Check(); err != nil {
		return c, usage("%s: %w", s.store.name(), err)
	}
	return c, nil
}

// openToRead loads the built-in library and opens what is searched: the
// store, or the retrieval service. The caller closes the index.
func (a *app) openToRead(ctx context.Context) (*corpus.Catalog, retrieval.Index, error) {
	if !a.settings.elsewhere() {
		lib, idx, err := a.openIndex(ctx)
		return lib, idx, err
	}
	lib, c, err := a.retrievalClient()
	if err != nil {
		return nil, nil, err
	}
	idx, err := remote.Dial(ctx, c)
	if err != nil {
		return nil, nil, failed(err)
	}
	return lib, idx, nil
}

// retrievalClient is what a client of the retrieval service is made with.
func (a *app) retrievalClient() (lib *corpus.Catalog, c remote.Config, err error) {
	if err = a.settings.validate(); err != nil {
		return nil, c, err
	}
	if c, err = a.settings.retrievalConfig(); err != nil {
		return nil, c, err
	}
	if lib, err = corpus.Load(library.FS()); err != nil {
		return nil, c, failed(err)
	}
	c.Library, c.Once = lib.Sources, a.once
	c.Version, err = retrievalVersion(lib)
	return lib, c, err
}

// retrievalVersion is this program's, as the two sides compare it.
func retrievalVersion(lib *corpus.Catalog) (remote.Version, error) {
	static, err := embed.NewStatic()
	if err != nil {
		return remote.Version{}, failed(err)
	}
	return remote.Version{Library: lib.Hash(), Embedder: static.Name()}, nil
}

// searchableIn are the scopes that someone at this machine's terminal sees
// of idx: of a retrieval service, those that its key may search.
func searchableIn(idx retrieval.Index) []string {
	x, ok := idx.(*remote.Index)
	if !ok || slices.Contains(x.Scopes(), remote.AllScopes) {
		return searchable()
	}
	return slices.DeleteFunc(searchable(), func(scope string) bool { return !slices.Contains(x.Scopes(), scope) })
}

// retrievalLacking names what does not work of idx, for /ready.
func retrievalLacking(idx retrieval.Index) []string {
	if x, ok := idx.(*remote.Index); ok && !x.Answers() {
		return []string{"retrieval"}
	}
	return nil
}

// servesAMinute is how many requests a key may send the retrieval service a
// minute, where that is not set: a question takes about eight.
const servesAMinute = 6000

// servingRetrieval reads the settings of serve in the role retrieval.
func (a *app) servingRetrieval() (c remote.ServerConfig, err error) {
	s := &a.settings
	hosts, local, reached, err := s.reach()
	if err != nil {
		return c, err
	}
	c.Hosts, c.PerMinute = hosts, servesAMinute
	if s.perMinute.from != "default" {
		if c.PerMinute, err = strconv.Atoi(s.perMinute.value); err != nil || c.PerMinute < 0 {
			return c, usage("%s %q: want a number, 0 or more", s.perMinute.name(), s.perMinute.value)
		}
	}
	if s.keysFile.value != "" {
		if c.Keys, err = readRetrievalKeys(s.keysFile.value); err != nil {
			return c, err
		}
	}
	switch open, err := s.open.yes(); {
	case err != nil:
		return c, err
	case open:
		return c, usage("%s: a retrieval service wants keys, for it hands out whole documents: give them with --keys-file FILE", s.open.name())
	case !local && len(c.Keys) == 0:
		return c, usage("%s is reached from other machines: give keys with --keys-file FILE", reached)
	case len(c.Keys) == 0:
		c.Anyone = searchable()
	}
	return c, nil
}

var scopeForm = regexp.MustCompile(`^(?:[a-z0-9][a-z0-9._-]{0,63}|\*)$`)

// readRetrievalKeys reads a file of NAME:KEY[:SCOPE,…[:write]] lines. Its
// errors hold no key.
func readRetrievalKeys(name string) ([]remote.Key, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, failed(err)
	}
	var keys []remote.Key
	for i, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, ":")
		well := len(parts) >= 2 && len(parts) <= 4 && parts[0] != "" && (len(parts) < 4 || parts[3] == "write")
		if !well {
			return nil, usage("%s: line %d: want NAME:KEY, NAME:KEY:SCOPE,… or NAME:KEY:SCOPE,…:write", name, i+1)
		}
		k := remote.Key{Name: parts[0], Key: parts[1], Write: len(parts) == 4}
		if len(parts) > 2 {
			k.Scopes = strings.Split(parts[2], ",")
		}
		switch {
		case len(k.Key) < minKey:
			return nil, usage("%s: line %d: a key has at least %d characters; 'openssl rand -hex 32' makes one", name, i+1, minKey)
		case slices.ContainsFunc(keys, func(o remote.Key) bool { return o.Name == k.Name }):
			return nil, usage("%s: line %d: %s has two keys", name, i+1, k.Name)
		case slices.ContainsFunc(k.Scopes, func(s string) bool { return !scopeForm.MatchString(s) }):
			return nil, usage("%s: line %d: want scopes such as %s, with commas, or * for every one", name, i+1, machineScope)
		}
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return nil, usage("%s holds no key: want a line NAME:KEY[:SCOPE,…] for each who may search", name)
	}
	return keys, nil
}

// serveRetrieval serves the index until ctx is done.
func (a *app) serveRetrieval(ctx context.Context) error {
	c, err := a.servingRetrieval()
	if err != nil {
		return err
	}
	lib, idx, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer idx.Close()
	if c.Version, err = retrievalVersion(lib); err != nil {
		return err
	}
	c.Index, c.Now, c.Log = idx, a.now, slog.New(slog.NewJSONHandler(a.err, nil))
	info, err := idx.Info(ctx)
	if err != nil {
		return failed(err)
	}
	server, err := remote.NewServer(c)
	if err != nil {
		return failed(err)
	}
	l, err := a.listen()
	if err != nil {
		return err
	}
	who := "this machine may search it without a key"
	if len(c.Keys) > 0 {
		var names []string
		for _, k := range c.Keys {
			names = append(names, fmt.Sprintf("%s (%s)", k.Name, strings.Join(append([]string{corpus.PublicScope}, k.Scopes...), ", ")))
		}
		who = "keys of " + strings.Join(names, ", ")
	}
	fmt.Fprintf(a.out, "advocate serves retrieval at http://%s\n  %d sources in %d passages; library %.12s\n  %s\n  servers use it with --store remote:ADDRESS; beyond this machine by https, through a proxy\n",
		said(l.Addr().String()), info.Sources, info.Passages, c.Version.Library, who)
	return a.run(ctx, server, &chats{}, l)
}
