package slacktest

import "slices"

// appToken opens Socket Mode.
const appToken = "xapp-1-A0APP-sample"

// A token is one that the app was given; fails is the error that each use of
// it gets.
type token struct {
	team  string
	app   bool
	fails string
}

func botToken(team string) string { return "xoxb-" + team + "-sample" }

// BotToken is the app's token in its workspace.
func (s *Server) BotToken() string { return botToken(Team) }

// OtherBotToken is the app's token in the second workspace.
func (s *Server) OtherBotToken() string { return botToken(OtherTeam) }

// AppToken is the token for Socket Mode.
func (s *Server) AppToken() string { return appToken }

// Revoke makes each later use of a token fail with an error: "token_revoked",
// "token_expired", "account_inactive", "invalid_auth".
func (s *Server) Revoke(tok, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tokens[tok]; t != nil {
		t.fails = code
	}
}

// SigningSecrets are the secrets that the app should accept: the new one and
// the one before, while a rotation runs.
func (s *Server) SigningSecrets() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.secrets)
}

// RotateSecret makes a new signing secret. The old one goes on signing until
// UseNewSecret.
func (s *Server) RotateSecret() (secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret = s.id("sample-signing-secret-")
	s.secrets = []string{s.secrets[0], secret}
	return secret
}

// UseNewSecret ends a rotation: the new secret signs alone.
func (s *Server) UseNewSecret() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets = s.secrets[len(s.secrets)-1:]
}

// LeastScopes are the bot scopes that the product needs at least.
func LeastScopes() []string {
	return []string{"app_mentions:read", "chat:write", "commands", "im:history", "im:write", "files:write", "files:read",
		"reactions:write", "users:read"}
}

// AllScopes are those, and the ones of the agent features, of history, of
// channels and of reactions.
func AllScopes() []string {
	return append(LeastScopes(), "assistant:write", "channels:history", "groups:history", "mpim:history",
		"channels:read", "groups:read", "im:read", "mpim:read", "reactions:read")
}

// scoped fails unless the bot has one of the scopes.
func (s *Server) scoped(scopes ...string) error {
	for _, scope := range scopes {
		if slices.Contains(s.opts.Scopes, scope) {
			return nil
		}
	}
	if len(scopes) == 0 {
		return nil
	}
	return missingScope(scopes, s.opts.Scopes)
}

// scopeWord is the scope's first word for a kind of channel.
func scopeWord(kind string) string {
	switch kind {
	case PrivateChannel:
		return "groups"
	case DirectMessage:
		return "im"
	case GroupMessage:
		return "mpim"
	}
	return "channels"
}
