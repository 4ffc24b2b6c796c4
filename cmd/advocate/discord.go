package main

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord"
)

// discordSecrets are what is set of Discord.
type discordSecrets struct {
	token   string
	key     ed25519.PublicKey // nil: this server calls Discord
	servers []string
}

// discordSecrets reads the settings of Discord. Without a token there is no
// Discord.
func (s *settings) discordSecrets() (out discordSecrets, err error) {
	if out.token, err = secret(&s.discordToken, &s.discordTokenFile); err != nil {
		return out, err
	}
	for id := range strings.SplitSeq(s.discordServers.value, ",") {
		id = strings.TrimSpace(id)
		if id == "" {
			continue
		}
		if strings.Trim(id, "0123456789") != "" || len(id) < 15 {
			return out, usage("%s %q: want ids of servers, which are long numbers", s.discordServers.name(), s.discordServers.value)
		}
		out.servers = append(out.servers, id)
	}
	if key := s.discordKey.value; key != "" {
		data, err := hex.DecodeString(key)
		if err != nil || len(data) != ed25519.PublicKeySize {
			return out, usage("%s: want the public key of the application, 64 hexadecimal digits, from “General Information”", s.discordKey.name())
		}
		out.key = data
		if out.token == "" {
			return out, usage("Discord has a key and no bot token: set %s, or %s", s.discordToken.env, s.discordTokenFile.env)
		}
	}
	return out, nil
}

// discordServed makes the door to Discord; nil without a token.
func (a *app) discordServed(ctx context.Context, as *bot.Assistant, o chat.Options, page string) (*served, error) {
	s, err := a.settings.discordSecrets()
	if err != nil || s.token == "" {
		return nil, err
	}
	api, err := discord.NewAPI(s.token, a.discordWay, a.now)
	if err != nil {
		return nil, failed(err)
	}
	view := discord.View{Rules: as.Rules, Catalog: as.Catalog, Page: page, Link: a.pageLink(page, as.Catalog), Desk: o.Notes, Keeping: discord.Keeping(keeping)}
	door, err := discord.NewDoor(ctx, api, view, s.servers, a.now)
	if err != nil {
		return nil, failed(fmt.Errorf("the token is not taken by Discord: %w\nLook at it with 'advocate doctor'", err))
	}
	o.Door, o.Notes = door, true // what is taken of notes and denials, the door decides
	d, err := chat.New(o)
	if err != nil {
		return nil, failed(err)
	}
	app, err := discord.NewApp(discord.AppOptions{Door: door, Chat: d, Gate: as.Gate, Key: s.key, Files: a.discordWay, Now: a.now, Log: o.Log})
	if err != nil {
		return nil, failed(err)
	}
	if _, err := app.Register(ctx); err != nil {
		return nil, failed(err)
	}
	out := &served{name: "discord", chat: d, close: func() {}, says: "Discord, over its gateway: mentions, direct messages and commands"}
	if s.key != nil {
		out.path, out.handler = "/discord/", app.Handler()
		out.says = "Discord, which calls " + discord.InteractionsPath + ": commands and buttons, no mentions and no direct messages"
		return out, nil
	}
	gateway, err := discord.NewGateway(app, s.token, api, nil)
	if err != nil {
		return nil, failed(err)
	}
	out.intake, out.connected = func(ctx context.Context) { _ = gateway.Run(ctx) }, gateway.Connected // it logs why it ends
	return out, nil
}
