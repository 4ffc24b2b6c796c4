// Package discord is the door to Discord. A View lays the values of
// bot.Assistant out as messages, forms and commands, with the same claims,
// citations and rulings in the same order as the page of bot/web, and sends
// nothing. An App reads what Discord delivers, over the gateway or as signed
// requests, and hands it to a dispatcher of package chat; a Door sends what
// that says, and finds it again. What is said was checked before, and is said
// whole: there are no edits while it grows.
//
// All words of people, models and documents pass Text or Plain, or stand in a
// block of code, where nothing is read as mark-up: they cannot mention, link,
// invite or format. The only links are those of cited places (to the page of
// this program where View.Link gives one, else to the publisher's), of our own
// page, and Discord's own to a thread that is handed over. No message is
// unfurled and none calls anybody, whatever it holds: see Body.
//
// # Health information
//
// Discord signs no agreement for health information. Chart notes are never
// taken here, whatever is set: /rewrite looks one phrase up in the lexicon and
// leads to our own page. A denial names a patient, so it is treated alike: with
// View.Desk, which is to be set only where the operator has said that the
// agreements are signed (--phi-agreements), the insurer's reason may be given
// in words that identify nobody. What is found to hold an identifier is not
// shown, even where it was worked on (Refused): the person is told why.
//
// # The library, and why around it
//
// bwmarrin/discordgo v0.29.0 is used through API and Gateway alone, each around
// a defect: an edit has the bucket of its own token (TestNoBlocking), a 429
// is never tried again by itself (TestTooMany), forms and messages are read raw
// (TestFormsOfPeople, TestForeignForms), a body is our own (TestBody), what no
// connection mends ends the trying (TestFatal), and a close keeps the session
// (TestGateway). What would make us leave it for disgoorg/disgo: an API version
// that it does not speak, or a defect that cannot be gone around.
//
// # What is tested of its behaviour
//
// The list of what a bot in Discord must do, by the numbers of its lines. Beside
// it, an app that is killed again and again (TestKilled, TestKilledVaried) loses
// nothing that it acknowledged and answers nothing twice; where Discord does not
// let it look, whoever may have lost an answer is told so. Acknowledged is what
// the person was shown: that the program thinks, or its sign below their message.
// Discord delivers once: what a killed process had not stored does not come again.
// A session is not kept over a kill. Of a command the person is shown that it
// failed; a message stays without the sign.
//
//	| line | behaviour | test |
//	| 1 | what Discord did not sign, lately, is refused unread | TestSignedOnly |
//	| 2 | an answer is announced at once, to whom it will be shown | TestAnnounced |
//	| 3 | what is delivered twice is done once | TestDeliveredTwice, TestStorm |
//	| 4 | the answer takes the place of what announced it | TestAnnounced |
//	| 5 | an answer whose token has died comes another way | TestTokenDies, TestKilledVaried |
//	| 6 | one token that hangs holds nothing up | TestNoBlocking |
//	| 7 | there are no edits while an answer grows: one checked post | TestAnnounced |
//	| 8 | where Discord asks to wait it is waited | TestTooMany, TestBudget |
//	| 9 | what is refused is not tried again, and goes another way or is told | TestThreads, TestFiles |
//	| 10 | a long answer is cut between what belongs together | TestLongAnswer, TestWhatIsNeverCut, TestRandomAnswers |
//	| 11 | no new kinds of components: classic rows alone | TestGolden |
//	| 12 | no body mentions anybody | TestEverythingSent, TestBody |
//	| 13 | words of anybody call nobody, link nowhere and format nothing | TestEverythingSent, TestText, FuzzText |
//	| 14 | sources are the only links, and nothing is previewed | TestEverythingSent, TestGoldenQuestions |
//	| 15 | commands are written when they changed, within the limits | TestRegister, TestCommandsHash, TestCommandsKeepTheLimits |
//	| 16 | commands say where they are and for whom; settings are for admins | TestCommandsKeepTheLimits, TestAdmins |
//	| 17 | an older client's command is told | TestOutdated |
//	| 18 | completions are few, and of public sources | TestOutdated, TestComplete |
//	| 19 | a form is the first answer, and unknown parts are passed over | TestFormsOfPeople, TestForeignForms |
//	| 20 | words of forms come as they were written | TestSubmitted, FuzzRead |
//	| 21 | what a button carries is short; forged and old ones do nothing | TestBoundButtons, TestButtons |
//	| 22 | a button is its owner's, and pressed twice does its work once | TestBoundButtons |
//	| 23 | the menu of a message, on messages that ask nothing too | TestMenus |
//	| 24 | threads begin, go on, and are done without | TestThreads, TestThreadless |
//	| 25 | a mention, a reply and a direct message ask; nothing else does | TestWhatAsks |
//	| 26 | no privileged intent | TestWhatAsks |
//	| 27 | bots and what is no message of a person ask nothing | TestWhatAsks |
//	| 28 | files are real documents, with words for who does not see them | TestFiles |
//	| 29 | a given file is text, short, and of Discord, or is not read | TestGivenFiles |
//	| 30 | notes and whatever names somebody are refused, and nowhere kept | TestNoNotes |
//	| 31 | what one person alone sees is shared by them alone | TestBoundButtons, TestNoNotes |
//	| 32 | it resumes, and misses nothing | TestGateway |
//	| 33 | it begins anew where the session is gone | TestGateway |
//	| 34 | a close keeps the session | TestGateway, TestClose |
//	| 35 | where no connection helps it is said why, and none is tried | TestFatal |
//	| 36 | what cannot connect goes on trying, and is not ready | TestFatal |
//	| 37 | one way or the other, by one setting | TestDiscordSettings of cmd/advocate |
//	| 38 | servers are apart; members are those of the servers at home; of one that lets the program go nothing is kept, over the gateway: signed requests do not tell of it, and there it goes when it is old | TestServersApart, TestServerLeft |
//	| 39 | not here: shards | |
//	| 40 | no words, names or secrets in the log | TestNothingLogged |
package discord
