package main

import (
	"crypto/tls"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/qdrant"
)

// qdrant returns the settings of a store on a Qdrant.
func (s *settings) qdrant() []*setting {
	return []*setting{&s.qdrantKey, &s.qdrantKeyFile, &s.qdrantTLS, &s.qdrantReplicas}
}

// embedding returns the settings of the embedding model.
func (s *settings) embedding() []*setting {
	return []*setting{&s.embedURL, &s.embedModel, &s.embedKey, &s.embedKeyFile, &s.embedDim}
}

// storeForms are the stores there are.
const storeForms = "want local:DIR, qdrant:HOST:6334/NAME, remote:URL or mem:"

// validateStore checks the store and what belongs to it.
func (s *settings) validateStore() error {
	switch v := s.store.value; {
	case s.remote():
		_, err := s.qdrantConfig(v)
		return err
	case s.elsewhere():
		_, err := s.retrievalConfig()
		return err
	case v != "" && v != "mem:" && (!strings.HasPrefix(v, "local:") || v == "local:"):
		return usage("%s %q: %s", s.store.name(), v, storeForms)
	}
	return nil
}

// remote reports whether the store is on a Qdrant.
func (s *settings) remote() bool { return strings.HasPrefix(s.store.value, "qdrant:") }

// file is the database of added documents; "" for none.
func (s *settings) file() string {
	switch {
	case s.store.value == "mem:" || s.remote() || s.elsewhere():
		return ""
	case s.store.value != "":
		return storeFile(s.store.value)
	case s.data.value != "":
		return storeFile("local:" + s.data.value)
	}
	return ""
}

// storeFile is the database of a local store.
func storeFile(store string) string {
	return filepath.Join(strings.TrimPrefix(store, "local:"), "corpus.db")
}

// kept says where added documents are kept; "" where they are not.
func (s *settings) kept() string {
	if s.remote() || s.elsewhere() {
		return s.store.value
	}
	return s.file()
}

// qdrantConfig reads the settings of a store on a Qdrant. No error holds the
// key.
func (s *settings) qdrantConfig(store string) (qdrant.Config, error) {
	c, err := qdrant.Parse(store)
	if err != nil {
		return c, usage("%w", err)
	}
	if c.Key, err = secret(&s.qdrantKey, &s.qdrantKeyFile); err != nil {
		return c, err
	}
	switch v := s.qdrantTLS.value; {
	case v == "on", v == "auto" && !c.Home():
		c.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	case v != "off" && v != "auto":
		return c, usage("%s %q: want auto, on or off", s.qdrantTLS.name(), v)
	}
	if c.Replicas, err = strconv.Atoi(s.qdrantReplicas.value); err != nil || c.Replicas < 1 || c.Replicas > 100 {
		return c, usage("%s %q: want a number, 1 or more", s.qdrantReplicas.name(), s.qdrantReplicas.value)
	}
	return c, nil
}

// embedder is the embedding model that the settings name, or nil where they
// name none. It asks nothing of it yet.
func (s *settings) embedder() (*embed.Remote, error) {
	c := embed.RemoteConfig{Base: s.embedURL.value, Model: s.embedModel.value}
	switch {
	case c.Base == "" && c.Model == "":
		return nil, nil
	case c.Base == "":
		return nil, usage("%s names an embedding model, and no address: give --embed-url, such as http://localhost:11434", s.embedModel.name())
	case c.Model == "":
		return nil, usage("%s names no model: give --embed-model, as the endpoint calls it", s.embedURL.name())
	}
	var err error
	if c.Key, err = secret(&s.embedKey, &s.embedKeyFile); err != nil {
		return nil, err
	}
	if v := s.embedDim.value; v != "" {
		if c.Dim, err = strconv.Atoi(v); err != nil || c.Dim < 1 || c.Dim > 1<<16 {
			return nil, usage("%s %q: want a number, 1 or more", s.embedDim.name(), v)
		}
	}
	e, err := embed.NewRemote(c)
	if err != nil {
		return nil, usage("%w", err)
	}
	return e, nil
}

// secret is the variable's value, or the one line of the file.
func secret(x, file *setting) (string, error) {
	key, err := secretOf(x, file)
	if err == nil && strings.ContainsAny(key, "\r\n") {
		err = usage("%s %s: want one line with the key", file.name(), file.value)
	}
	return key, err
}
