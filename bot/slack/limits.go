package slack

// Slack's limits, in characters unless the name says otherwise. They are of
// Slack's documentation and type definitions (slackapi/node-slack-sdk 4322e14,
// slackapi/manifest-schema c50cfa8), but for those marked. Characters are
// counted as UTF-16 units of the escaped text, which is never fewer than Slack
// counts.
const (
	MaxBlocks         = 50    // in a message
	MaxViewBlocks     = 100   // in a modal or the Home tab
	MaxSection        = 3000  // text of a section
	MaxHeader         = 150   // text of a header
	MaxContext        = 10    // elements of a context block
	MaxActions        = 25    // elements of an actions block
	MaxContextActions = 5     // elements of a context_actions block
	MaxButton         = 75    // text of a button
	MaxLabel          = 75    // accessibility label of a button
	MaxValue          = 2000  // value of a button
	MaxURL            = 3000  // of a button
	MaxOptions        = 100   // of a select
	MaxOption         = 75    // text of an option; its value too (older documents say 75, newer ones 150)
	MaxInput          = 3000  // of a plain text input
	MaxFiles          = 10    // of a file input
	MaxID             = 255   // block_id, action_id, callback_id
	MaxTitle          = 24    // title, submit and close of a view
	MaxMetadata       = 3000  // private_metadata of a view
	MaxConfirmTitle   = 100   // of a confirmation
	MaxConfirm        = 300   // text of a confirmation
	MaxConfirmButton  = 30    // its buttons
	MaxText           = 4000  // of a message that may be updated: chat.update refuses more (a third party's finding)
	MaxBlockText      = 12000 // of all blocks of a message: msg_blocks_too_long was seen at about 13,200 (a third party's finding)
	MaxInputLabel     = 2000  // label and hint of an input
	MaxPlaceholder    = 150   // of an input or select
	MaxPrompts        = 4     // suggested prompts
	MaxCommands       = 50    // of an app
	MaxCommand        = 32    // name of a command, with its slash
	MaxCommandSays    = 2000  // description of a command
	MaxCommandHint    = 1000  // usage hint of a command
	MaxShortcuts      = 10    // of an app
	MaxShortcut       = 24    // name of a shortcut
	MaxShortcutSays   = 150   // description of a shortcut
	MaxAppName        = 35    // of a manifest
	MaxAppSays        = 140   // description of a manifest
	MinAppLong        = 175   // long description of a manifest, at least
	MaxAppLong        = 4000  // and at most
	MaxBotName        = 80    // display name of the bot user
	MaxAgentSays      = 300   // description of an agent
	MaxEvents         = 100   // that an app subscribes to
)

// Our own budgets.
const (
	budget       = 11000 // of all blocks of a message, a thousand below MaxBlockText for labels and buttons
	maxFallback  = 3000  // of the text beside the blocks
	maxAsked     = 500   // of the question that is repeated above an answer
	maxFollowups = 5     // of the questions that an answer offers
)
