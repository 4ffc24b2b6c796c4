// Package discordtest is a fake Discord with a state, for the tests of
// bot/discord. The real client talks to it over loopback, by REST and by the
// gateway; it delivers interactions over the gateway or, signed, to a handler,
// and lets a test do what people do and read what they see. Nothing in it uses
// that client, so that it cannot share its errors.
//
// A test sets it up, does something, and reads:
//
//	s := discordtest.New(t, discordtest.Options{Handler: app})
//	d := s.Slash(discordtest.Member, discordtest.Public, "ask", discordtest.Values{"question": "How many visits?"})
//	a := s.AwaitOriginal(d)
//	s.Press(discordtest.Member, a, "share")
//	got := s.Transcript(discordtest.Member, discordtest.Public).String()
//
// The client is given Client, or Transport, which sends what goes to Discord's
// hosts to the fake; the gateway's address is what GET /gateway answers.
//
// # Time
//
// The clock stands still until the test calls Clock.Advance, and every limit
// goes by it. An interaction is waited for in real time: until it is answered,
// something sleeps by the clock, or it has outlasted Options.Patience. What the
// app does after it answered is waited for with Until, AwaitReply,
// AwaitOriginal or Clock.AwaitSleepers. The signature is of the fake time: who
// checks its age asks the same clock. Heartbeats come by the client's own
// clock, and nothing ends a connection that sends none.
//
// # What is not documented by Discord
//
// Some behaviour was seen by others, or is not known; here the stricter reading
// holds, and an adapter should not rest on either:
//
//   - lengths are counted in UTF-16, which is never less than code points;
//   - a layout of components V2 holds 4,000 characters in all, and a message
//     ten attachments (seen by others);
//   - allowed_mentions with a parse that is null notifies everybody, as if it
//     were not there; an edit notifies; a mention in code notifies, and a link
//     in code is shown with a preview (not known);
//   - a flag that cannot be set is refused, where Discord may leave it aside;
//   - a multipart body whose attachments describe some of its files only is
//     refused (not known);
//   - a nonce is known again for five minutes ("a few", says Discord);
//   - a webhook token answers 10015 before the interaction was answered, and
//     50027 with 401 once it is fifteen minutes old (seen by others);
//   - some codes inside 50035 have names of our own;
//   - the limits of the buckets are those that others have seen, and hard;
//   - what a modal shows when the app fails, and what a button shows, are the
//     words that others have seen.
//
// # What is left out
//
// Voice, polls, stickers, custom emoji, forums, categories, announcements,
// premium buttons, pins, bulk deletion, webhooks that are no interaction's,
// permissions of commands, roles above others, presence and member chunks (they
// are taken and not answered), transport compression, the CDN's pictures, slow
// mode, and that Discord ends a connection without heartbeats.
package discordtest
