// Package qdranttest is a Qdrant in the process of a test: it implements the
// services of Qdrant's own client over a real gRPC connection and knows what
// collections, aliases, payload indexes, filters, sparse and dense searches,
// scrolling and conditional writes mean. What it is asked is evaluated in
// full, and what a strict Qdrant refuses it refuses: a vector of another
// length, a filter on a field without an index, a request beyond a limit.
//
// It is no Qdrant: it has one shard and one replica, no graph, so that every
// search is exact, and keeps nothing. What holds for it has to be measured
// anew against a real one.
package qdranttest

import (
	"context"
	"crypto/tls"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	api "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Options vary a server. The zero value is a server without key and TLS.
type Options struct {
	Version string // that it says it has; "" for 1.19.0
	Key     string // every request but the greeting wants it
	ReadKey string // another, for requests that only read
	TLS     *tls.Config
}

// A Server is a Qdrant of a test. Safe for concurrent use.
type Server struct {
	Host string
	Port int

	options Options

	mu          sync.Mutex
	collections map[string]*collection
	aliases     map[string]string
	calls       []Call
	fault       func(Call) error
	grpc        *grpc.Server
	served      chan struct{}
}

// A Call is a request that arrived.
type Call struct {
	Method string // "UpdateBatch"
	Req    any
}

// New starts a server on loopback, and stops it when the test ends.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Serve(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// Serve starts a server on loopback. The caller stops it.
func Serve(o Options) (*Server, error) {
	s := &Server{Host: "127.0.0.1", options: o, collections: map[string]*collection{}, aliases: map[string]string{}}
	if s.options.Version == "" {
		s.options.Version = "1.19.0"
	}
	return s, s.start("127.0.0.1:0")
}

func (s *Server) start(at string) error {
	lis, err := net.Listen("tcp", at)
	if err != nil {
		return err
	}
	s.Port = lis.Addr().(*net.TCPAddr).Port
	options := []grpc.ServerOption{grpc.UnaryInterceptor(s.intercept), grpc.MaxRecvMsgSize(1 << 30)}
	if s.options.TLS != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(s.options.TLS)))
	}
	s.grpc, s.served = grpc.NewServer(options...), make(chan struct{})
	api.RegisterQdrantServer(s.grpc, &greeter{s: s})
	api.RegisterCollectionsServer(s.grpc, &collectionsServer{s: s})
	api.RegisterPointsServer(s.grpc, &pointsServer{s: s})
	server, served := s.grpc, s.served
	go func() {
		defer close(served)
		server.Serve(lis)
	}()
	return nil
}

// Stop breaks all connections off and takes no more. What was written stays
// for Restart.
func (s *Server) Stop() {
	s.grpc.Stop()
	<-s.served
}

// Restart serves again, at the same port.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	addr := net.TCPAddr{IP: net.ParseIP(s.Host), Port: s.Port}
	var err error
	for range 50 {
		if err = s.start(addr.String()); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal(err)
}

// Fault has f look at each request before it is served; an error is the
// answer to it. f may wait. Nil ends it.
func (s *Server) Fault(f func(Call) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// Calls returns the requests since it was last asked, and forgets them.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}

// reads are the methods that a key for reading may call.
var reads = map[string]bool{"Get": true, "Scroll": true, "Query": true, "QueryBatch": true, "Count": true,
	"List": true, "ListAliases": true, "CollectionExists": true}

func (s *Server) intercept(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	method := info.FullMethod[strings.LastIndex(info.FullMethod, "/")+1:]
	if method != "HealthCheck" && s.options.Key != "" {
		md, _ := metadata.FromIncomingContext(ctx)
		key := strings.Join(md.Get("api-key"), ",")
		switch {
		case key == s.options.Key:
		case key == "" || key != s.options.ReadKey:
			return nil, status.Error(codes.Unauthenticated, "Invalid API key or JWT")
		case !reads[method]:
			return nil, status.Error(codes.PermissionDenied, "Forbidden: Global manage access is required")
		}
	}
	call := Call{method, req}
	s.mu.Lock()
	s.calls = append(s.calls, call)
	fault := s.fault
	s.mu.Unlock()
	if fault != nil {
		if err := fault(call); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return next(ctx, req)
}

type greeter struct {
	api.UnimplementedQdrantServer
	s *Server
}

func (g *greeter) HealthCheck(context.Context, *api.HealthCheckRequest) (*api.HealthCheckReply, error) {
	return &api.HealthCheckReply{Title: "qdrant - vector search engine", Version: g.s.options.Version}, nil
}

// find is the collection of a name or alias. The caller holds s.mu.
func (s *Server) find(name string) (*collection, error) {
	if to, ok := s.aliases[name]; ok {
		name = to
	}
	c := s.collections[name]
	if c == nil {
		return nil, status.Errorf(codes.NotFound, "Not found: Collection `%s` doesn't exist!", name)
	}
	return c, nil
}

func wrong(format string, args ...any) error {
	return status.Errorf(codes.InvalidArgument, "Wrong input: "+format, args...)
}
