package discord

import (
	"context"
	"fmt"

	"github.com/everycategory/advocate/bot/ledger"
)

// registered is the setting that keeps what was written.
const registered = "commands"

// Register writes the commands to Discord, all at once, if they are not as
// they were written last, and reports whether it did.
func (a *App) Register(ctx context.Context) (bool, error) {
	at := ledger.Place{Platform: Platform, Workspace: a.Door.Self.App}
	commands := Commands()
	hash := CommandsHash(commands)
	s, ok, err := a.Chat.Ledger.Setting(ctx, at, registered)
	if err != nil || ok && string(s.Value) == hash {
		return false, err
	}
	if err := a.Door.API.call(ctx, "PUT", "applications/"+a.Door.Self.App+"/commands", "commands", commands, nil); err != nil {
		return false, fmt.Errorf("discord: the commands were not written: %w", failure(err))
	}
	by := ledger.Principal{Platform: Platform, User: a.Door.Self.User}
	return true, a.Chat.Ledger.Set(ctx, ledger.Setting{At: at, Key: registered, Value: ledger.Text(hash), By: by})
}
