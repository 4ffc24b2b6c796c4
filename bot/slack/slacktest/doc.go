// Package slacktest is a fake Slack with a state, for the tests of bot/slack.
// The real client talks to it over loopback; it delivers signed requests to a
// handler, or over Socket Mode, and lets a test do what people do and read
// what they see. Nothing in it uses that client, so that it cannot share its
// errors.
//
// A test sets it up, does something, and reads:
//
//	s := slacktest.New(t, slacktest.Options{Handler: app})
//	q := s.Type(slacktest.Member, slacktest.Public, "<@U0BOT> How many visits?")
//	a := s.AwaitReply(slacktest.Member, q.Message)
//	s.Press(slacktest.Member, a, "share")
//	got := s.Transcript(slacktest.Member, slacktest.Public, "").String()
//
// # Time
//
// The clock stands still until the test calls Clock.Advance, and every limit
// and schedule goes by it. A delivery is waited for in real time: until the
// handler returns, sleeps with Clock.Sleep and the context of its request, or
// has outlasted Options.Patience. What the app does after it answered is
// waited for with Until, AwaitReply or Clock.AwaitSleepers. The signature is of
// the fake time: the client's own verifier asks the machine's clock, and takes
// it only if Options.Start is now.
//
// # What is not documented by Slack
//
// Some behaviour was seen by others, or is not known; here the stricter reading
// holds, and an adapter should not rest on either:
//
//   - chat.update refuses text over 4,000 characters (seen by others);
//   - the blocks of a message hold 13,200 characters in all (seen by others);
//   - the value of an option holds 75 characters (150 in newer pages);
//   - a control sequence in a markdown block notifies and links (not known);
//   - a response_url that is used up or old answers 404 (seen by others);
//   - replace_original on a command's response_url has nothing to replace
//     (not known), and the press of a button of an ephemeral message carries no
//     message (not known);
//   - the errors not_an_agent and session_not_found of the agent methods, and
//     link_disabled of apps.connections.open, have names of our own;
//   - the third retry comes five minutes after the second fails (the pages
//     could mean after the first attempt);
//   - lengths are counted in UTF-16 (not known);
//   - the limits by tier are hard, where Slack lets bursts through.
//
// # What is left out
//
// Streams (chat.startStream and its kin answer unknown_method, see Unknown),
// attachments, unfurling, OAuth and the rotation of tokens, external selects,
// scheduled messages, the hourly retries of delayed events, and that Slack
// switches a failing subscription off.
package slacktest
