package discordtest

import (
	"net/http"
	"time"
)

// A route is one of the REST API. Its calls are counted in a bucket, for each
// channel, guild or webhook of their own.
type route struct {
	method, path string
	open         bool // the token stands in the path
	burst        int  // of the bucket, 0 is 50
	per          time.Duration
	do           func(*Server, *request) (any, error)
}

func (rt route) String() string { return rt.method + " " + rt.path }

// unknownRoute is that of what the server does not have.
const unknownRoute = " "

// Routes, as Calls and Fault name them.
const (
	CreateMessage  = "POST /channels/{channel}/messages"
	EditMessage    = "PATCH /channels/{channel}/messages/{message}"
	DeleteMessage  = "DELETE /channels/{channel}/messages/{message}"
	CreateThread   = "POST /channels/{channel}/messages/{message}/threads"
	CreateCallback = "POST /interactions/{interaction}/{token}/callback"
	CreateFollowup = "POST /webhooks/{app}/{token}"
	EditOriginal   = "PATCH /webhooks/{app}/{token}/messages/{message}" // and that of a follow-up
	PutCommands    = "PUT /applications/{app}/commands"
	PutInGuild     = "PUT /applications/{app}/guilds/{guild}/commands"
	CreateDM       = "POST /users/@me/channels"
)

func routes() []route {
	const message, app, hook = "/channels/{channel}/messages/{message}", "/applications/{app}", "/webhooks/{app}/{token}"
	const emoji = message + "/reactions/{emoji}/"
	return []route{
		{method: "GET", path: "/gateway", open: true, do: (*Server).gatewayURL},
		{method: "GET", path: "/gateway/bot", do: (*Server).gatewayBot},
		{method: "GET", path: "/users/@me", do: (*Server).me},
		{method: "GET", path: "/users/@me/guilds", do: (*Server).myGuilds},
		{method: "POST", path: "/users/@me/channels", burst: 10, per: 10 * time.Second, do: (*Server).createDM},
		{method: "GET", path: "/users/{user}", do: (*Server).getUser},
		{method: "GET", path: "/applications/@me", do: (*Server).getApp},
		{method: "GET", path: "/oauth2/applications/@me", do: (*Server).getApp},

		{method: "GET", path: "/guilds/{guild}", do: (*Server).getGuild},
		{method: "GET", path: "/guilds/{guild}/channels", do: (*Server).guildChannels},
		{method: "GET", path: "/guilds/{guild}/roles", do: (*Server).guildRoles},
		{method: "GET", path: "/guilds/{guild}/members/{user}", do: (*Server).getMember},
		{method: "GET", path: "/guilds/{guild}/threads/active", do: (*Server).activeThreads},

		{method: "GET", path: "/channels/{channel}", do: (*Server).getChannel},
		{method: "PATCH", path: "/channels/{channel}", burst: 5, per: 10 * time.Second, do: (*Server).editChannel},
		{method: "POST", path: "/channels/{channel}/typing", burst: 5, per: 5 * time.Second, do: (*Server).typing},
		{method: "GET", path: "/channels/{channel}/messages", burst: 5, per: 5 * time.Second, do: (*Server).getMessages},
		{method: "POST", path: "/channels/{channel}/messages", burst: 5, per: 5 * time.Second, do: (*Server).createMessage},
		{method: "GET", path: message, burst: 5, per: 5 * time.Second, do: (*Server).getMessage},
		{method: "PATCH", path: message, burst: 5, per: 5 * time.Second, do: (*Server).editMessage},
		{method: "DELETE", path: message, burst: 5, per: time.Second, do: (*Server).deleteMessage},
		{method: "PUT", path: emoji + "@me", burst: 1, per: 250 * time.Millisecond, do: (*Server).addReaction},
		{method: "DELETE", path: emoji + "@me", burst: 1, per: 250 * time.Millisecond, do: (*Server).removeReaction},
		{method: "POST", path: message + "/threads", burst: 50, per: 300 * time.Second, do: (*Server).threadOfMessage},
		{method: "POST", path: "/channels/{channel}/threads", burst: 50, per: 300 * time.Second, do: (*Server).threadAlone},
		{method: "PUT", path: "/channels/{channel}/thread-members/@me", do: (*Server).joinThread},

		{method: "GET", path: app + "/commands", do: (*Server).getCommands},
		{method: "PUT", path: app + "/commands", do: (*Server).putCommands},
		{method: "GET", path: app + "/guilds/{guild}/commands", do: (*Server).getCommands},
		{method: "PUT", path: app + "/guilds/{guild}/commands", do: (*Server).putCommands},

		{method: "POST", path: "/interactions/{interaction}/{token}/callback", open: true, do: (*Server).callback},
		{method: "POST", path: hook, open: true, burst: 5, per: 2 * time.Second, do: (*Server).followup},
		{method: "GET", path: hook + "/messages/{message}", open: true, burst: 5, per: 2 * time.Second, do: (*Server).hookGet},
		{method: "PATCH", path: hook + "/messages/{message}", open: true, burst: 5, per: 2 * time.Second, do: (*Server).hookEdit},
		{method: "DELETE", path: hook + "/messages/{message}", open: true, burst: 5, per: 2 * time.Second, do: (*Server).hookDelete},
	}
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, rt := range routes() {
		mux.HandleFunc(rt.method+" /api/{v}"+rt.path, s.serve(rt))
	}
	mux.HandleFunc("/", s.serve(route{}))
	mux.HandleFunc("GET /attachments/{channel}/{id}/{name}", s.serveFile)
	mux.HandleFunc("GET /gateway/", s.serveGateway)
	mux.HandleFunc("GET /resume/", s.serveGateway)
	return mux
}
