package discord

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// A Standing is what Discord tells of the application.
type Standing struct {
	Name    string // of the application
	Servers []ServerStanding
	// Commands says that those of this program are registered.
	Commands bool
	// Endpoint is the address that Discord calls with interactions; "" where
	// it sends them over the gateway.
	Endpoint string
}

// A ServerStanding is what the program may do on a server.
type ServerStanding struct {
	Name    string
	Missing []string // permissions, by Discord's names
}

// permissions are those that the program needs on a server.
var permissions = []struct {
	bit  uint64
	name string
}{{1 << 10, "View Channels"}, {1 << 11, "Send Messages"}, {1 << 35, "Create Public Threads"}, {1 << 38, "Send Messages in Threads"},
	{1 << 15, "Attach Files"}, {1 << 16, "Read Message History"}, {1 << 6, "Add Reactions"}}

// Invite is the address at which an admin lets the program onto a server, with
// what it needs and nothing else.
func (d *Door) Invite() string {
	bits := uint64(0)
	for _, p := range permissions {
		bits |= p.bit
	}
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", d.Self.App, bits)
}

// Stand asks Discord what the application is and may do.
func (d *Door) Stand(ctx context.Context) (Standing, error) {
	var app struct {
		Name     string `json:"name"`
		Endpoint string `json:"interactions_endpoint_url"`
	}
	if err := d.API.call(ctx, "GET", "oauth2/applications/@me", "app", nil, &app); err != nil {
		return Standing{}, failure(err)
	}
	out := Standing{Name: app.Name, Endpoint: app.Endpoint}
	var servers []struct {
		Name        string `json:"name"`
		Permissions string `json:"permissions"`
	}
	if err := d.API.call(ctx, "GET", "users/@me/guilds", "guilds", nil, &servers); err != nil {
		return out, failure(err)
	}
	for _, s := range servers {
		bits, err := strconv.ParseUint(s.Permissions, 10, 64)
		standing := ServerStanding{Name: s.Name}
		for _, p := range permissions {
			if err != nil || bits&(p.bit|permAdministrator) == 0 {
				standing.Missing = append(standing.Missing, p.name)
			}
		}
		out.Servers = append(out.Servers, standing)
	}
	var there []struct {
		Name string `json:"name"`
	}
	if err := d.API.call(ctx, "GET", "applications/"+d.Self.App+"/commands", "commands", nil, &there); err != nil {
		return out, failure(err)
	}
	names := map[string]bool{}
	for _, c := range there {
		names[strings.ToLower(c.Name)] = true
	}
	out.Commands = true
	for _, c := range Commands() {
		out.Commands = out.Commands && names[strings.ToLower(c.Name)]
	}
	return out, nil
}
