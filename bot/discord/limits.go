package discord

// Discord's limits, in characters unless the name says otherwise, from its
// documentation (discord/discord-api-docs). Characters are counted as UTF-16
// units, which is never fewer than Discord counts.
const (
	MaxContent     = 2000 // of a message
	MaxRows        = 5    // of components of a message
	MaxButtons     = 5    // of a row
	MaxButton      = 80   // label of a button
	MaxID          = 100  // custom_id
	MaxURL         = 512  // of a button
	MaxOptions     = 25   // of a select, of a command, and choices that complete an option
	MaxOption      = 100  // label, value and description of an option of a select
	MaxAsked       = 150  // placeholder of a select
	MaxTitle       = 45   // of a modal
	MaxFields      = 5    // of a modal
	MaxLabel       = 45   // of a field of a modal
	MaxHint        = 100  // below the label of a field
	MaxInput       = 4000 // of a text input
	MaxFiles       = 10   // of an upload
	MaxCommands    = 100  // that are typed
	MaxMenus       = 15   // commands of a message's menu
	MaxCommand     = 32   // name of a command or an option
	MaxCommandSays = 100  // description of a command or an option
	MaxCommandAll  = 8000 // names, descriptions and values of a command together
	MaxChoice      = 100  // name and value of a choice
	MaxString      = 6000 // that is typed behind a command
	MaxNonce       = 25
)

// Our own budgets.
const (
	maxAsked     = 300 // of the question that is repeated above an answer
	maxFollowups = 5   // of the questions that an answer offers: one row
	maxAddress   = 600 // of a link
	maxRef       = 32  // of what the dispatcher calls an answer
	maxPhrase    = 80  // of what is looked up in the lexicon
	maxQuestion  = 2000
	maxBill      = 32
)
