package qdrant

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	api "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/everycategory/advocate/retrieval"
)

// largest is the largest message that is read, in bytes.
const largest = 256 << 20

// A link is the connection to one Qdrant. Safe for concurrent use.
type link struct {
	client      *api.Client
	server      string // HOST:PORT
	read, write time.Duration
	closed      atomic.Bool
}

func dial(c Config) (*link, error) {
	options := []grpc.DialOption{grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largest), grpc.MaxCallSendMsgSize(largest))}
	if c.Key != "" { // not by the client, which writes a warning of its own to the log
		options = append(options, grpc.WithChainUnaryInterceptor(func(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, next grpc.UnaryInvoker, opts ...grpc.CallOption) error {
			return next(metadata.AppendToOutgoingContext(ctx, "api-key", c.Key), method, req, reply, cc, opts...)
		}))
	}
	host := c.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	client, err := api.NewClient(&api.Config{Host: host, Port: c.Port, UseTLS: c.TLS != nil, TLSConfig: c.TLS,
		GrpcOptions: options, SkipCompatibilityCheck: true, PoolSize: 2})
	if err != nil {
		return nil, fmt.Errorf("qdrant: open: %w", err)
	}
	return &link{client: client, server: c.at(), read: c.Read, write: c.Write}, nil
}

func (x *link) close() error {
	if x.closed.Swap(true) {
		return nil
	}
	return x.client.Close()
}

// request sends req within the caller's deadline and limit. One that only
// reads is sent a second time where the server was not there.
func request[Req, Resp any](ctx context.Context, x *link, op string, reads bool,
	send func(context.Context, Req, ...grpc.CallOption) (Resp, error), req Req) (Resp, error) {
	var none Resp
	if err := ctx.Err(); err != nil {
		return none, err
	}
	limit := x.write
	if reads {
		limit = x.read
	}
	within, stop := context.WithTimeout(ctx, limit)
	defer stop()
	resp, err := send(within, req)
	if reads && status.Code(err) == codes.Unavailable && !x.closed.Load() {
		select {
		case <-within.Done():
		case <-time.After(again):
			resp, err = send(within, req)
		}
	}
	switch {
	case err == nil:
		return resp, nil
	case x.closed.Load():
		return none, retrieval.ErrClosed
	}
	return none, x.explain(ctx, op, limit, err)
}

// again is how long a read waits before it is sent again.
const again = 50 * time.Millisecond

// oldest is the version of Qdrant that first has what this package needs:
// upserts that leave alone what is there.
const oldest = "1.16"

// greet asks for the server's version.
func (x *link) greet(ctx context.Context) error {
	r, err := request(ctx, x, "open", true, x.client.GetQdrantClient().HealthCheck, &api.HealthCheckRequest{})
	if err != nil {
		return err
	}
	if v := r.GetVersion(); !recent(v) {
		return fmt.Errorf("qdrant: open: %w: %s runs version %q: run %s or later", ErrOld, x.server, v, oldest)
	}
	return nil
}

// recent reports whether version is oldest or later.
func recent(version string) bool {
	number := func(v string) (n int, ok bool) {
		parts := strings.SplitN(v, ".", 3)
		if len(parts) < 2 {
			return 0, false
		}
		major, err1 := strconv.Atoi(parts[0])
		minor, err2 := strconv.Atoi(parts[1])
		return major*1_000_000 + minor, errors.Join(err1, err2) == nil
	}
	want, _ := number(oldest)
	got, ok := number(strings.TrimPrefix(version, "v"))
	return ok && got >= want
}
