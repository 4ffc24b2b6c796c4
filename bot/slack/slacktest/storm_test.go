package slacktest_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestAStormDeliversEachMessageSeveralTimesInAnyOrder(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	order, perID := map[string]int{}, map[string]int{} // the place of the first, and how often
	count := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var e struct {
			ID string `json:"event_id"`
		}
		if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		if perID[e.ID]++; perID[e.ID] == 1 {
			order[e.ID] = len(order)
		}
	})
	s := slacktest.New(t, slacktest.Options{Handler: count})
	sent := s.Storm(slacktest.Storm{Messages: stormy, Retries: 3})
	var times [5]int
	inOrder := 0
	for i, m := range sent {
		if len(m.Deliveries) != 2 {
			t.Fatalf("message %d has %d deliveries", i, len(m.Deliveries))
		}
		for _, d := range m.Deliveries {
			n := perID[d.ID]
			if n < 1 || n > 4 || n != len(d.Attempts()) {
				t.Fatalf("%d deliveries, %d attempts", n, len(d.Attempts()))
			}
			times[n]++
		}
		if i > 0 && order[m.Deliveries[0].ID] > order[sent[i-1].Deliveries[0].ID] {
			inOrder++
		}
	}
	for n := 1; n < 5; n++ {
		if times[n] < stormy*2/4*8/10 {
			t.Errorf("%d came %d times", times[n], n)
		}
	}
	if inOrder > stormy*6/10 {
		t.Errorf("%d of %d are in order", inOrder, stormy)
	}
}

func TestAStormOfMessagesOfOnesOwn(t *testing.T) {
	t.Parallel()
	none := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	s := slacktest.New(t, slacktest.Options{Handler: none})
	sent := s.Storm(slacktest.Storm{Messages: 3, Workers: 1, Message: func(i int) slacktest.Message {
		return slacktest.Message{User: slacktest.Admin, Channel: slacktest.DM(slacktest.Admin), Text: string(rune('a' + i))}
	}})
	for i, m := range sent {
		if m.Text != string(rune('a'+i)) || len(m.Deliveries) != 1 || len(m.Deliveries[0].Attempts()) != 1 {
			t.Errorf("message %d is %+v", i, m)
		}
	}
}
