package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot/discord"
)

// lookAtDiscord asks Discord what the token is and may do, and says how each
// thing that is wanting is put right. To have no token is no fault.
func (a *app) lookAtDiscord(c *cobra.Command) []finding {
	const what = "Discord"
	s, err := a.settings.discordSecrets()
	switch {
	case err != nil:
		return []finding{{what, false, err.Error(), "see deploy/discord/README.md"}}
	case s.token == "":
		return []finding{{what, true, "no token, so it is not served; deploy/discord has the steps", ""}}
	}
	ctx, cancel := context.WithTimeout(c.Context(), slackTime)
	defer cancel()
	api, err := discord.NewAPI(s.token, a.discordWay, a.now)
	if err != nil {
		return []finding{{what, false, err.Error(), ""}}
	}
	door, err := discord.NewDoor(ctx, api, discord.View{}, s.servers, a.now)
	if err != nil {
		return []finding{{what + " token", false, "Discord does not take it, or is not reached: " + err.Error(), "take the token from “Bot” in the developer portal, with “Reset Token”"}}
	}
	st, err := door.Stand(ctx)
	if err != nil {
		return []finding{{what + " token", false, err.Error(), ""}}
	}
	out := []finding{{what + " token", true, "application " + st.Name, ""}, way(st, s.key != nil), servers(st, door.Invite())}
	if !st.Commands {
		out = append(out, finding{what + " commands", true, "not all are there yet: 'advocate serve' writes them when it starts", ""})
	}
	return append(out, finding{what + " intents", true, "none that is privileged is needed: leave the three under “Bot” off", ""})
}

// way compares how Discord delivers with how this program is set.
func way(st discord.Standing, signed bool) finding {
	const what = "Discord's way here"
	switch {
	case signed && !strings.HasSuffix(st.Endpoint, discord.InteractionsPath):
		return finding{what, false, "a public key is set, and Discord sends commands over the gateway",
			"“General Information”, Interactions Endpoint URL: the address of this server, which ends in " + discord.InteractionsPath + " (start the server first: Discord tries it)"}
	case !signed && st.Endpoint != "":
		return finding{what, false, "Discord calls " + st.Endpoint + ", so that no command comes over the gateway",
			"“General Information”: take the Interactions Endpoint URL out, or set ADVOCATE_DISCORD_PUBLIC_KEY"}
	case signed:
		return finding{what, true, "Discord calls " + st.Endpoint + " with commands; mentions and direct messages do not come this way", ""}
	}
	return finding{what, true, "this program calls Discord (the gateway)", ""}
}

// servers says where the program is and what it lacks there.
func servers(st discord.Standing, invite string) finding {
	const what = "Discord servers"
	if len(st.Servers) == 0 {
		return finding{what, false, "it is on none", "an admin of a server opens " + invite}
	}
	var names, lacks []string
	for _, s := range st.Servers {
		names = append(names, s.Name)
		if len(s.Missing) > 0 {
			lacks = append(lacks, s.Name+" lacks "+strings.Join(s.Missing, ", "))
		}
	}
	if len(lacks) > 0 {
		return finding{what, false, strings.Join(lacks, "; "), "give its role these permissions, or let it in anew: " + invite}
	}
	return finding{what, true, strings.Join(names, ", "), ""}
}
