package slacktest

// A method is one of the Web API: one of the scopes is enough, and the tier
// is of the rate limits.
type method struct {
	tier   int
	app    bool // takes the app token
	scopes []string
	do     func(*Server, *request) (reply, error)
}

// methods are all that this server has. The streaming methods are left out:
// an answer is posted once, after it was checked.
var methods = map[string]method{
	"auth.test":             {do: (*Server).authTest},
	"apps.connections.open": {tier: 1, app: true, do: (*Server).openConnection},

	"chat.postMessage":   {scopes: []string{"chat:write"}, do: (*Server).postMessage},
	"chat.postEphemeral": {tier: 4, scopes: []string{"chat:write"}, do: (*Server).postEphemeral},
	"chat.update":        {tier: 3, scopes: []string{"chat:write"}, do: (*Server).updateMessage},
	"chat.delete":        {tier: 3, scopes: []string{"chat:write"}, do: (*Server).deleteMessage},
	"chat.getPermalink":  {do: (*Server).permalink},

	"conversations.info":    {tier: 3, do: (*Server).conversationInfo},
	"conversations.open":    {tier: 3, scopes: []string{"im:write", "mpim:write"}, do: (*Server).conversationOpen},
	"conversations.history": {tier: 3, do: (*Server).conversationHistory},
	"conversations.replies": {tier: 3, do: (*Server).conversationReplies},
	"users.info":            {tier: 4, scopes: []string{"users:read"}, do: (*Server).userInfo},

	"reactions.add":    {tier: 3, scopes: []string{"reactions:write"}, do: (*Server).reactionAdd},
	"reactions.remove": {tier: 2, scopes: []string{"reactions:write"}, do: (*Server).reactionRemove},

	"views.open":    {tier: 4, do: (*Server).viewOpen},
	"views.push":    {tier: 4, do: (*Server).viewPush},
	"views.update":  {tier: 4, do: (*Server).viewUpdate},
	"views.publish": {tier: 4, do: (*Server).viewPublish},

	"files.getUploadURLExternal":   {tier: 4, scopes: []string{"files:write"}, do: (*Server).uploadURL},
	"files.completeUploadExternal": {tier: 4, scopes: []string{"files:write"}, do: (*Server).uploadComplete},
	"files.info":                   {tier: 4, scopes: []string{"files:read"}, do: (*Server).fileInfo},

	"assistant.threads.setStatus":           {scopes: []string{"chat:write", "assistant:write"}, do: (*Server).setStatus},
	"assistant.threads.setTitle":            {tier: 2, scopes: []string{"assistant:write"}, do: (*Server).setTitle},
	"assistant.threads.setSuggestedPrompts": {tier: 3, scopes: []string{"assistant:write"}, do: (*Server).setPrompts},
	"agents.sessions.setStatus":             {tier: 3, scopes: []string{"chat:write"}, do: (*Server).setSession},
	"agents.sessions.rename":                {tier: 3, scopes: []string{"chat:write"}, do: (*Server).renameSession},
}

func (s *Server) authTest(q *request) (reply, error) {
	return reply{"url": "https://sample.slack.com/", "team": "Sample " + q.team, "user": "advocate", "team_id": q.team,
		"user_id": Bot, "bot_id": BotID, "is_enterprise_install": false}, nil
}

func (s *Server) userInfo(q *request) (reply, error) {
	u := s.users[q.Args["user"]]
	if u == nil {
		return nil, fail("user_not_found")
	}
	if u.Team != q.team && !u.Bot && !s.meets(u.ID, q.team) {
		return nil, fail("user_not_visible")
	}
	return reply{"user": reply{"id": u.ID, "team_id": u.Team, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"is_admin": u.Admin, "is_restricted": u.Guest, "is_bot": u.Bot, "is_stranger": u.Team != q.team,
		"profile": reply{"real_name": u.RealName, "display_name": u.Name, "team": u.Team}}}, nil
}

// meets says whether a user of another workspace is in a channel of team.
func (s *Server) meets(user, team string) bool {
	for _, c := range s.channels {
		if c.seenBy(team) && c.has(user) {
			return true
		}
	}
	return false
}
