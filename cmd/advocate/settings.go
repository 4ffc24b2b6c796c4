package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// A setting is a flag with an ADVOCATE_* variable of the same meaning.
type setting struct {
	flag, env, help string
	value           string
	from            string // "default", the variable, or the flag
	secret          bool   // it has no flag, and is never shown
}

// settings are all there are; deploy/advocate.env lists the same ones.
type settings struct {
	data, store, color setting
	agreements         setting // for health information, with whoever else sees it
	noColor            bool    // NO_COLOR is set

	// of a store on a Qdrant
	qdrantKey, qdrantKeyFile, qdrantTLS, qdrantReplicas setting

	// of a retrieval service, and of serving one
	retrievalKey, retrievalKeyFile, role setting

	// of an embedding model, for corpus copy
	embedURL, embedModel, embedKey, embedKeyFile, embedDim setting

	// of the language model
	modelURL, modelName, modelKey, modelKeyFile setting
	modelContext, modelAnswer, modelTime        setting
	modelBytes, modelPrices, modelDay           setting

	// for serve
	listen, hosts, keysFile, perMinute, open setting
	page, members, chatPerMinute             setting

	// of Slack
	slackToken, slackTokenFile       setting
	slackSecret, slackSecretFile     setting
	slackAppToken, slackAppTokenFile setting
	slackAgent, slackConfig          setting

	// of Discord
	discordToken, discordTokenFile setting
	discordKey, discordServers     setting
}

// all returns the settings in the order they are shown.
func (s *settings) all() []*setting {
	return slices.Concat([]*setting{&s.data, &s.store}, s.qdrant(), s.retrieval(), []*setting{&s.color, &s.agreements}, s.model(), s.embedding(), s.serving())
}

// model returns the settings of the language model, which the commands that
// use one have flags for.
func (s *settings) model() []*setting {
	return []*setting{&s.modelURL, &s.modelName, &s.modelKey, &s.modelKeyFile, &s.modelContext, &s.modelAnswer, &s.modelTime, &s.modelBytes, &s.modelPrices, &s.modelDay}
}

// serving returns the settings that serve alone has flags for.
func (s *settings) serving() []*setting {
	return append([]*setting{&s.role, &s.listen, &s.hosts, &s.keysFile, &s.perMinute, &s.open, &s.page, &s.members, &s.chatPerMinute}, append(s.slack(), s.discord()...)...)
}

// discord returns the settings of Discord, which serve has flags for.
func (s *settings) discord() []*setting {
	return []*setting{&s.discordToken, &s.discordTokenFile, &s.discordKey, &s.discordServers}
}

// slack returns the settings of Slack, which serve has flags for.
func (s *settings) slack() []*setting {
	return []*setting{&s.slackToken, &s.slackTokenFile, &s.slackSecret, &s.slackSecretFile, &s.slackAppToken, &s.slackAppTokenFile, &s.slackAgent, &s.slackConfig}
}

// readSettings takes defaults and variables; an unknown ADVOCATE_* variable
// is an error, for it is a setting somebody believes to be in force.
func readSettings(env []string) (settings, error) {
	vars := map[string]string{}
	for _, kv := range env {
		k, v, _ := strings.Cut(kv, "=")
		vars[k] = v
	}
	s := settings{
		data:       setting{flag: "data", env: "ADVOCATE_DATA", help: "data `directory`: receipts, official texts and added documents", value: dataDir(vars)},
		store:      setting{flag: "store", env: "ADVOCATE_STORE", help: "index of added documents: local:DIR, qdrant:HOST:6334/NAME,\nremote:URL[,URL…] for a retrieval service, or mem: for none\n(default: local: with the data directory)"},
		color:      setting{flag: "color", env: "ADVOCATE_COLOR", help: "colour: auto, always or never", value: "auto"},
		agreements: setting{flag: "phi-agreements", env: "ADVOCATE_PHI_AGREEMENTS", help: "true: you have signed agreements for health information with\nwhoever runs the model and for whoever reaches this server", value: "false"},
		listen:     setting{flag: "listen", env: "ADVOCATE_LISTEN", help: "`address` to serve at, HOST:PORT", value: "localhost:8080"},
		hosts:      setting{flag: "hosts", env: "ADVOCATE_HOSTS", help: "`names` that requests may give as their host, beside loopback's, with commas"},
		keysFile:   setting{flag: "keys-file", env: "ADVOCATE_KEYS_FILE", help: "`file` with a key a line, as NAME:KEY; every request then needs one\n(role retrieval: NAME:KEY[:SCOPE,…[:write]])"},
		perMinute:  setting{flag: "per-minute", env: "ADVOCATE_PER_MINUTE", help: "how many requests a key may send a minute; 0 for any `number`\n(role retrieval: 6000 where it is not set)", value: "120"},
		open:       setting{flag: "open", env: "ADVOCATE_OPEN", help: "true to serve beyond this machine without keys", value: "false"},

		modelURL:     setting{flag: "model-url", env: "ADVOCATE_MODEL_URL", help: "`address` of a language model's OpenAI-compatible API, such as\nhttp://localhost:11434 (default: none, the built-in composer answers)"},
		modelName:    setting{flag: "model", env: "ADVOCATE_MODEL", help: "`name` of the model at that address"},
		modelKey:     setting{flag: "model-key", env: "ADVOCATE_MODEL_KEY", secret: true},
		modelKeyFile: setting{flag: "model-key-file", env: "ADVOCATE_MODEL_KEY_FILE", help: "`file` that holds its key, if it wants one"},
		modelContext: setting{flag: "model-context", env: "ADVOCATE_MODEL_CONTEXT", help: "how many `tokens` it reads and writes together", value: "8192"},
		modelAnswer:  setting{flag: "model-answer", env: "ADVOCATE_MODEL_ANSWER", help: "how many `tokens` one of its answers may have", value: "2048"},
		modelTime:    setting{flag: "model-time", env: "ADVOCATE_MODEL_TIME", help: "how `long` it may take; then the composer answers", value: "60s"},
		modelBytes:   setting{flag: "model-bytes", env: "ADVOCATE_MODEL_BYTES", help: "how many `bytes` of one of its answers are read", value: "1048576"},
		modelPrices:  setting{flag: "model-prices", env: "ADVOCATE_MODEL_PRICES", help: "what a million tokens cost, `INPUT,OUTPUT`, such as 0.15,0.60"},
		modelDay:     setting{flag: "model-day", env: "ADVOCATE_MODEL_DAY", help: "the most that a day may cost at these prices, such as 2.50\n(default: no limit)"},

		page:          setting{flag: "page", env: "ADVOCATE_PAGE", help: "`address` at which others reach this page, such as https://advocate.example.org:\nanswers in chats then link to it (default: they link to the publisher)"},
		members:       setting{flag: "members-documents", env: "ADVOCATE_MEMBERS_DOCUMENTS", help: "true: members of the chats may search the documents added here;\nguests and shared channels never do", value: "false"},
		chatPerMinute: setting{flag: "chat-per-minute", env: "ADVOCATE_CHAT_PER_MINUTE", help: "how many questions a person may ask a minute in chats, a channel\nthree times as many; 0 for any `number`", value: "10"},

		slackToken:        setting{flag: "slack-token", env: "ADVOCATE_SLACK_TOKEN", secret: true},
		slackTokenFile:    setting{flag: "slack-token-file", env: "ADVOCATE_SLACK_TOKEN_FILE", help: "`file` with Slack's bot token, xoxb-…: members can then ask there"},
		slackSecret:       setting{flag: "slack-signing-secret", env: "ADVOCATE_SLACK_SIGNING_SECRET", secret: true},
		slackSecretFile:   setting{flag: "slack-signing-secret-file", env: "ADVOCATE_SLACK_SIGNING_SECRET_FILE", help: "`file` with Slack's signing secret, if Slack calls this server;\nwhile it is renewed, the old one on a second line"},
		slackAppToken:     setting{flag: "slack-app-token", env: "ADVOCATE_SLACK_APP_TOKEN", secret: true},
		slackAppTokenFile: setting{flag: "slack-app-token-file", env: "ADVOCATE_SLACK_APP_TOKEN_FILE", help: "`file` with Slack's app-level token, xapp-…, if this server\ncalls Slack (Socket Mode)"},
		slackAgent:        setting{flag: "slack-agent", env: "ADVOCATE_SLACK_AGENT", help: "true: the app was made with manifest-agent.json", value: "false"},

		slackConfig: setting{flag: "slack-config-token", env: "ADVOCATE_SLACK_CONFIG_TOKEN", secret: true},

		discordToken:     setting{flag: "discord-token", env: "ADVOCATE_DISCORD_TOKEN", secret: true},
		discordTokenFile: setting{flag: "discord-token-file", env: "ADVOCATE_DISCORD_TOKEN_FILE", help: "`file` with Discord's bot token: members can then ask there"},
		discordKey:       setting{flag: "discord-public-key", env: "ADVOCATE_DISCORD_PUBLIC_KEY", help: "the application's public `key`, if Discord calls this server;\nwithout it this server calls Discord (the gateway)"},
		discordServers:   setting{flag: "discord-servers", env: "ADVOCATE_DISCORD_SERVERS", help: "`ids` of the servers whose members are members, with commas"},

		qdrantKey:      setting{flag: "qdrant-key", env: "ADVOCATE_QDRANT_KEY", secret: true},
		qdrantKeyFile:  setting{flag: "qdrant-key-file", env: "ADVOCATE_QDRANT_KEY_FILE", help: "`file` that holds the API key of the Qdrant of the store"},
		qdrantTLS:      setting{flag: "qdrant-tls", env: "ADVOCATE_QDRANT_TLS", help: "whether it is reached by TLS: on, off, or auto, which is\noff on this machine alone", value: "auto"},
		qdrantReplicas: setting{flag: "qdrant-replicas", env: "ADVOCATE_QDRANT_REPLICAS", help: "how many `copies` a cluster keeps of an index that is new", value: "1"},

		retrievalKey:     setting{flag: "retrieval-key", env: "ADVOCATE_RETRIEVAL_KEY", secret: true},
		retrievalKeyFile: setting{flag: "retrieval-key-file", env: "ADVOCATE_RETRIEVAL_KEY_FILE", help: "`file` that holds the key of the retrieval service of the store"},
		role:             setting{flag: "role", env: "ADVOCATE_ROLE", help: "what is served: all; retrieval, the index alone, for other servers;\nor bots, all but the index, which is a store remote: or qdrant:", value: "all"},

		embedURL:     setting{flag: "embed-url", env: "ADVOCATE_EMBED_URL", help: "`address` of an embedding model's OpenAI-compatible API"},
		embedModel:   setting{flag: "embed-model", env: "ADVOCATE_EMBED_MODEL", help: "`name` of the embedding model at that address"},
		embedKey:     setting{flag: "embed-key", env: "ADVOCATE_EMBED_KEY", secret: true},
		embedKeyFile: setting{flag: "embed-key-file", env: "ADVOCATE_EMBED_KEY_FILE", help: "`file` that holds its key, if it wants one"},
		embedDim:     setting{flag: "embed-dim", env: "ADVOCATE_EMBED_DIM", help: "how many `numbers` a vector has, of models that can be asked\n(default: as many as the model has)"},

		noColor: vars["NO_COLOR"] != "" || vars["TERM"] == "dumb",
	}
	known := []string{}
	for _, x := range s.all() {
		x.from = "default"
		known = append(known, x.env)
		if v, ok := vars[x.env]; ok && v != "" {
			x.value, x.from = v, x.env
		}
	}
	for k := range vars {
		if strings.HasPrefix(k, "ADVOCATE_") && !slices.Contains(known, k) {
			return s, fmt.Errorf("%s is no setting of this program; it knows %s", k, strings.Join(known, ", "))
		}
	}
	return s, nil
}

// dataDir is where data is kept by default; "" where there is no home.
func dataDir(vars map[string]string) string {
	switch {
	case vars["XDG_DATA_HOME"] != "":
		return filepath.Join(vars["XDG_DATA_HOME"], "advocate")
	case vars["HOME"] != "":
		return filepath.Join(vars["HOME"], ".local", "share", "advocate")
	}
	return ""
}

// flags lets the command line override s.
func (s *settings) flags(f *pflag.FlagSet) {
	for _, x := range slices.Concat([]*setting{&s.data, &s.store}, s.qdrant(), s.retrieval(), []*setting{&s.color, &s.agreements}) {
		if !x.secret {
			f.Var(x, x.flag, x.help)
		}
	}
	f.Lookup(s.agreements.flag).NoOptDefVal = "true"
}

// modelFlags lets the command line of what uses a model override s.
func (s *settings) modelFlags(f *pflag.FlagSet) {
	for _, x := range s.model() {
		if !x.secret {
			f.Var(x, x.flag, x.help)
		}
	}
}

// servingFlags lets the command line of serve override s.
func (s *settings) servingFlags(f *pflag.FlagSet) {
	for _, x := range s.serving() {
		if !x.secret {
			f.Var(x, x.flag, x.help)
		}
	}
	for _, x := range []*setting{&s.open, &s.members, &s.slackAgent} {
		f.Lookup(x.flag).NoOptDefVal = "true"
	}
}

// secretOf is a secret: the variable's, or what is in the file, without the
// white space around it.
func secretOf(value, file *setting) (string, error) {
	switch {
	case value.value != "" && file.value != "":
		return "", usage("%s and %s are both set: keep one", value.env, file.name())
	case file.value == "":
		return value.value, nil
	}
	data, err := os.ReadFile(file.value)
	if err != nil {
		return "", failed(err)
	}
	secret := strings.TrimSpace(string(data))
	if secret == "" {
		return "", usage("%s %s: it is empty", file.name(), file.value)
	}
	return secret, nil
}

// yes reads a setting that is true or false.
func (x *setting) yes() (bool, error) {
	ok, err := strconv.ParseBool(x.value)
	if err != nil {
		return false, usage("%s %q: want true or false", x.name(), x.value)
	}
	return ok, nil
}

// String, Set and Type make a setting a flag.
func (x *setting) String() string { return x.value }
func (x *setting) Type() string   { return "string" }
func (x *setting) Set(v string) error {
	x.value, x.from = v, "--"+x.flag
	return nil
}

// name is how the value in force was given: by its flag or its variable.
func (x *setting) name() string {
	if x.from == "default" {
		return "--" + x.flag
	}
	return x.from
}

// validate checks what can be wrong with the values.
func (s *settings) validate() error {
	if !slices.Contains([]string{"auto", "always", "never"}, s.color.value) {
		return usage("%s %q: want auto, always or never", s.color.name(), s.color.value)
	}
	return s.validateStore()
}

// agreed reports whether the operator has stated that agreements for health
// information are signed.
func (s *settings) agreed() (bool, error) { return s.agreements.yes() }

// version is the build's, as Go records it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}
