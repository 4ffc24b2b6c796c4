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
//	| 20 | a long answer is split, whole and in order, the sources last | TestVeryLongAnswer, TestLongAnswer |
//	| 21 | every message keeps the limits | TestEverythingSent, TestGoldenQuestions, TestRandomAnswers |
//	| 22 | every message has words besides its blocks | TestEverythingSent |
//	| 23 | what people write calls nobody, links nowhere and formats nothing | TestEverythingSent, FuzzText |
//	| 24 | nothing leads anywhere but to a source or our page, and nothing unfurls | TestEverythingSent |
//	| 25 | the marks of an answer are those of its sources | TestEverythingSent, TestGoldenQuestions |
//	| 26 | a vote counts once, a bad one asks why, a late one counts | TestFeedback |
//	| 27 | a button is its owner's, and pressed twice does its work once | TestBoundButtons |
//	| 28 | a note behind a command is not read, kept or sent on | TestTyped |
//	| 29 | a note comes back directly, to its owner alone | TestNotes |
//	| 30 | forms open in time, say what is wrong at its field, and ask nothing once closed | TestFormsOfPeople |
//	| 31 | where the program is not, there is an answer all the same | TestElsewhere |
//	| 32 | the menu of a message, on messages that ask nothing too | TestShortcuts |
//	| 33 | files are real documents; where one cannot be sent, its text comes | TestFiles |
//	| 34 | a given file is text, short, and of Slack, or is not read | TestGivenFiles |
//	| 35 | what one person alone should see goes another way where it cannot be | TestWhispersFail |
//	| 36 | two sockets: the greeting is not acknowledged, one stands while one is renewed, it is known when none does, slow work stops no pings | TestSockets, TestSocketsLost, TestSocketsRenewed, TestSocketsOff, TestSocketsSlow |
//	| 37 | not here: one workspace, whose token the operator gives; once it removes the app, nothing of it is kept | TestAppRemoved |
//	| 38 | not here: the token does not rotate | |
//	| 39 | guests, strangers and shared channels search public documents only; other workspaces are ignored | TestTenancy |
//	| 40 | no words, names or secrets in the log, no notes in the ledger; told to stop, it finishes or gives back | TestNothingLogged, TestStopping |
package slack
