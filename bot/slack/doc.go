// Package slack is the door to Slack. A View lays the values of bot.Assistant
// out as blocks, messages, modals and the Home tab, with the same claims,
// citations and rulings in the same order as the page of bot/web, and sends
// nothing. An App reads what Slack delivers, over HTTP or Socket Mode, and
// hands it to a dispatcher of package chat; a Door sends what that says, and
// finds it again. What is acknowledged is in the ledger; what is said was
// checked before, and is said in one call: there are no streams.
//
// All words of people, models and documents pass Text or Plain, or stand in a
// preformatted rich text, which has no mark-up: they cannot mention, link or
// format. The only links are those of cited places (to the page of this
// program where View.Link gives one, else to the publisher's), of our own
// page, and Slack's own to a thread that is handed over.
//
// # What is tested of its behaviour
//
// The list of what a bot in Slack must do, by the numbers of its lines. Beside
// it, an app that is killed again and again (TestKilled, TestKilledUnfindable)
// loses nothing that it acknowledged and answers nothing twice; where it may
// not look for its own messages, whoever may have lost an answer is told so.
//
//	| line | behaviour | test |
//	| 1 | a request is signed by one of two secrets, lately, or nothing of it is read | TestSignature |
//	| 2 | a body over 1 MiB is refused; what stands in the address is not read | TestBodyLimits |
//	| 3 | a challenge is answered where it is signed | TestChallenge |
//	| 4 | nothing waits for the model before it is acknowledged | TestAckBeforeWork |
//	| 5 | four deliveries over Slack's schedule and a restart are one question and one answer | TestRedelivered, TestStorm |
//	| 6 | what died before it was stored is taken at the next delivery | TestFirstDeliveryLost, TestKilled |
//	| 7 | a mention that comes as a message too has one answer | TestMentionAndMessage |
//	| 8 | what is not known or cannot be read is acknowledged, and none of it logged | TestUnknownDeliveries, TestSockets |
//	| 9 | its own messages, other bots and what is no new message ask nothing | TestIgnored |
//	| 10 | the answer stands in the thread of its question | TestThreads |
//	| 11 | a sign of work comes within a second, stays, and goes however the work ends | TestStatus, TestStatusCleared |
//	| 12 | the Home tab and the prompts are shown once for each opening | TestHome |
//	| 13 | Stop ends the work within a second, and is whoever asked's alone | TestStop |
//	| 14 | there are no streams: nothing is said before it was checked | TestNothingUnchecked |
//	| 15 | as 14 | TestNothingUnchecked |
//	| 16 | as 14 | TestNothingUnchecked |
//	| 17 | as 14 | TestNothingUnchecked |
//	| 18 | where Slack asks to wait it is waited, and there is one message in the end | TestTooManyRequests, TestBusyChannel |
//	| 19 | each error of Slack ends in an answer, a notice or, where the app may not speak, in a line of the log | TestSlackErrors |
//	| 36 | two sockets: the greeting is not acknowledged, one stands while one is renewed, it is known when none does, slow work stops no pings | TestSockets, TestSocketsLost, TestSocketsRenewed, TestSocketsOff, TestSocketsSlow |
//	| 37 | not here: one workspace, whose token the operator gives | |
//	| 38 | not here: the token does not rotate | |
//	| 40 | no words, names or secrets in the log, no notes in the ledger; told to stop, it finishes or gives back | TestNothingLogged, TestStopping |
package slack
